package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * min(max(x + 3, 0), 6) / 6, element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Hardsigmoid().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Hardsigmoid extends Activation {
  /** The activation. */
  public Hardsigmoid() {
    this(false);
  }

  /**
   * The activation.
   *
   * @param inplace whether the result overwrites the input; default false
   */
  public Hardsigmoid(boolean inplace) {
    super(inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.hardsigmoid(input);
  }
}
