package dev.facula.internal.kernel;

/** Reductions and scans of integers; sums wrap. */
public final class LongReduce implements ReduceKernels<long[]> {
  @Override
  public void sumRows(long[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      long sum = 0;
      for (int i = xo + r * n, end = i + n; i < end; i++) {
        sum += x[i];
      }
      y[yo + r] = sum;
    }
  }

  @Override
  public void sumColumns(long[] x, int xo, int outer, int n, int inner, long[] y, int yo) {
    for (int o = 0; o < outer; o++) {
      int q = yo + o * inner;
      for (int i = 0; i < inner; i++) {
        y[q + i] = 0;
      }
      for (int k = 0, p = xo + o * n * inner; k < n; k++, p += inner) {
        for (int i = 0; i < inner; i++) {
          y[q + i] += x[p + i];
        }
      }
    }
  }

  @Override
  public void maxRows(long[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = x[argmax(x, xo + r * n, n)];
    }
  }

  @Override
  public void minRows(long[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = x[argmin(x, xo + r * n, n)];
    }
  }

  @Override
  public void argmaxRows(long[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int from = xo + r * n;
      y[yo + r] = (long) argmax(x, from, n) - from;
    }
  }

  @Override
  public void argminRows(long[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int from = xo + r * n;
      y[yo + r] = (long) argmin(x, from, n) - from;
    }
  }

  private static int argmax(long[] x, int from, int n) {
    int best = from;
    for (int i = from + 1; i < from + n; i++) {
      best = x[i] > x[best] ? i : best;
    }
    return best;
  }

  private static int argmin(long[] x, int from, int n) {
    int best = from;
    for (int i = from + 1; i < from + n; i++) {
      best = x[i] < x[best] ? i : best;
    }
    return best;
  }

  @Override
  public void cumsumRows(long[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      long sum = 0;
      for (int i = r * n; i < (r + 1) * n; i++) {
        sum += x[xo + i];
        y[yo + i] = sum;
      }
    }
  }
}
