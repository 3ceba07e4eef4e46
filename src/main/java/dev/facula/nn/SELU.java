package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * 1.0507 x for x &gt; 0, else 1.7581 (exp(x) - 1). Klambauer et al. (2017), element by element. Any
 * shape.
 */
public final class SELU extends Layer {
  /** The activation. */
  public SELU() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.selu(input);
  }
}
