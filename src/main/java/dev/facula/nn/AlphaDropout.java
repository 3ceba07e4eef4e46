package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * Dropout for networks with {@link SELU}, which keeps mean and variance. Klambauer et al. (2017).
 * In evaluation mode the input is returned as it is.
 *
 * <pre>{@code
 * Tensor y = new AlphaDropout(0.2).forward(Tensor.randn(20, 16)); // [20, 16]
 * }</pre>
 */
public final class AlphaDropout extends DropoutLayer {
  /** With probability 0.5. */
  public AlphaDropout() {
    this(0.5);
  }

  /** With a probability of zeros. */
  public AlphaDropout(double p) {
    this(p, false);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   * @param inplace whether the result overwrites the input; default false
   */
  public AlphaDropout(double p, boolean inplace) {
    super(p, inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.alphaDropout(input, p(), isTraining(), Facula.defaultGenerator());
  }
}
