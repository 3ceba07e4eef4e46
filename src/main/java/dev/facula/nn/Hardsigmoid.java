package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** min(max(x + 3, 0), 6) / 6, element by element. Any shape. */
public final class Hardsigmoid extends Layer {
  /** The activation. */
  public Hardsigmoid() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.hardsigmoid(input);
  }
}
