package dev.facula.optim;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the learning rate at the start by a function of the epoch: in epoch t it is
 *
 * <pre>
 * lr = base f(t)
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new LambdaLR(optimizer, epoch -> Math.pow(0.95, epoch));
 * }</pre>
 */
public final class LambdaLR extends LRScheduler {
  private final List<IntToDoubleFunction> factors;

  /** A schedule with one function for all groups. */
  public LambdaLR(Optimizer optimizer, IntToDoubleFunction factor) {
    this(
        optimizer,
        Collections.nCopies(groups(optimizer), Objects.requireNonNull(factor, "factor")));
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param factors for each group what gives the factor of an epoch
   * @throws IllegalArgumentException if there is not one function for each group
   */
  public LambdaLR(Optimizer optimizer, List<IntToDoubleFunction> factors) {
    super(optimizer);
    factors.forEach(f -> Objects.requireNonNull(f, "factors"));
    requireOneForEachGroup("factors", factors.size());
    this.factors = List.copyOf(factors);
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return base * factors.get(index(group)).applyAsDouble(epoch);
  }

  @Override
  double first(ParamGroup group, double base) {
    return next(group, base, 0);
  }
}
