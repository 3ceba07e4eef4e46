package dev.facula.internal.kernel;

/** Softmax and its logarithm over rows, the largest element taken off first. */
final class DoubleSoftmax {
  private DoubleSoftmax() {}

  static void softmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      double max = DoubleReduce.max(x, p, n);
      for (int i = 0; i < n; i++) {
        y[q + i] = DoubleMath.exp(x[p + i] - max);
      }
      double scale = 1.0 / DoubleReduce.sum(y, q, n);
      for (int i = 0; i < n; i++) {
        y[q + i] *= scale;
      }
    }
  }

  static void logSoftmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      double max = DoubleReduce.max(x, p, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += DoubleMath.exp(x[p + i] - max);
      }
      double log = DoubleMath.log(sum);
      for (int i = 0; i < n; i++) {
        y[q + i] = x[p + i] - max - log;
      }
    }
  }

  static void softmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      double sum = DoubleReduce.dot(g, p, y, q, n);
      for (int i = 0; i < n; i++) {
        dx[dxo + r * n + i] = y[q + i] * (g[p + i] - sum);
      }
    }
  }

  static void logSoftmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      double sum = DoubleReduce.sum(g, p, n);
      for (int i = 0; i < n; i++) {
        dx[dxo + r * n + i] = g[p + i] - DoubleMath.exp(y[q + i]) * sum;
      }
    }
  }
}
