package dev.facula.optim;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * Multiplies the learning rate in every epoch but the first by a function of the epoch: in epoch t
 * it is
 *
 * <pre>
 * lr = base f(1) f(2) ... f(t)
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new MultiplicativeLR(optimizer, epoch -> 0.95);
 * }</pre>
 */
public final class MultiplicativeLR extends LRScheduler {
  private final List<IntToDoubleFunction> factors;

  /** A schedule with one function for all groups. */
  public MultiplicativeLR(Optimizer optimizer, IntToDoubleFunction factor) {
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
  public MultiplicativeLR(Optimizer optimizer, List<IntToDoubleFunction> factors) {
    super(optimizer);
    factors.forEach(f -> Objects.requireNonNull(f, "factors"));
    requireOneForEachGroup("factors", factors.size());
    this.factors = List.copyOf(factors);
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return initial() ? group.lr() : group.lr() * factors.get(index(group)).applyAsDouble(epoch);
  }

  @Override
  double first(ParamGroup group, double base) {
    return next(group, base, 0);
  }
}
