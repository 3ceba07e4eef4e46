package dev.facula;

import java.util.Arrays;

/** Distances between points, and slices cut down to a norm. */
final class Distances {
  private Distances() {}

  static Tensor cdist(Tensor a, Tensor b, double p) {
    String shapes = Shapes.format(a.layout.shape) + " and " + Shapes.format(b.layout.shape);
    if (a.dim() < 2 || b.dim() < 2) {
      throw new ShapeException(
          "cdist: both operands need at least 2 dimensions, got shapes " + shapes);
    }
    if (a.size(-1) != b.size(-1)) {
      throw new ShapeException(
          "cdist: the points differ in dimension: "
              + shapes
              + " ("
              + a.size(-1)
              + " != "
              + b.size(-1)
              + ")");
    }
    if (p < 0) {
      throw new IllegalArgumentException("cdist: p must not be negative, was " + p);
    }
    if (!a.isFloatingPoint() || !b.isFloatingPoint()) {
      throw new DTypeException(
          "cdist: needs floating-point operands, got " + a.dtype() + " and " + b.dtype());
    }
    Tensor apart = a.unsqueeze(-2).sub(b.unsqueeze(-3));
    Tensor distances = Norms.norm("cdist", apart, a.size(-1) == 0 ? 1 : p, new int[] {-1}, false);
    // the number of differing coordinates has a gradient of zero here, as in PyTorch
    return p == 0 ? distances.add(apart.sum(-1).mul(0)) : distances;
  }

  static Tensor renorm(Tensor x, Number p, int dim, Number maxnorm) {
    if (!(p.doubleValue() > 0)) {
      throw new IllegalArgumentException("renorm: p must be positive, was " + p);
    }
    if (!(maxnorm.doubleValue() >= 0)) {
      throw new IllegalArgumentException("renorm: maxnorm must not be negative, was " + maxnorm);
    }
    if (x.dim() < 2) {
      throw new ShapeException(
          "renorm: needs at least 2 dimensions, has shape " + Shapes.format(x.layout.shape));
    }
    int d = Shapes.dim("renorm", dim, x.dim());
    int[] others = Arrays.stream(Shapes.range(x.dim())).filter(i -> i != d).toArray();
    Tensor norms = x.norm(p, others, true);
    Tensor factor = norms.add(1e-7).reciprocal().mul(maxnorm);
    return x.mul(Tensor.where(norms.gt(maxnorm), factor, Tensor.onesLike(factor)));
  }
}
