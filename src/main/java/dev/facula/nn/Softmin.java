package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * exp(-x) / sum(exp(-x)) along a dimension.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Softmin(1).forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Softmin extends Layer {
  private final int dim;

  /**
   * The activation.
   *
   * @param dim the dimension along which the results sum to 1
   */
  public Softmin(int dim) {
    this.dim = dim;
  }

  /** The dimension. */
  public int dim() {
    return dim;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.softmin(input, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
