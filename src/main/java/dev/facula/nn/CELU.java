package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x for x &gt; 0, else alpha (exp(x / alpha) - 1). Barron (2017). Any shape. */
public final class CELU extends Layer {
  private final double alpha;

  /** With the default: alpha 1. */
  public CELU() {
    this(1);
  }

  /**
   * The activation.
   *
   * @param alpha limit for negative inputs is -alpha; default 1
   */
  public CELU(double alpha) {
    if (alpha == 0) {
      throw new IllegalArgumentException("CELU: alpha must not be 0");
    }
    this.alpha = alpha;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.celu(input, alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + Check.python(alpha);
  }
}
