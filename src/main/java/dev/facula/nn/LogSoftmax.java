package dev.facula.nn;

import dev.facula.Tensor;

/**
 * x - log(sum(exp(x))) along a dimension.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new LogSoftmax(1).forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class LogSoftmax extends Layer {
  private final int dim;

  /**
   * The activation.
   *
   * @param dim the dimension that is normalised
   */
  public LogSoftmax(int dim) {
    this.dim = dim;
  }

  /** The dimension. */
  public int dim() {
    return dim;
  }

  @Override
  Tensor compute(Tensor input) {
    return input.logSoftmax(dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
