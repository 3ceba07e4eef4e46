package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x sigmoid(x), also called swish, element by element. Any shape. */
public final class SiLU extends Activation {
  /** The activation. */
  public SiLU() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public SiLU(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.silu(input);
  }
}
