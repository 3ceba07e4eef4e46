package dev.facula.nn;

import dev.facula.Tensor;

/** max(x, 0), element by element. Any shape. */
public final class ReLU extends Layer {
  /** A rectifier. */
  public ReLU() {}

  @Override
  Tensor compute(Tensor input) {
    return input.relu();
  }
}
