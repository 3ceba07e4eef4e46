package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * The first half of a dimension times the sigmoid of the second half. Dauphin et al. (2016). [*, 2
 * n, *] becomes [*, n, *].
 *
 * <pre>{@code
 * Tensor y = new GLU().forward(Tensor.randn(4, 6)); // [4, 3]
 * }</pre>
 */
public final class GLU extends Layer {
  private final int dim;

  /** With the default: dim -1. */
  public GLU() {
    this(-1);
  }

  /**
   * The activation.
   *
   * @param dim the dimension that is halved; default -1
   */
  public GLU(int dim) {
    this.dim = dim;
  }

  /** The dimension. */
  public int dim() {
    return dim;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.glu(input, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
