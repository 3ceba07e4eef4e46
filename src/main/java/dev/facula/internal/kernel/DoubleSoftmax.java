package dev.facula.internal.kernel;

/**
 * Softmax, its logarithm and the losses built on it over rows, the largest element taken off first.
 */
final class DoubleSoftmax {
  private static final int BLOCK = 1024;

  private DoubleSoftmax() {}

  static void softmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      double sum = expMinus(x, p, DoubleReduce.max(x, p, n), y, q, n);
      scale(1.0 / sum, y, q, n);
    }
  }

  /** y[i] = exp(x[i] - m), and the sum of that. */
  private static double expMinus(double[] x, int xo, double m, double[] y, int yo, int n) {
    DoubleMath.expPlus(x, xo, -m, y, yo, n);
    return DoubleReduce.sum(y, yo, n);
  }

  /** y[i] = x[i] + c. */
  private static void plus(double[] x, int xo, double c, double[] y, int yo, int n) {
    double[] a = DoubleUnary.at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] + c;
    }
  }

  /** y[i] *= s. */
  private static void scale(double s, double[] y, int yo, int n) {
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] *= s;
    }
  }

  /** Sum of exp(x[i] - m). */
  private static double sumExpMinus(double[] x, int xo, double m, int n) {
    double[] scratch = DoubleScratch.get().array(DoubleScratch.LINE, BLOCK);
    double sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      sum += expMinus(x, xo + i, m, scratch, 0, Math.min(BLOCK, n - i));
    }
    return sum;
  }

  static void logSoftmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      double max = DoubleReduce.max(x, p, n);
      double log = DoubleMath.log(sumExpMinus(x, p, max, n));
      plus(x, p, -max, y, q, n);
      plus(y, q, -log, y, q, n);
    }
  }

  static void softmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      int out = dxo + r * n;
      double sum = DoubleReduce.dot(g, p, y, q, n);
      plus(g, p, -sum, dx, out, n);
      DoubleBinary.mul(dx, out, y, q, dx, out, n);
    }
  }

  static void logSoftmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      double sum = DoubleReduce.sum(g, p, n);
      int out = dxo + r * n;
      DoubleMath.exp(y, q, dx, out, n);
      scale(-sum, dx, out, n);
      DoubleBinary.add(dx, out, g, p, dx, out, n);
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
      double log = DoubleMath.log(sumExpMinus(x, p, max, n));
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
        DoubleBinary.fill(lse[so + r] - lse[so + r], dx, q, n); // NaN unless finite
        continue;
      }
      double s = g[go + r];
      DoubleMath.expPlus(x, p, -lse[so + r], dx, q, n);
      scale(s, dx, q, n);
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
