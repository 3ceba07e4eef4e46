package dev.facula.nn;

import dev.facula.Tensor;

/** 1 / (1 + exp(-x)), element by element. Any shape. */
public final class Sigmoid extends Module {
  /** The activation. */
  public Sigmoid() {}

  @Override
  public Tensor forward(Tensor input) {
    return input.sigmoid();
  }
}
