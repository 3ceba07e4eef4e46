package dev.facula.nn;

import dev.facula.Tensor;

/** The hyperbolic tangent, element by element. Any shape. */
public final class Tanh extends Module {
  /** The activation. */
  public Tanh() {}

  @Override
  public Tensor forward(Tensor input) {
    return input.tanh();
  }
}
