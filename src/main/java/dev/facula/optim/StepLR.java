package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Multiplies the learning rate by gamma every stepSize epochs: in epoch t it is
 *
 * <pre>
 * lr = base gamma^⌊t / stepSize⌋
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new StepLR(optimizer, 30); // a tenth in epochs 30 to 59, a hundredth from 60 on ...
 * }</pre>
 */
public final class StepLR extends LRScheduler {
  private final int stepSize;
  private final double gamma;

  /** Options of the schedule. */
  public static final class Options {
    private double gamma = 0.1;

    private Options() {}

    /**
     * The factor of a decay. Default: 0.1.
     *
     * @return this
     */
    public Options gamma(double value) {
      gamma = value;
      return this;
    }
  }

  /** With that factor of a decay. */
  public StepLR(Optimizer optimizer, int stepSize, double gamma) {
    this(optimizer, stepSize, o -> o.gamma(gamma));
  }

  /** With default options. */
  public StepLR(Optimizer optimizer, int stepSize) {
    this(optimizer, stepSize, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param stepSize the epochs between two decays, 1 or more
   * @param options gamma
   * @throws IllegalArgumentException if a value is out of range
   */
  public StepLR(Optimizer optimizer, int stepSize, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (stepSize < 1) {
      throw invalid("stepSize", stepSize, "1 or more");
    }
    this.stepSize = stepSize;
    gamma = o.gamma;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return epoch == 0 || epoch % stepSize != 0 ? group.lr() : group.lr() * gamma;
  }
}
