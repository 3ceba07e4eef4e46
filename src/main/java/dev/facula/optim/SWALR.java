package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Leads the learning rate to that of stochastic weight averaging, and holds it there. After t of n
 * epochs it is
 *
 * <pre>
 * lr = a swaLr + (1 - a) base     a = (1 - cos(π t / n)) / 2, or linear: t / n
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new SWALR(optimizer, 0.05, o -> o.annealEpochs(5));
 * }</pre>
 *
 * <p>Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", 2018.
 */
public final class SWALR extends LRScheduler {
  private final double swaLr;
  private final int annealEpochs;
  private final boolean linear;

  /** Options of the schedule. */
  public static final class Options {
    private int annealEpochs = 10;
    private String annealStrategy = "cos";

    private Options() {}

    /**
     * The epochs until the rate is reached, 0 or more. Default: 10.
     *
     * @return this
     */
    public Options annealEpochs(int value) {
      annealEpochs = value;
      return this;
    }

    /**
     * The form of the way: {@code "cos"} or {@code "linear"}. Default: "cos".
     *
     * @return this
     */
    public Options annealStrategy(String value) {
      annealStrategy = Modes.require("SWALR", "annealStrategy", value, "cos", "linear");
      return this;
    }
  }

  /** With default options. */
  public SWALR(Optimizer optimizer, double swaLr) {
    this(optimizer, swaLr, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param swaLr the rate that is led to
   * @param options annealEpochs, annealStrategy
   * @throws IllegalArgumentException if a value is out of range
   */
  public SWALR(Optimizer optimizer, double swaLr, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (o.annealEpochs < 0) {
      throw invalid("annealEpochs", o.annealEpochs, "0 or more");
    }
    this.swaLr = swaLr;
    annealEpochs = o.annealEpochs;
    linear = o.annealStrategy.equals("linear");
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    int step = annealEpochs == 0 ? Math.max(1, epoch) : epoch;
    double before = share(step - 1);
    double from = before == 1 ? swaLr : (group.lr() - before * swaLr) / (1 - before);
    double now = share(step);
    return swaLr * now + from * (1 - now);
  }

  private double share(int step) {
    double t = Math.max(0, Math.min(1, step / (double) Math.max(1, annealEpochs)));
    return linear ? t : (1 - Math.cos(Math.PI * t)) / 2;
  }
}
