package dev.facula.optim;

/**
 * Options of {@link Adam} and its kin.
 *
 * @param <O> the options of one optimizer
 */
public abstract class AdamOptions<O extends AdamOptions<O>> extends DecayOptions<O> {
  AdamOptions(String optimizer, double lr) {
    super(optimizer, lr);
    betas(0.9, 0.999);
    eps(1e-8);
  }

  /**
   * How slowly the mean of the gradients, and that of their squares, follow; of each at least 0 and
   * less than 1. Default: 0.9, 0.999.
   *
   * @return this
   */
  public final O betas(double beta1, double beta2) {
    return setBetas(beta1, beta2);
  }

  /**
   * Added to the denominator, ε in the formulas. Default: 1e-8.
   *
   * @return this
   */
  public final O eps(double value) {
    return notNegative("eps", "epsilon value", value);
  }
}
