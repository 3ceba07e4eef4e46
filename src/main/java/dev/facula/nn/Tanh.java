package dev.facula.nn;

import dev.facula.Tensor;

/** The hyperbolic tangent, element by element. Any shape. */
public final class Tanh extends Layer {
  /** The activation. */
  public Tanh() {}

  @Override
  Tensor compute(Tensor input) {
    return input.tanh();
  }
}
