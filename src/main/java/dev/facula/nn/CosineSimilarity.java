package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * The cosine of the angle between vectors: x1 x2 / (max(|x1|, eps) max(|x2|, eps)).
 *
 * <p>Shape: two tensors that broadcast to one shape; the result lacks the dimension dim.
 *
 * <pre>{@code
 * Tensor y = new CosineSimilarity().forward(Tensor.randn(100, 128), Tensor.randn(100, 128)); // [100]
 * }</pre>
 */
public final class CosineSimilarity extends Layer {
  private final int dim;
  private final double eps;

  /** Along dimension 1 with eps 1e-8. */
  public CosineSimilarity() {
    this(1);
  }

  /** Along a dimension with eps 1e-8. */
  public CosineSimilarity(int dim) {
    this(dim, 1e-8);
  }

  /**
   * A layer.
   *
   * @param dim the dimension of the vectors; default 1
   * @param eps the least length that is divided by; default 1e-8
   */
  public CosineSimilarity(int dim, double eps) {
    this.dim = dim;
    this.eps = eps;
  }

  /** The dimension of the vectors. */
  public int dim() {
    return dim;
  }

  /** The least length that is divided by. */
  public double eps() {
    return eps;
  }

  /** The cosines of the angles between the vectors of two tensors. */
  public Tensor forward(Tensor x1, Tensor x2) {
    if (hooked()) {
      return call(this::forward, x1, x2);
    }
    return Functional.cosineSimilarity(x1, x2, dim, eps);
  }
}
