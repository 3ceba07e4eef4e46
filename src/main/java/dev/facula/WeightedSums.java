package dev.facula;

import dev.facula.internal.kernel.Kernels;
import java.util.Arrays;

/**
 * Sums of weighted elements along one dimension: result i is the sum of weights[k] times the
 * element at[k], k from starts[i] to starts[i + 1].
 *
 * @param in the elements
 */
record WeightedSums(int in, int[] starts, int[] at, double[] weights) {
  /** Each result has as many elements, which follow one another. */
  static WeightedSums of(int in, int out, int[] at, double[] weights) {
    int[] starts = new int[out + 1];
    for (int i = 0; i <= out; i++) {
      starts[i] = i * (at.length / out);
    }
    return new WeightedSums(in, starts, at, weights);
  }

  int out() {
    return starts.length - 1;
  }

  /** The derivative: each element is a sum of weighted gradients. */
  private WeightedSums transposed() {
    int[] first = new int[in + 1];
    for (int a : at) {
      first[a + 1]++;
    }
    for (int i = 0; i < in; i++) {
      first[i + 1] += first[i];
    }
    int[] next = first.clone();
    int[] results = new int[at.length];
    double[] turned = new double[at.length];
    for (int i = 0; i < out(); i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        int to = next[at[k]]++;
        results[to] = i;
        turned[to] = weights[k];
      }
    }
    return new WeightedSums(out(), first, results, turned);
  }

  /**
   * Sums along each of the last dimensions of x, a plane at a time.
   *
   * @param last whether the last dimension comes first
   */
  static Tensor apply(String op, Tensor x, WeightedSums[] sums, boolean last) {
    int rank = sums.length;
    Tensor a = x.detach().contiguous();
    int outer = x.dim() - rank;
    int[] shape = x.layout.shape.clone();
    int largest = 1;
    for (int i = 0; i < rank; i++) {
      shape[outer + i] = sums[i].out();
      largest *= Math.max(sums[i].in, sums[i].out());
    }
    int scratch = largest;
    Tensor y = Tensor.empty(x.dtype(), shape);
    int planes = Shapes.numel(op, Arrays.copyOf(shape, outer));
    RowParts.each(
        planes,
        largest,
        Iteration.CHUNK,
        (from, m) -> {
          Storage[] between = new Storage[2];
          for (int i = 0; i < Math.min(rank - 1, 2); i++) {
            between[i] = Storage.allocate(x.dtype(), scratch);
          }
          for (int p = from; p < from + m; p++) {
            Storage source = a.storage;
            int at = a.layout.offset + p * (a.numel() / planes);
            int[] size = Arrays.copyOfRange(a.layout.shape, outer, outer + rank);
            for (int step = 0; step < rank; step++) {
              int dim = last ? rank - 1 - step : step;
              boolean end = step == rank - 1;
              Storage target = end ? y.storage : between[step % 2];
              int rows = 1;
              int row = 1;
              for (int i = 0; i < rank; i++) {
                rows *= i < dim ? size[i] : 1;
                row *= i > dim ? size[i] : 1;
              }
              int to = end ? p * (y.numel() / planes) : 0;
              sums[dim].sum(source, at, rows, row, target, to);
              size[dim] = sums[dim].out();
              source = target;
              at = 0;
            }
          }
        });
    if (!Graph.wanted(x)) {
      return y;
    }
    return Graph.record(
        y,
        op,
        x,
        Graph.none(),
        (c, g) -> {
          WeightedSums[] back = new WeightedSums[rank];
          for (int i = 0; i < rank; i++) {
            back[i] = sums[i].transposed();
          }
          return apply(op, g, back, !last);
        });
  }

  /** The sums of {@code count} matrices of {@code in} rows of n elements. */
  private void sum(Storage source, int xo, int count, int n, Storage target, int yo) {
    for (int i = 0; i < count; i++) {
      int from = xo + i * in * n;
      int to = yo + i * out() * n;
      if (source.dtype == DType.FLOAT32) {
        sum(source.floats(), from, n, target.floats(), to);
      } else {
        sum(source.doubles(), from, n, target.doubles(), to);
      }
    }
  }

  private void sum(float[] x, int xo, int n, float[] y, int yo) {
    for (int i = 0; i < out(); i++) {
      int k = starts[i];
      int end = starts[i + 1];
      int o = yo + i * n;
      if (n == 1) {
        float sum = k == end ? 0 : (float) weights[k] * x[xo + at[k]];
        while (++k < end) {
          sum += (float) weights[k] * x[xo + at[k]];
        }
        y[o] = sum;
        continue;
      }
      if (k < end && weights[k] == 1) {
        System.arraycopy(x, xo + at[k++] * n, y, o, n);
      } else {
        Arrays.fill(y, o, o + n, k == end ? 0f : -0f); // what is added to -0 stays as it is
      }
      for (; k < end; k++) {
        Kernels.F32.axpy((float) weights[k], x, xo + at[k] * n, y, o, n);
      }
    }
  }

  private void sum(double[] x, int xo, int n, double[] y, int yo) {
    for (int i = 0; i < out(); i++) {
      int k = starts[i];
      int end = starts[i + 1];
      int o = yo + i * n;
      if (n == 1) {
        double sum = k == end ? 0 : weights[k] * x[xo + at[k]];
        while (++k < end) {
          sum += weights[k] * x[xo + at[k]];
        }
        y[o] = sum;
        continue;
      }
      if (k < end && weights[k] == 1) {
        System.arraycopy(x, xo + at[k++] * n, y, o, n);
      } else {
        Arrays.fill(y, o, o + n, k == end ? 0.0 : -0.0); // what is added to -0 stays as it is
      }
      for (; k < end; k++) {
        Kernels.F64.axpy(weights[k], x, xo + at[k] * n, y, o, n);
      }
    }
  }
}
