package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x tanh(softplus(x)). Misra (2019), element by element. Any shape. */
public final class Mish extends Layer {
  /** The activation. */
  public Mish() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.mish(input);
  }
}
