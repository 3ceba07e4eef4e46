package dev.facula;

import dev.facula.internal.kernel.Kernels;

/**
 * Whole rows picked from a table and added to one: what embeddings do. Each is the derivative of
 * the other.
 */
final class TableRows {
  private TableRows() {}

  /** y[i] = table[index[i]], where index is within the first dimension. */
  static Tensor gather(String op, Tensor table, long[] index) {
    int[] shape = Shapes.with(table.layout.shape, 0, index.length);
    Tensor x = table.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), shape);
    int n = index.length == 0 ? 0 : y.numel() / index.length;
    int from = x.layout.offset;
    if (x.dtype() == DType.FLOAT32) {
      float[] a = x.storage.floats();
      float[] b = y.storage.floats();
      Softmax.each(
          index.length,
          Math.max(n, 1),
          (at, m) -> Kernels.F32.gatherRows(a, from, n, index, at, m, b, at * n));
    } else {
      double[] a = x.storage.doubles();
      Kernels.F64.gatherRows(a, from, n, index, 0, index.length, y.storage.doubles(), 0);
    }
    int[] whole = table.layout.shape;
    return Graph.wanted(table)
        ? Graph.record(y, op, table, Graph.none(), (c, g) -> scatter(op, g, index, whole))
        : y;
  }

  /** Zeros of a shape, to which y[index[i]] += rows[i]. */
  static Tensor scatter(String op, Tensor rows, long[] index, int[] shape) {
    Tensor x = rows.detach().contiguous();
    Tensor y = Tensor.zeros(x.dtype(), shape);
    int n = index.length == 0 ? 0 : x.numel() / index.length;
    int from = x.layout.offset;
    if (x.dtype() == DType.FLOAT32) {
      Kernels.F32.scatterAddRows(
          x.storage.floats(), from, n, index, 0, index.length, y.storage.floats(), 0);
    } else {
      Kernels.F64.scatterAddRows(
          x.storage.doubles(), from, n, index, 0, index.length, y.storage.doubles(), 0);
    }
    return Graph.wanted(rows)
        ? Graph.record(y, op, rows, Graph.none(), (c, g) -> gather(op, g, index))
        : y;
  }
}
