package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Lowers the learning rate to 0: in epoch t it is
 *
 * <pre>
 * lr = base (1 - min(t, totalIters) / totalIters)^power
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new PolynomialLR(optimizer, 100, 0.9);
 * }</pre>
 */
public final class PolynomialLR extends LRScheduler {
  private final int totalIters;
  private final double power;

  /** Options of the schedule. */
  public static final class Options {
    private int totalIters = 5;
    private double power = 1;

    private Options() {}

    /**
     * The epochs until the rate is 0. Default: 5.
     *
     * @return this
     */
    public Options totalIters(int value) {
      totalIters = value;
      return this;
    }

    /**
     * The power. Default: 1.
     *
     * @return this
     */
    public Options power(double value) {
      power = value;
      return this;
    }
  }

  /** Along a line, in so many epochs. */
  public PolynomialLR(Optimizer optimizer, int totalIters) {
    this(optimizer, o -> o.totalIters(totalIters));
  }

  /** In so many epochs, with that power. */
  public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
    this(optimizer, o -> o.totalIters(totalIters).power(power));
  }

  /** With default options. */
  public PolynomialLR(Optimizer optimizer) {
    this(optimizer, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param options totalIters, power
   * @throws IllegalArgumentException if a value is out of range
   */
  public PolynomialLR(Optimizer optimizer, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (o.totalIters < 1) {
      throw invalid("totalIters", o.totalIters, "1 or more");
    }
    totalIters = o.totalIters;
    power = o.power;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    if (initial() || epoch > totalIters) {
      return group.lr();
    }
    double left = 1.0 - (double) epoch / totalIters;
    double before = 1.0 - (double) (epoch - 1) / totalIters;
    return group.lr() * Math.pow(left / before, power);
  }
}
