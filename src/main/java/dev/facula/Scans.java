package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import java.util.ArrayList;
import java.util.List;

/** Running sums and products along a dimension. */
final class Scans {
  private Scans() {}

  /** One step: the state after an element. */
  private interface Step {
    double apply(double state, double element);
  }

  private static Tensor running(
      String op, Tensor x, int dim, boolean sum, double start, Step step) {
    Rows rows = Rows.of(op, x, dim);
    int n = rows.n();
    Tensor y = Tensor.empty(x.dtype(), x.numel());
    if (x.isFloatingPoint()) {
      double[] a = rows.x().toDoubleArray();
      for (int r = 0; r < rows.count(); r++) {
        double state = start;
        for (int i = r * n; i < (r + 1) * n; i++) {
          state = step.apply(state, a[i]);
          y.storage.setDouble(i, state);
        }
      }
    } else {
      long[] a = rows.x().toLongArray();
      for (int r = 0; r < rows.count(); r++) {
        long state = sum ? 0 : 1;
        for (int i = r * n; i < (r + 1) * n; i++) {
          state = sum ? state + a[i] : state * a[i];
          y.storage.setLong(i, state);
        }
      }
    }
    return rows.back(y, n);
  }

  static Tensor cumsum(Tensor x, int dim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> cumsum(t, dim));
    }
    if (!x.isFloatingPoint() && x.dtype() != DType.INT64) {
      return cumsum(x.to(DType.INT64), dim);
    }
    Tensor y = x.isFloatingPoint() ? sums(x, dim) : running("cumsum", x, dim, true, 0, Double::sum);
    return Graph.wanted(x)
        ? Graph.record(y, "cumsum", x, Graph.none(), (c, g) -> reversed(g, dim))
        : y;
  }

  private static Tensor sums(Tensor x, int dim) {
    Rows rows = Rows.of("cumsum", x, dim);
    Tensor source = rows.x();
    int from = source.layout.offset;
    int n = rows.n();
    Tensor y = Tensor.empty(x.dtype(), x.numel());
    Object a = source.storage.array();
    Object b = y.storage.array();
    Parallel.parallelFor(
        rows.count(),
        Parallel.FUNCTION * n,
        (at, end) ->
            Types.floating(x.dtype())
                .reduce()
                .cumsumRows(a, from + at * n, end - at, n, b, at * n));
    return rows.back(y, n);
  }

  /** The running sum from the back. */
  private static Tensor reversed(Tensor g, int dim) {
    return g.dim() == 0 ? g : g.flip(dim).cumsum(dim).flip(dim);
  }

  static Tensor cumprod(Tensor x, int dim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> cumprod(t, dim));
    }
    if (!x.isFloatingPoint() && x.dtype() != DType.INT64) {
      return cumprod(x.to(DType.INT64), dim);
    }
    Tensor y = running("cumprod", x, dim, false, 1, (p, v) -> p * v);
    if (!Graph.wanted(x)) {
      return y;
    }
    return Graph.record(
        y,
        "cumprod",
        x,
        Graph.tensors(x, y),
        (c, g) -> {
          Tensor input = c.saved(0);
          boolean zeros = input.detach().eq(0).any(new int[0], false).item() != 0;
          return zeros && input.dim() > 0
              ? cumprodThroughZeros(g, input, dim)
              : input.dim() == 0 ? g : reversed(g.mul(c.saved(1)), dim).div(input);
        });
  }

  /** Where there are zeros: each element's slope is the running product with it left out. */
  private static Tensor cumprodThroughZeros(Tensor g, Tensor x, int dim) {
    int n = x.size(dim);
    Tensor one =
        Tensor.ones(x.dtype(), Shapes.with(x.layout.shape, Shapes.dim("cumprod", dim, x.dim()), 1));
    List<Tensor> slopes = new ArrayList<>(n);
    for (int k = 0; k < n; k++) {
      Tensor others =
          Tensor.cat(List.of(x.narrow(dim, 0, k), one, x.narrow(dim, k + 1, n - k - 1)), dim);
      Tensor later = others.cumprod(dim).narrow(dim, k, n - k);
      slopes.add(later.mul(g.narrow(dim, k, n - k)).sum(new int[] {dim}, true));
    }
    return Tensor.cat(slopes, dim);
  }

  static Tensor logcumsumexp(Tensor x, int dim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> logcumsumexp(t, dim));
    }
    Promotion.requireFloating("logcumsumexp", x);
    Tensor y = running("logcumsumexp", x, dim, true, Double.NEGATIVE_INFINITY, Scans::logAddExp);
    if (!Graph.wanted(x)) {
      return y;
    }
    return Graph.record(
        y,
        "logcumsumexp",
        x,
        Graph.tensors(x, y),
        (c, g) -> {
          // sum over later j of g_j exp(x - y_j), positive and negative g apart, in logarithms
          Tensor input = c.saved(0);
          Tensor output = c.saved(1);
          Tensor up = weight(g.gt(0), g, input, output, dim);
          return up.sub(weight(g.lt(0), g.neg(), input, output, dim));
        });
  }

  private static Tensor weight(Tensor where, Tensor g, Tensor x, Tensor y, int dim) {
    Tensor log =
        g.maskedFill(where.logicalNot(), 1)
            .log()
            .sub(y)
            .maskedFill(where.logicalNot(), Double.NEGATIVE_INFINITY);
    Tensor later = log.dim() == 0 ? log : log.flip(dim).logcumsumexp(dim).flip(dim);
    return later.add(x).exp();
  }

  static double logAddExp(double a, double b) {
    double most = Math.max(a, b);
    if (Double.isInfinite(most) || Double.isNaN(most)) {
      return a == b || Double.isNaN(most) ? most : Math.max(a, b);
    }
    return most + Math.log1p(Math.exp(-Math.abs(a - b)));
  }
}
