package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x - tanh(x), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Tanhshrink().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Tanhshrink extends Layer {
  /** The activation. */
  public Tanhshrink() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.tanhshrink(input);
  }
}
