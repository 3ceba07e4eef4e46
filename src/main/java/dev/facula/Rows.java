package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import java.util.function.IntFunction;

/**
 * An operand seen as rows along one dimension, which is moved to the back: row r holds the elements
 * r n to r n + n - 1. A tensor without dimensions is one row of one element.
 */
record Rows(Tensor x, int dim, int count, int n) {
  static Rows of(String op, Tensor x, int dim) {
    int d = Shapes.dim(op, dim, x.dim());
    if (x.dim() == 0) {
      return new Rows(x.detach().contiguous(), 0, 1, 1);
    }
    int n = x.layout.shape[d];
    long rows = Shapes.product(Shapes.remove(x.layout.shape, d));
    int count = rows > Shapes.MAX_NUMEL ? 0 : (int) rows; // where it is more, n is 0
    Tensor moved = new Tensor(x.storage, x.layout.permute(toBack(x.dim(), d)));
    return new Rows(moved.contiguous(), d, count, n);
  }

  private static int[] toBack(int rank, int d) {
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = i < d ? i : i == rank - 1 ? d : i + 1;
    }
    return order;
  }

  /** The results, k for each row, with the dimension, now of size k, back in its place. */
  Tensor back(Tensor results, int k) {
    if (x.dim() == 0) {
      return results.reshape(Shapes.SCALAR);
    }
    int last = x.dim() - 1;
    int[] order = new int[x.dim()];
    for (int i = 0; i <= last; i++) {
      order[i] = i < dim ? i : i == dim ? last : i - 1;
    }
    return results.reshape(Shapes.with(x.layout.shape, last, k)).permute(order).contiguous();
  }

  /**
   * Elements of a row picked by index: k indices for every row, in order.
   *
   * @param pick may be asked by several threads at a time
   */
  Tensor indices(int k, IntFunction<int[]> pick) {
    long[] result = new long[count * k];
    Parallel.parallelFor(
        count,
        2 * Parallel.FUNCTION * n,
        (at, end) -> {
          for (int r = at; r < end; r++) {
            int[] chosen = pick.apply(r);
            for (int i = 0; i < k; i++) {
              result[r * k + i] = chosen[i];
            }
          }
        });
    return back(Tensor.of(result, count * k), k);
  }
}
