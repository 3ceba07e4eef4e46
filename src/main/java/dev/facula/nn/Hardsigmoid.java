package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** min(max(x + 3, 0), 6) / 6, element by element. Any shape. */
public final class Hardsigmoid extends Module {
  /** The activation. */
  public Hardsigmoid() {}

  @Override
  public Tensor forward(Tensor input) {
    return Functional.hardsigmoid(input);
  }
}
