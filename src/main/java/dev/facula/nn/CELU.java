package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x for x &gt; 0, else alpha (exp(x / alpha) - 1). Barron (2017).
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new CELU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class CELU extends Activation {
  private final double alpha;

  /** With the default: alpha 1. */
  public CELU() {
    this(1);
  }

  /** The activation, with a new tensor as result. */
  public CELU(double alpha) {
    this(alpha, false);
  }

  /**
   * The activation.
   *
   * @param alpha limit for negative inputs is -alpha; default 1
   * @param inplace whether the result overwrites the input; default false
   */
  public CELU(double alpha, boolean inplace) {
    super(inplace);
    if (alpha == 0) {
      throw new IllegalArgumentException("CELU: alpha must not be 0");
    }
    this.alpha = alpha;
  }

  /** The limit for negative inputs is minus this. */
  public double alpha() {
    return alpha;
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.celu(input, alpha);
  }

  @Override
  protected String extraRepr() {
    return repr("alpha=" + Check.python(alpha));
  }
}
