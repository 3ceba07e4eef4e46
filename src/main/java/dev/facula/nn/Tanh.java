package dev.facula.nn;

import dev.facula.Tensor;

/**
 * The hyperbolic tangent, element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Tanh().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Tanh extends Layer {
  /** The activation. */
  public Tanh() {}

  @Override
  Tensor compute(Tensor input) {
    return input.tanh();
  }
}
