package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Lowers the learning rate along half a cosine: in epoch t it is
 *
 * <pre>
 * lr = etaMin + (base - etaMin) (1 + cos(π t / tMax)) / 2
 * </pre>
 *
 * <p>After tMax epochs it rises again.
 *
 * <pre>{@code
 * var scheduler = new CosineAnnealingLR(optimizer, 100, 1e-5);
 * }</pre>
 *
 * <p>Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without
 * the restarts.
 */
public final class CosineAnnealingLR extends LRScheduler {
  private final int tMax;
  private final double etaMin;

  /** Options of the schedule. */
  public static final class Options {
    private double etaMin = 0;

    private Options() {}

    /**
     * The lowest learning rate. Default: 0.
     *
     * @return this
     */
    public Options etaMin(double value) {
      etaMin = value;
      return this;
    }
  }

  /** With that lowest rate. */
  public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
    this(optimizer, tMax, o -> o.etaMin(etaMin));
  }

  /** With default options. */
  public CosineAnnealingLR(Optimizer optimizer, int tMax) {
    this(optimizer, tMax, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param tMax the epochs until the lowest rate, 1 or more
   * @param options etaMin
   * @throws IllegalArgumentException if a value is out of range
   */
  public CosineAnnealingLR(Optimizer optimizer, int tMax, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (tMax < 1) {
      throw invalid("tMax", tMax, "1 or more");
    }
    this.tMax = tMax;
    etaMin = o.etaMin;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    if (initial()) {
      return group.lr();
    }
    if (Math.floorMod(epoch - 1 - tMax, 2 * tMax) == 0) {
      return group.lr() + (base - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
    }
    return (1 + Math.cos(Math.PI * epoch / tMax))
            / (1 + Math.cos(Math.PI * (epoch - 1) / tMax))
            * (group.lr() - etaMin)
        + etaMin;
  }
}
