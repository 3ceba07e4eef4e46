package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Distances and similarities between points, and slices cut down to a norm. */
final class Distances {
  /** Points above which PyTorch, too, takes lengths from a matrix product. */
  private static final int MANY = 25;

  private Distances() {}

  static Tensor cdist(Tensor a, Tensor b, double p) {
    if (Reduced.are(Objects.requireNonNull(a, "a"), Objects.requireNonNull(b, "b"))) {
      return Reduced.apply(t -> cdist(t[0], t[1], p), a, b);
    }
    String shapes = Shapes.format(a.layout.shape) + " and " + Shapes.format(b.layout.shape);
    if (a.dim() < 2 || b.dim() < 2) {
      throw new ShapeException(
          "cdist: both operands need at least 2 dimensions, got shapes " + shapes);
    }
    if (a.size(-1) != b.size(-1)) {
      throw Shapes.error(
          "cdist: the points differ in dimension: %s (%s != %s)", shapes, a.size(-1), b.size(-1));
    }
    if (p < 0) {
      throw new IllegalArgumentException("cdist: p must not be negative, was " + p);
    }
    if (!a.isFloatingPoint() || !b.isFloatingPoint()) {
      throw new DTypeException(
          "cdist: needs floating-point operands, got " + a.dtype() + " and " + b.dtype());
    }
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "cdist: operands of types %s and %s differ; convert one with to()"
              .formatted(a.dtype(), b.dtype()));
    }
    if (p == 2 && (a.size(-2) > MANY || b.size(-2) > MANY) && a.numel() > 0 && b.numel() > 0) {
      return euclidean(a, b);
    }
    Tensor differences = a.unsqueeze(-2).sub(b.unsqueeze(-3));
    return lengths("cdist", differences, a.size(-1) == 0 ? 1 : p);
  }

  /**
   * Norms along the last dimension, but with the subgradients that PyTorch has for distances: zero
   * for the number of differing coordinates, and where several coordinates differ most all of the
   * gradient for each of them.
   */
  static Tensor lengths(String op, Tensor differences, double p) {
    int[] last = {-1};
    if (p == 0) {
      Tensor y = differences.detach().abs().ceil().clamp(null, 1).sum(last, false);
      int[] shape = differences.layout.shape;
      return Graph.wanted(differences)
          ? Graph.record(y, op, differences, Graph.none(), (c, g) -> Tensor.zeros(g.dtype(), shape))
          : y;
    }
    if (p != Double.POSITIVE_INFINITY || differences.size(-1) == 0) {
      return Norms.norm(op, differences, p, last, false);
    }
    Tensor y = differences.detach().abs().amax(last, false);
    return Graph.wanted(differences)
        ? Graph.record(
            y,
            op,
            differences,
            Graph.tensors(differences, y),
            (c, g) -> {
              Tensor x = c.saved(0);
              Tensor less = x.abs().ne(c.saved(1).detach().unsqueeze(-1));
              return x.sign().mul(g.unsqueeze(-1)).maskedFill(less, 0);
            })
        : y;
  }

  /** The root of x x - 2 x y + y y, in one matrix product. */
  private static Tensor euclidean(Tensor a, Tensor b) {
    Tensor p = a.detach();
    Tensor q = b.detach();
    Tensor left = Tensor.cat(List.of(p.mul(-2), squares(p), ones(p)), -1);
    Tensor right = Tensor.cat(List.of(q, ones(q), squares(q)), -1);
    Tensor y = left.matmul(right.mT()).clamp_(0, null).sqrt_();
    if (!Graph.wanted(a, b)) {
      return y;
    }
    return Graph.record(
        y,
        "cdist",
        Graph.tensors(a, b),
        Graph.tensors(a, b, y),
        (c, gs) -> {
          Tensor distance = c.saved(2);
          Tensor ratio = Graph.defined(gs).div(distance).maskedFill(distance.eq(0), 0);
          return new Tensor[] {
            c.needs(0) ? pulled(ratio, c.saved(0), c.saved(1)) : null,
            c.needs(1) ? pulled(ratio.mT(), c.saved(1), c.saved(0)) : null
          };
        });
  }

  private static Tensor squares(Tensor x) {
    return x.square().sum(-1, true);
  }

  private static Tensor ones(Tensor x) {
    return Tensor.onesLike(x.narrow(-1, 0, 1));
  }

  /** The sum of ratio (x - y) over all y. */
  private static Tensor pulled(Tensor ratio, Tensor x, Tensor y) {
    return x.mul(ratio.sum(-1, true)).sub(ratio.matmul(y)).sumToSize(x.layout.shape);
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
    Tensor a = x.detach();
    Tensor norms = a.norm(p, others, true);
    Tensor factor = norms.add(1e-7).reciprocal().mul(maxnorm);
    Tensor y = a.mul(Tensor.where(norms.gt(maxnorm), factor, Tensor.onesLike(factor))).contiguous();
    return Graph.wanted(x)
        ? Graph.record(
            y,
            "renorm",
            x,
            Graph.tensors(x),
            (c, g) -> renormGradient(g, c.saved(0), p, others, maxnorm))
        : y;
  }

  private static Tensor renormGradient(Tensor g, Tensor x, Number p, int[] others, Number maxnorm) {
    Tensor norms = x.norm(p, others, true);
    Tensor inverse = norms.add(1e-7).reciprocal();
    Tensor along = g.mul(x).sum(others, true);
    Tensor bent = Norms.gradient(along, x, norms, p.doubleValue(), others);
    Tensor slope = g.sub(inverse.mul(bent)).mul(inverse).mul(maxnorm);
    return Tensor.where(norms.gt(maxnorm), slope, g);
  }

  /** Distances of all pairs of rows, each pair once. */
  static Tensor pdist(Tensor x, double p) {
    if (x.dim() != 2) {
      throw new ShapeException(
          "pdist: expects a matrix of row vectors, got " + Shapes.format(x.layout.shape));
    }
    int n = x.size(0);
    if (n < 2) {
      return Tensor.zeros(x.dtype(), 0).add(x.sum().mul(0).expand(0));
    }
    Tensor pairs = Tensor.triuIndices(n, n, 1);
    Tensor difference =
        x.indexSelect(0, pairs.select(0, 0)).sub(x.indexSelect(0, pairs.select(0, 1)));
    return lengths("pdist", difference, p);
  }

  static Tensor pairwiseDistance(Tensor a, Tensor b, double p, double eps, boolean keepdim) {
    Tensor d = difference("pairwiseDistance", a, b).add(eps);
    if (d.dim() == 0) {
      throw new ShapeException("pairwiseDistance: needs inputs of at least one dimension");
    }
    if (p == 2) {
      return root(d.square().sum(-1, keepdim));
    }
    Tensor size = d.abs();
    if (p == 0) {
      return size.ne(0).to(d.dtype()).sum(-1, keepdim);
    }
    if (p == 1) {
      return size.sum(-1, keepdim);
    }
    return Norms.norm("pairwiseDistance", d, p, new int[] {-1}, keepdim);
  }

  /** The square root, whose derivative at 0 is taken for 0. */
  private static Tensor root(Tensor x) {
    Tensor zero = x.eq(0);
    Tensor safe = Tensor.where(zero, Tensor.onesLike(x), x);
    return Tensor.where(zero, Tensor.zerosLike(x), safe.sqrt());
  }

  static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
    Shapes.broadcast(
        "cosineSimilarity",
        Objects.requireNonNull(a, "x1").layout.shape,
        Objects.requireNonNull(b, "x2").layout.shape);
    List<Tensor> common = Tensor.broadcastTensors(a, b);
    Tensor p = common.get(0);
    Tensor q = common.get(1);
    Tensor lengthP = root(p.square().sum(dim, true)).clamp(eps, null);
    Tensor lengthQ = root(q.square().sum(dim, true)).clamp(eps, null);
    return p.div(lengthP).mul(q.div(lengthQ)).sum(dim);
  }

  static Tensor difference(String op, Tensor a, Tensor b) {
    Shapes.broadcast(
        op,
        Objects.requireNonNull(a, "input").layout.shape,
        Objects.requireNonNull(b, "target").layout.shape);
    return a.sub(b);
  }
}
