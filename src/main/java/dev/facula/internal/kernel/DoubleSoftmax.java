package dev.facula.internal.kernel;

/**
 * Softmax, its logarithm and the losses built on it over rows, the largest element taken off first.
 */
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

  static void crossEntropyRows(
      double[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      double[] loss,
      int lo,
      double[] lse,
      int so) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      double max = DoubleReduce.max(x, p, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += DoubleMath.exp(x[p + i] - max);
      }
      double log = DoubleMath.log(sum);
      lse[so + r] = max + log;
      int t = (int) target[to + r];
      loss[lo + r] = t < 0 ? 0.0 : log - (x[p + t] - max);
    }
  }

  static void crossEntropyRowsBackward(
      double[] g,
      int go,
      double[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      double[] lse,
      int so,
      double[] dx,
      int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = dxo + r * n;
      int t = (int) target[to + r];
      if (t < 0) {
        DoubleBinary.fill(0.0, dx, q, n);
        continue;
      }
      double s = g[go + r];
      for (int i = 0; i < n; i++) {
        dx[q + i] = s * DoubleMath.exp(x[p + i] - lse[so + r]);
      }
      dx[q + t] -= s;
    }
  }

  static void nllRows(
      double[] x, int xo, int rows, int n, long[] target, int to, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int t = (int) target[to + r];
      y[yo + r] = t < 0 ? 0.0 : -x[xo + r * n + t];
    }
  }

  static void nllRowsBackward(
      double[] g, int go, int rows, int n, long[] target, int to, double[] dx, int dxo) {
    DoubleBinary.fill(0.0, dx, dxo, rows * n);
    for (int r = 0; r < rows; r++) {
      int t = (int) target[to + r];
      if (t >= 0) {
        dx[dxo + r * n + t] = -g[go + r];
      }
    }
  }
}
