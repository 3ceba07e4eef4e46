package dev.facula.internal.kernel;

/** Softmax and its logarithm over rows, the largest element taken off first. */
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
}
