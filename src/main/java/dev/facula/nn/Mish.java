package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x tanh(softplus(x)). Misra (2019), element by element. Any shape. */
public final class Mish extends Activation {
  /** The activation. */
  public Mish() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public Mish(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.mish(input);
  }
}
