package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x tanh(softplus(x)). Misra (2019), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Mish().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Mish extends Activation {
  /** The activation. */
  public Mish() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public Mish(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.mish(input);
  }
}
