package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x min(max(x + 3, 0), 6) / 6. Howard et al. (2019), element by element. Any shape. */
public final class Hardswish extends Layer {
  /** The activation. */
  public Hardswish() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.hardswish(input);
  }
}
