package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x min(max(x + 3, 0), 6) / 6. Howard et al. (2019), element by element. Any shape. */
public final class Hardswish extends Activation {
  /** The activation. */
  public Hardswish() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public Hardswish(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.hardswish(input);
  }
}
