package dev.facula.optim;

/**
 * Multiplies the learning rate by gamma in every epoch: in epoch t it is
 *
 * <pre>
 * lr = base gamma^t
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new ExponentialLR(optimizer, 0.95);
 * }</pre>
 */
public final class ExponentialLR extends LRScheduler {
  private final double gamma;

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param gamma the factor
   * @throws IllegalArgumentException if a value is out of range
   */
  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer);
    this.gamma = gamma;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return initial() ? group.lr() : group.lr() * gamma;
  }
}
