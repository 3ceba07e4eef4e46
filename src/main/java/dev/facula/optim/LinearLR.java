package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Multiplies the learning rate by a factor that changes linearly from startFactor to endFactor
 * until the number of epochs reaches totalIters, a warm-up: in epoch t it is
 *
 * <pre>
 * lr = base (startFactor + (endFactor - startFactor) min(t, totalIters) / totalIters)
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new LinearLR(optimizer, 0.1, 1, 10);
 * }</pre>
 */
public final class LinearLR extends LRScheduler {
  private final double startFactor;
  private final double endFactor;
  private final int totalIters;

  /** Options of the schedule. */
  public static final class Options {
    private double startFactor = 1.0 / 3;
    private double endFactor = 1;
    private int totalIters = 5;

    private Options() {}

    /**
     * The factor in epoch 0, greater than 0 and at most 1. Default: 1/3.
     *
     * @return this
     */
    public Options startFactor(double value) {
      startFactor = value;
      return this;
    }

    /**
     * The factor at the end, from 0 to 1. Default: 1.
     *
     * @return this
     */
    public Options endFactor(double value) {
      endFactor = value;
      return this;
    }

    /**
     * The epochs until endFactor is reached. Default: 5.
     *
     * @return this
     */
    public Options totalIters(int value) {
      totalIters = value;
      return this;
    }
  }

  /** From that factor to 1, in 5 epochs. */
  public LinearLR(Optimizer optimizer, double startFactor) {
    this(optimizer, o -> o.startFactor(startFactor));
  }

  /** From one factor to another, in 5 epochs. */
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor) {
    this(optimizer, o -> o.startFactor(startFactor).endFactor(endFactor));
  }

  /** From one factor to another, in so many epochs. */
  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
    this(optimizer, o -> o.startFactor(startFactor).endFactor(endFactor).totalIters(totalIters));
  }

  /** With default options. */
  public LinearLR(Optimizer optimizer) {
    this(optimizer, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param options startFactor, endFactor, totalIters
   * @throws IllegalArgumentException if a value is out of range
   */
  public LinearLR(Optimizer optimizer, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    if (!(o.startFactor > 0 && o.startFactor <= 1)) {
      throw invalid("startFactor", o.startFactor, "greater than 0 and at most 1");
    }
    if (!(o.endFactor >= 0 && o.endFactor <= 1)) {
      throw invalid("endFactor", o.endFactor, "from 0 to 1");
    }
    startFactor = o.startFactor;
    endFactor = o.endFactor;
    totalIters = o.totalIters;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    if (epoch == 0) {
      return group.lr() * startFactor;
    }
    if (epoch > totalIters) {
      return group.lr();
    }
    double change = endFactor - startFactor;
    return group.lr() * (1 + change / (totalIters * startFactor + (epoch - 1) * change));
  }

  @Override
  double first(ParamGroup group, double base) {
    return base * startFactor;
  }
}
