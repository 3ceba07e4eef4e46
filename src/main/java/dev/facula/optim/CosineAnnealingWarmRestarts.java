package dev.facula.optim;

import java.util.Map;
import java.util.function.Consumer;

/**
 * Lowers the learning rate along half a cosine, again and again: it is
 *
 * <pre>
 * lr = etaMin + (base - etaMin) (1 + cos(π t / T)) / 2
 * </pre>
 *
 * with t the epochs since the last restart and T those between two, t0 at first and tMult times as
 * many after each.
 *
 * <pre>{@code
 * var scheduler = new CosineAnnealingWarmRestarts(optimizer, 10, 2);
 * }</pre>
 *
 * <p>Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017.
 */
public final class CosineAnnealingWarmRestarts extends LRScheduler {
  private final int tMult;
  private final double etaMin;
  private int since = -1;
  private int period;

  /** Options of the schedule. */
  public static final class Options {
    private int tMult = 1;
    private double etaMin = 0;

    private Options() {}

    /**
     * The factor by which the time between restarts grows, 1 or more. Default: 1.
     *
     * @return this
     */
    public Options tMult(int value) {
      tMult = value;
      return this;
    }

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

  /** With that factor of the time between restarts. */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult) {
    this(optimizer, t0, o -> o.tMult(tMult));
  }

  /** With that factor of the time between restarts, and that lowest rate. */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, int tMult, double etaMin) {
    this(optimizer, t0, o -> o.tMult(tMult).etaMin(etaMin));
  }

  /** With default options. */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0) {
    this(optimizer, t0, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param t0 the epochs until the first restart, 1 or more
   * @param options tMult, etaMin
   * @throws IllegalArgumentException if a value is out of range
   */
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int t0, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (t0 < 1) {
      throw invalid("t0", t0, "1 or more");
    }
    if (o.tMult < 1) {
      throw invalid("tMult", o.tMult, "1 or more");
    }
    tMult = o.tMult;
    etaMin = o.etaMin;
    period = t0;
    start();
  }

  @Override
  public void step() {
    since++;
    if (since >= period) {
      since -= period;
      period *= tMult;
    }
    super.step();
  }

  @Override
  void undo() {
    super.undo();
    since--;
  }

  @Override
  double first(ParamGroup group, double base) {
    since = 0;
    return next(group, base, 0);
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return etaMin + (base - etaMin) * (1 + Math.cos(Math.PI * since / period)) / 2;
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = super.stateDict();
    state.put("T_cur", since);
    state.put("T_i", period);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    super.loadStateDict(state);
    since = whole(state, "T_cur");
    period = whole(state, "T_i");
  }
}
