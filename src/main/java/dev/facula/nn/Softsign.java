package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x / (1 + |x|), element by element. Any shape. */
public final class Softsign extends Module {
  /** The activation. */
  public Softsign() {}

  @Override
  public Tensor forward(Tensor input) {
    return Functional.softsign(input);
  }
}
