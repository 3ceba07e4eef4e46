package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.SortKeys;
import dev.facula.internal.kernel.ReduceKernels;
import dev.facula.internal.parallel.Parallel;

/** The largest and the smallest along a dimension, and where they are. */
final class Extremes {
  private Extremes() {}

  static ValuesIndices max(Tensor x, int dim, boolean keepdim) {
    return along("max", x, dim, keepdim, true);
  }

  static ValuesIndices min(Tensor x, int dim, boolean keepdim) {
    return along("min", x, dim, keepdim, false);
  }

  private static ValuesIndices along(
      String op, Tensor x, int dim, boolean keepdim, boolean largest) {
    Tensor indices = arg(op, x, dim, true, largest);
    return picked(x, dim, indices, keepdim);
  }

  /** The elements that indices, of which there is one a row, name along dim. */
  static ValuesIndices picked(Tensor x, int dim, Tensor indices, boolean keepdim) {
    Tensor values = x.gather(dim, indices);
    return keepdim || x.dim() == 0
        ? new ValuesIndices(values, indices)
        : new ValuesIndices(values.squeeze(dim), indices.squeeze(dim));
  }

  /** The index of the extreme along a dimension; the first one that is not a number wins. */
  static Tensor arg(String op, Tensor x, int dim, boolean keepdim, boolean largest) {
    Rows rows = Rows.of(op, x, dim);
    requireElements(op, x, rows);
    DType type = Types.computed(x.dtype());
    Tensor source = rows.x().cast(type);
    int n = rows.n();
    int from = source.layout.offset;
    long[] result = new long[rows.count()];
    ReduceKernels<Object> kernels = Types.kernels(type).reduce();
    Object a = source.storage.array();
    Parallel.parallelFor(
        result.length,
        Parallel.FUNCTION * n,
        (at, end) -> {
          if (largest) {
            kernels.argmaxRows(a, from + at * n, end - at, n, result, at);
          } else {
            kernels.argminRows(a, from + at * n, end - at, n, result, at);
          }
        });
    Tensor indices = rows.back(Tensor.of(result, result.length), 1);
    return keepdim || x.dim() == 0 ? indices : indices.squeeze(dim);
  }

  static void requireElements(String op, Tensor x, Rows rows) {
    if (rows.n() == 0 && rows.count() > 0) {
      throw Shapes.error(
          "%s: no elements to choose from along dimension %s of %s",
          op, rows.dim(), x.layout.shape);
    }
  }

  /** The index of the extreme of all elements in row-major order. */
  static Tensor arg(String op, Tensor x, boolean largest) {
    if (x.numel() == 0) {
      throw Shapes.error(
          "%s: a tensor without elements, of shape %s, has none to choose", op, x.layout.shape);
    }
    return arg(op, x.detach().reshape(-1), 0, false, largest);
  }

  /** The extreme of all elements; equal ones share the gradient. */
  static Tensor all(String op, Tensor x, boolean largest) {
    if (x.numel() == 0) {
      throw Shapes.error(
          "%s: a tensor without elements, of shape %s, has none to choose; name a dimension",
          op, x.layout.shape);
    }
    Tensor y =
        largest
            ? Reductions.amax(x.detach(), new int[0], false)
            : Reductions.amin(x.detach(), new int[0], false);
    return shared(op, x, y);
  }

  /** Makes y, one of the elements of x, an operation whose gradient goes to all its equals. */
  static Tensor shared(String op, Tensor x, Tensor y) {
    if (!Graph.wanted(x)) {
      return y;
    }
    return Graph.record(
        y,
        op,
        x,
        Graph.tensors(x, y),
        (c, g) -> {
          Tensor input = c.saved(0).detach();
          Tensor output = c.saved(1).detach();
          Tensor equal = Double.isNaN(output.item()) ? input.isnan() : input.eq(output);
          Tensor chosen = equal.to(g.dtype());
          return g.mul(chosen).div(chosen.sum());
        });
  }

  /** Along a dimension, the largest or smallest so far, the latest of equals. */
  static ValuesIndices cumulative(String op, Tensor x, int dim, boolean largest) {
    Rows rows = Rows.of(op, x, dim);
    long[] keys = Sorting.keys(rows.x());
    int n = rows.n();
    Tensor indices =
        rows.indices(
            n,
            r -> {
              int[] result = new int[n];
              int best = 0;
              for (int i = 0; i < n; i++) {
                long key = keys[r * n + i];
                long known = keys[r * n + best];
                boolean better = largest ? key >= known : key <= known;
                if (SortKeys.isNan(x.dtype(), key)) {
                  better = true;
                } else if (SortKeys.isNan(x.dtype(), known)) {
                  better = false;
                }
                best = better ? i : best;
                result[i] = best;
              }
              return result;
            });
    return new ValuesIndices(x.gather(dim, indices), indices);
  }
}
