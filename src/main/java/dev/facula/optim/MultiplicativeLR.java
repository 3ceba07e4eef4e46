package dev.facula.optim;

import java.util.function.IntToDoubleFunction;

/** Multiplies the learning rate in every epoch but the first by a function of the epoch. */
public final class MultiplicativeLR extends LRScheduler {
  private final IntToDoubleFunction factor;

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param factor gives the factor of an epoch
   * @throws IllegalArgumentException if a value is out of range
   */
  public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction factor) {
    super(optimizer);
    this.factor = factor;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return initial() ? group.lr() : group.lr() * factor.applyAsDouble(epoch);
  }

  @Override
  double first(ParamGroup group, double base) {
    return next(group, base, 0);
  }
}
