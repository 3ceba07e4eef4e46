package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PairwiseDistanceOptions;
import dev.facula.Tensor;

/**
 * The distance of vectors: the p-norm of x1 - x2 + eps along the last dimension.
 *
 * <p>Shape: [N, D] or [D] each; the result [N], with keepdim [N, 1].
 *
 * <pre>{@code
 * Tensor y = new PairwiseDistance().forward(Tensor.randn(100, 128), Tensor.randn(100, 128)); // [100]
 * }</pre>
 */
public final class PairwiseDistance extends Layer {
  private final double p;
  private final double eps;
  private final boolean keepdim;
  private final PairwiseDistanceOptions options;

  /** The Euclidean distance. */
  public PairwiseDistance() {
    this(2);
  }

  /** The distance of a norm. */
  public PairwiseDistance(double p) {
    this(p, 1e-6, false);
  }

  /**
   * A layer.
   *
   * @param p the order of the norm; default 2
   * @param eps added to the differences; default 1e-6
   * @param keepdim whether the dimension stays with size 1; default false
   */
  public PairwiseDistance(double p, double eps, boolean keepdim) {
    this.p = p;
    this.eps = eps;
    this.keepdim = keepdim;
    options = new PairwiseDistanceOptions().p(p).eps(eps).keepdim(keepdim);
  }

  /** The order of the norm. */
  public double norm() {
    return p;
  }

  /** What is added to the differences. */
  public double eps() {
    return eps;
  }

  /** Whether the dimension stays with size 1. */
  public boolean keepdim() {
    return keepdim;
  }

  /** The distances of the vectors of two tensors. */
  public Tensor forward(Tensor x1, Tensor x2) {
    if (hooked()) {
      return call(this::forward, x1, x2);
    }
    return Functional.pairwiseDistance(x1, x2, options);
  }
}
