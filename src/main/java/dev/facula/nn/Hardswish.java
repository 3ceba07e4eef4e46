package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x min(max(x + 3, 0), 6) / 6. Howard et al. (2019), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Hardswish().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
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
