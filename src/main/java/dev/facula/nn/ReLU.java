package dev.facula.nn;

import dev.facula.Tensor;

/** max(x, 0), element by element. Any shape. */
public final class ReLU extends Module {
  /** A rectifier. */
  public ReLU() {}

  @Override
  public Tensor forward(Tensor input) {
    return input.relu();
  }
}
