package dev.facula.optim;

import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the learning rate at the start by a function of the epoch.
 *
 * <pre>{@code
 * var scheduler = new LambdaLR(optimizer, epoch -> Math.pow(0.95, epoch));
 * }</pre>
 */
public final class LambdaLR extends LRScheduler {
  private final IntToDoubleFunction factor;

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param factor gives the factor of an epoch
   * @throws IllegalArgumentException if a value is out of range
   */
  public LambdaLR(Optimizer optimizer, IntToDoubleFunction factor) {
    super(optimizer);
    this.factor = factor;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return base * factor.applyAsDouble(epoch);
  }

  @Override
  double first(ParamGroup group, double base) {
    return next(group, base, 0);
  }
}
