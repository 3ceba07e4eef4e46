package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x sigmoid(x), also called swish, element by element. Any shape. */
public final class SiLU extends Module {
  /** The activation. */
  public SiLU() {}

  @Override
  public Tensor forward(Tensor input) {
    return Functional.silu(input);
  }
}
