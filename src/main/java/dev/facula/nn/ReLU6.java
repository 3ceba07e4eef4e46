package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * min(max(x, 0), 6), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new ReLU6().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class ReLU6 extends Activation {
  /** The activation. */
  public ReLU6() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public ReLU6(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.relu6(input);
  }
}
