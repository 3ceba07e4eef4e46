package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * 1.0507 x for x &gt; 0, else 1.7581 (exp(x) - 1). Klambauer et al. (2017), element by element. Any
 * shape.
 *
 * <pre>{@code
 * Tensor y = new SELU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class SELU extends Activation {
  /** The activation. */
  public SELU() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public SELU(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.selu(input);
  }
}
