package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * {@link AlphaDropout} of whole channels of [N, C, *]. In evaluation mode the input is returned as
 * it is.
 */
public final class FeatureAlphaDropout extends Layer {
  private final double p;

  /** With probability 0.5. */
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   */
  public FeatureAlphaDropout(double p) {
    this.p = Check.probability("FeatureAlphaDropout", p);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.featureAlphaDropout(input, p, isTraining(), Facula.defaultGenerator());
  }

  @Override
  protected String extraRepr() {
    return "p=" + Check.number(p) + ", inplace=False";
  }
}
