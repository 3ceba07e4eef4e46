package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.FloatingKernels;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;

/** Sums of weighted elements along a dimension: what resampling and pooling are made of. */
final class WeightedSums {
  private WeightedSums() {}

  /** Sums, or means, of the elements first[i] to end[i] along a dimension. */
  static Tensor windows(String op, Tensor x, int dim, int[] first, int[] end, boolean mean) {
    int[] starts = new int[first.length + 1];
    for (int i = 0; i < first.length; i++) {
      long next = starts[i] + Math.max(0L, end[i] - first[i]);
      starts[i + 1] = Shapes.checked(op, "the number of elements in all windows", next);
    }
    int[] at = new int[starts[first.length]];
    double[] weights = new double[at.length];
    for (int i = 0; i < first.length; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        at[k] = first[i] + k - starts[i];
        weights[k] = mean ? 1.0 / (end[i] - first[i]) : 1;
      }
    }
    return weightedSums(op, x, dim, starts, at, weights);
  }

  /**
   * Sums of weighted elements along a dimension: result i is the sum of weights[k] times the
   * element at[k], k from starts[i] to starts[i + 1].
   */
  static Tensor weightedSums(
      String op, Tensor x, int dim, int[] starts, int[] at, double[] weights) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> weightedSums(op, t, dim, starts, at, weights));
    }
    Tensor a = x.detach().contiguous();
    int in = x.size(dim);
    int out = starts.length - 1;
    Tensor y = Tensor.empty(x.dtype(), Shapes.with(x.layout.shape, dim, out));
    int planes = 1;
    int n = 1;
    for (int i = 0; i < x.dim(); i++) {
      planes *= i < dim ? x.size(i) : 1;
      n *= i > dim ? x.size(i) : 1;
    }
    int row = n;
    FloatingKernels<Object> kernels = Types.floating(x.dtype());
    Object p = a.storage.array();
    Object q = y.storage.array();
    Parallel.parallelFor(
        planes,
        Parallel.ELEMENT * Math.max(in, out) * row,
        (first, end) -> {
          for (int plane = first; plane < end; plane++) {
            int xo = a.layout.offset + plane * in * row;
            int yo = plane * out * row;
            if (row == 1) {
              kernels.pooling().weightedSums(starts, at, weights, p, xo, q, yo);
              continue;
            }
            for (int i = 0; i < out; i++) {
              int k = starts[i];
              int o = yo + i * row;
              if (k < starts[i + 1] && weights[k] == 1) {
                System.arraycopy(p, xo + at[k++] * row, q, o, row);
              } else {
                // -0 changes nothing that is added to it
                y.storage.fill(o, o + row, k < starts[i + 1] ? -0.0 : 0);
              }
              for (; k < starts[i + 1]; k++) {
                kernels.binary().axpy(weights[k], p, xo + at[k] * row, q, o, row);
              }
            }
          }
        });
    return Graph.wanted(x)
        ? Graph.record(
            y, op, x, Graph.none(), (c, g) -> transposedSums(op, g, dim, in, starts, at, weights))
        : y;
  }

  /** The derivative: each of {@code in} elements is a sum of weighted gradients. */
  private static Tensor transposedSums(
      String op, Tensor g, int dim, int in, int[] starts, int[] at, double[] weights) {
    int[] next = new int[in + 2]; // one place ahead, where the loop below leaves it
    for (int a : at) {
      next[a + 2]++;
    }
    for (int i = 0; i < in; i++) {
      next[i + 2] += next[i + 1];
    }
    int[] results = new int[at.length];
    double[] transposed = new double[at.length];
    for (int i = 0; i < starts.length - 1; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        int to = next[at[k] + 1]++;
        results[to] = i;
        transposed[to] = weights[k];
      }
    }
    return weightedSums(op, g, dim, Arrays.copyOf(next, in + 1), results, transposed);
  }
}
