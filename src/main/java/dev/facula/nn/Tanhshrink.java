package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x - tanh(x), element by element. Any shape. */
public final class Tanhshrink extends Layer {
  /** The activation. */
  public Tanhshrink() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.tanhshrink(input);
  }
}
