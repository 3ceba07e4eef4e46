package dev.facula.nn;

import dev.facula.Tensor;

/** 1 / (1 + exp(-x)), element by element. Any shape. */
public final class Sigmoid extends Layer {
  /** The activation. */
  public Sigmoid() {}

  @Override
  Tensor compute(Tensor input) {
    return input.sigmoid();
  }
}
