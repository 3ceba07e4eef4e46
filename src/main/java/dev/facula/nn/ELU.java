package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x for x &gt; 0, else alpha (exp(x) - 1). Clevert et al. (2015). Any shape. */
public final class ELU extends Layer {
  private final double alpha;

  /** With the default: alpha 1. */
  public ELU() {
    this(1);
  }

  /**
   * The activation.
   *
   * @param alpha limit for negative inputs is -alpha; default 1
   */
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.elu(input, alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + Check.python(alpha);
  }
}
