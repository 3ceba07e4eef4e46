package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x sigmoid(x), also called swish, element by element. Any shape. */
public final class SiLU extends Layer {
  /** The activation. */
  public SiLU() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.silu(input);
  }
}
