package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * Dropout for networks with {@link SELU}, which keeps mean and variance. Klambauer et al. (2017).
 * In evaluation mode the input is returned as it is.
 */
public final class AlphaDropout extends Layer {
  private final double p;

  /** With probability 0.5. */
  public AlphaDropout() {
    this(0.5);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   */
  public AlphaDropout(double p) {
    this.p = Check.probability("AlphaDropout", p);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.alphaDropout(input, p, isTraining(), Facula.defaultGenerator());
  }

  @Override
  protected String extraRepr() {
    return "p=" + Check.number(p) + ", inplace=False";
  }
}
