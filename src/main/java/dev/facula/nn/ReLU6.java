package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** min(max(x, 0), 6), element by element. Any shape. */
public final class ReLU6 extends Layer {
  /** The activation. */
  public ReLU6() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.relu6(input);
  }
}
