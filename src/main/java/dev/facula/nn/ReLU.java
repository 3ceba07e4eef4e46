package dev.facula.nn;

import dev.facula.Tensor;

/**
 * max(x, 0), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new ReLU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class ReLU extends Activation {
  /** A rectifier. */
  public ReLU() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public ReLU(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return input.relu();
  }
}
