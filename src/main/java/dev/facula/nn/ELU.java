package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x for x &gt; 0, else alpha (exp(x) - 1). Clevert et al. (2015).
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new ELU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class ELU extends Activation {
  private final double alpha;

  /** With the default: alpha 1. */
  public ELU() {
    this(1);
  }

  /** The activation, with a new tensor as result. */
  public ELU(double alpha) {
    this(alpha, false);
  }

  /**
   * The activation.
   *
   * @param alpha limit for negative inputs is -alpha; default 1
   * @param inplace whether the result overwrites the input; default false
   */
  public ELU(double alpha, boolean inplace) {
    super(inplace);
    this.alpha = alpha;
  }

  /** The limit for negative inputs is minus this. */
  public double alpha() {
    return alpha;
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.elu(input, alpha);
  }

  @Override
  protected String extraRepr() {
    return repr("alpha=" + Check.python(alpha));
  }
}
