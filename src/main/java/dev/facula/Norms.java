package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.MatmulKernels;
import dev.facula.internal.parallel.Parallel;

/** Vector norms (sum |x|^p)^(1/p), with PyTorch's choice of subgradients where they have none. */
final class Norms {
  private Norms() {}

  static Tensor norm(String op, Tensor x, double p, int[] dims, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> norm(op, t, p, dims, keepdim));
    }
    Promotion.requireFloating(op, x);
    Tensor y = value(op, x.detach(), p, dims, keepdim);
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] kept = Reductions.kept(op, x, dims);
    int[] over = Shapes.dims(op, dims, x.dim());
    return Graph.record(
        y,
        op,
        x,
        Graph.tensors(x, y),
        (c, g) ->
            p == 0 // has no gradient in PyTorch
                ? null
                : gradient(g.reshape(kept), c.saved(0), c.saved(1).reshape(kept), p, over));
  }

  private static Tensor value(String op, Tensor x, double p, int[] dims, boolean keepdim) {
    if (p == 2) {
      return euclidean(op, x, dims, keepdim);
    }
    Tensor a = x.abs();
    if (Double.isInfinite(p)) {
      if (x.numel() == 0 && p > 0) {
        requireElements(op, x, dims);
        return a.sum(dims, keepdim);
      }
      return p > 0 ? a.amax(dims, keepdim) : a.amin(dims, keepdim);
    }
    if (p < 0 && x.numel() == 0) {
      requireElements(op, x, dims);
    }
    if (p == 0) {
      return a.ne(0).to(x.dtype()).sum(dims, keepdim);
    }
    if (p == 1) {
      return a.sum(dims, keepdim);
    }
    return a.pow(p).sum(dims, keepdim).pow(1 / p);
  }

  private static Tensor euclidean(String op, Tensor x, int[] dims, boolean keepdim) {
    Reductions.Form rows = Reductions.Form.of(op, x, dims, keepdim);
    if (rows.inner() != 1 || x.numel() == 0) {
      Tensor squares = x.square();
      Tensor y = squares.sum(dims, keepdim).sqrt();
      squares.release();
      return y;
    }
    int n = rows.reduced();
    int chunk = rows.outer() == 1 ? Iteration.CHUNK : n;
    int parts = (n + chunk - 1) / chunk;
    Tensor sums = Tensor.empty(x.dtype(), rows.outer(), parts);
    MatmulKernels<Object> kernels = Types.floating(x.dtype()).matmul();
    Object a = rows.x().storage.array();
    int from = rows.x().layout.offset;
    Parallel.parallelFor(
        sums.numel(),
        Parallel.ELEMENT * chunk,
        (at, end) -> {
          for (int i = at; i < end; i++) {
            int first = from + i * chunk;
            sums.storage.setDouble(
                i, kernels.dot(a, first, a, first, Math.min(chunk, from + x.numel() - first)));
          }
        });
    return sums.sum(1).sqrt_().reshape(rows.shape());
  }

  private static void requireElements(String op, Tensor x, int[] dims) {
    for (int d : Shapes.dims(op, dims, x.dim())) {
      if (x.layout.shape[d] == 0) {
        throw Shapes.error(
            "%s: this norm of no elements, in shape %s, is not defined", op, x.layout.shape);
      }
    }
  }

  /**
   * The gradient by x of a norm other than the number of elements; g and y have size 1 where they
   * were reduced.
   */
  static Tensor gradient(Tensor g, Tensor x, Tensor y, double p, int[] dims) {
    if (p == 1) {
      return x.sign().mul(g);
    }
    if (Double.isInfinite(p)) {
      Tensor largest = x.abs().eq(y).logicalOr(x.isnan().logicalAnd(y.isnan())).to(g.dtype());
      Tensor ties = x.dim() == 0 ? largest : largest.sum(dims, true);
      return x.sign().mul(g.div(ties)).mul(largest);
    }
    Tensor none = y.eq(0);
    // not divided by 0 even where the result is thrown away: a second derivative would see it
    Tensor safe = y.maskedFill(none, 1);
    if (p == 2) {
      return x.mul(g.div(safe).maskedFill(none, 0));
    }
    if (p < 1) {
      Tensor slope = x.sign().mul(x.abs().pow(p - 1)).maskedFill(x.eq(0), 0);
      return slope.mul(g).mul(y.pow(1 - p));
    }
    Tensor scale = g.div(safe.pow(p - 1)).maskedFill(none, 0);
    return p < 2
        ? x.sign().mul(x.abs().pow(p - 1)).mul(scale)
        : x.mul(x.abs().pow(p - 2)).mul(scale);
  }

  /** x / max(norm, eps) along a dimension. */
  static Tensor normalize(Tensor x, double p, int dim, double eps) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> normalize(t, p, dim, eps));
    }
    return x.div(x.norm(p, new int[] {dim}, true).clamp(eps, null));
  }
}
