package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x sigmoid(x), also called swish, element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new SiLU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class SiLU extends Activation {
  /** The activation. */
  public SiLU() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public SiLU(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.silu(input);
  }
}
