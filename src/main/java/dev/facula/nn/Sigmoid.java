package dev.facula.nn;

import dev.facula.Tensor;

/**
 * 1 / (1 + exp(-x)), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Sigmoid().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Sigmoid extends Layer {
  /** The activation. */
  public Sigmoid() {}

  @Override
  Tensor compute(Tensor input) {
    return input.sigmoid();
  }
}
