package dev.facula.internal.kernel;

/**
 * Softmax, its logarithm and the losses built on it over rows, the largest element taken off first.
 */
final class FloatSoftmax {
  private FloatSoftmax() {}

  static void softmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      float max = FloatReduce.max(x, p, n);
      for (int i = 0; i < n; i++) {
        y[q + i] = FloatMath.exp(x[p + i] - max);
      }
      float scale = 1f / FloatReduce.sum(y, q, n);
      for (int i = 0; i < n; i++) {
        y[q + i] *= scale;
      }
    }
  }

  static void logSoftmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      float max = FloatReduce.max(x, p, n);
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += FloatMath.exp(x[p + i] - max);
      }
      float log = FloatMath.log(sum);
      for (int i = 0; i < n; i++) {
        y[q + i] = x[p + i] - max - log;
      }
    }
  }

  static void softmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      float sum = FloatReduce.dot(g, p, y, q, n);
      for (int i = 0; i < n; i++) {
        dx[dxo + r * n + i] = y[q + i] * (g[p + i] - sum);
      }
    }
  }

  static void logSoftmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      float sum = FloatReduce.sum(g, p, n);
      for (int i = 0; i < n; i++) {
        dx[dxo + r * n + i] = g[p + i] - FloatMath.exp(y[q + i]) * sum;
      }
    }
  }

  static void crossEntropyRows(
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] loss,
      int lo,
      float[] lse,
      int so) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      float max = FloatReduce.max(x, p, n);
      float sum = 0;
      for (int i = 0; i < n; i++) {
        sum += FloatMath.exp(x[p + i] - max);
      }
      float log = FloatMath.log(sum);
      lse[so + r] = max + log;
      int t = (int) target[to + r];
      loss[lo + r] = t < 0 ? 0f : log - (x[p + t] - max);
    }
  }

  static void crossEntropyRowsBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] lse,
      int so,
      float[] dx,
      int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = dxo + r * n;
      int t = (int) target[to + r];
      if (t < 0) {
        FloatBinary.fill(0f, dx, q, n);
        continue;
      }
      float s = g[go + r];
      for (int i = 0; i < n; i++) {
        dx[q + i] = s * FloatMath.exp(x[p + i] - lse[so + r]);
      }
      dx[q + t] -= s;
    }
  }

  static void nllRows(
      float[] x, int xo, int rows, int n, long[] target, int to, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int t = (int) target[to + r];
      y[yo + r] = t < 0 ? 0f : -x[xo + r * n + t];
    }
  }

  static void nllRowsBackward(
      float[] g, int go, int rows, int n, long[] target, int to, float[] dx, int dxo) {
    FloatBinary.fill(0f, dx, dxo, rows * n);
    for (int r = 0; r < rows; r++) {
      int t = (int) target[to + r];
      if (t >= 0) {
        dx[dxo + r * n + t] = -g[go + r];
      }
    }
  }
}
