package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x / (1 + |x|), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Softsign().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Softsign extends Layer {
  /** The activation. */
  public Softsign() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.softsign(input);
  }
}
