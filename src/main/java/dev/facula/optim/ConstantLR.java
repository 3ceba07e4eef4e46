package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Multiplies the learning rate by a factor until the number of epochs reaches totalIters: in epoch
 * t it is
 *
 * <pre>
 * lr = base factor     where t &lt; totalIters
 * lr = base            otherwise
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new ConstantLR(optimizer, 0.1, 20);
 * }</pre>
 */
public final class ConstantLR extends LRScheduler {
  private final double factor;
  private final int totalIters;

  /** Options of the schedule. */
  public static final class Options {
    private double factor = 1.0 / 3;
    private int totalIters = 5;

    private Options() {}

    /**
     * The factor, from 0 to 1. Default: 1/3.
     *
     * @return this
     */
    public Options factor(double value) {
      factor = value;
      return this;
    }

    /**
     * The epochs with the factor. Default: 5.
     *
     * @return this
     */
    public Options totalIters(int value) {
      totalIters = value;
      return this;
    }
  }

  /** With that factor, for 5 epochs. */
  public ConstantLR(Optimizer optimizer, double factor) {
    this(optimizer, o -> o.factor(factor));
  }

  /** With that factor for so many epochs. */
  public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
    this(optimizer, o -> o.factor(factor).totalIters(totalIters));
  }

  /** With default options. */
  public ConstantLR(Optimizer optimizer) {
    this(optimizer, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param options factor, totalIters
   * @throws IllegalArgumentException if a value is out of range
   */
  public ConstantLR(Optimizer optimizer, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (!(o.factor >= 0 && o.factor <= 1)) {
      throw invalid("factor", o.factor, "from 0 to 1");
    }
    factor = o.factor;
    totalIters = o.totalIters;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    if (epoch == 0) {
      return group.lr() * factor;
    }
    return epoch == totalIters ? group.lr() * (1 / factor) : group.lr();
  }

  @Override
  double first(ParamGroup group, double base) {
    return totalIters <= 0 ? base : base * factor;
  }
}
