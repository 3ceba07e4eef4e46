package dev.facula.optim;

/**
 * Options of the optimizers with a decay of the weights, that is all but Rprop.
 *
 * @param <O> the options of one optimizer
 */
public abstract class DecayOptions<O extends DecayOptions<O>> extends GroupOptions<O> {
  DecayOptions(String optimizer, double lr) {
    super(optimizer, lr);
    weightDecay(0);
  }

  /**
   * The factor of the parameters that is added to their gradients, λ in the formulas; with a
   * decoupled decay the factor, times the learning rate, by which parameters shrink. Default: 0,
   * for {@link AdamW} 0.01.
   *
   * @return this
   */
  public final O weightDecay(double value) {
    return notNegative("weight_decay", "weight_decay value", value);
  }
}
