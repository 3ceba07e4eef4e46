package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x / (1 + |x|), element by element. Any shape. */
public final class Softsign extends Layer {
  /** The activation. */
  public Softsign() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.softsign(input);
  }
}
