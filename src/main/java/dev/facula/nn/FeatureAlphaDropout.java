package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * {@link AlphaDropout} of whole channels of [N, C, *]. In evaluation mode the input is returned as
 * it is.
 *
 * <pre>{@code
 * Tensor y = new FeatureAlphaDropout(0.2).forward(Tensor.randn(20, 16, 4, 32, 32));
 * }</pre>
 */
public final class FeatureAlphaDropout extends DropoutLayer {
  /** With probability 0.5. */
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /** With a probability of zeros. */
  public FeatureAlphaDropout(double p) {
    this(p, false);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   * @param inplace whether the result overwrites the input; default false
   */
  public FeatureAlphaDropout(double p, boolean inplace) {
    super(p, inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.featureAlphaDropout(input, p(), isTraining(), Facula.defaultGenerator());
  }
}
