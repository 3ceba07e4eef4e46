package dev.facula.internal.kernel;

/**
 * Softmax, its logarithm and the losses built on it over rows, the largest element taken off first.
 */
public class FloatSoftmax implements SoftmaxKernels<float[]> {
  private static final FloatBinary BINARY = new FloatBinary();

  private static final int BLOCK = 1024;

  @Override
  public void softmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      float sum = expMinus(x, p, FloatReduce.max(x, p, n), y, q, n);
      scale(1f / sum, y, q, n);
    }
  }

  /** y[i] = exp(x[i] - m), and the sum of that. */
  private static float expMinus(float[] x, int xo, float m, float[] y, int yo, int n) {
    FloatMath.expPlus(x, xo, -m, y, yo, n);
    return FloatReduce.sum(y, yo, n);
  }

  /** y[i] = x[i] + c. */
  private static void plus(float[] x, int xo, float c, float[] y, int yo, int n) {
    float[] a = FloatUnary.at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] + c;
    }
  }

  /** y[i] *= s. */
  private static void scale(float s, float[] y, int yo, int n) {
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] *= s;
    }
  }

  /** Sum of exp(x[i] - m). */
  private static float sumExpMinus(float[] x, int xo, float m, int n) {
    float[] scratch = FloatScratch.get().array(FloatScratch.LINE, BLOCK);
    float sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      sum += expMinus(x, xo + i, m, scratch, 0, Math.min(BLOCK, n - i));
    }
    return sum;
  }

  @Override
  public void logSoftmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      float max = FloatReduce.max(x, p, n);
      float log = FloatMath.log(sumExpMinus(x, p, max, n));
      plus(x, p, -max, y, q, n);
      plus(y, q, -log, y, q, n);
    }
  }

  @Override
  public void softmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      int out = dxo + r * n;
      float sum = FloatReduce.dot(g, p, y, q, n);
      plus(g, p, -sum, dx, out, n);
      BINARY.mul(dx, out, y, q, dx, out, n);
    }
  }

  @Override
  public void logSoftmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      float sum = FloatReduce.sum(g, p, n);
      int out = dxo + r * n;
      FloatMath.exp(y, q, dx, out, n);
      scale(-sum, dx, out, n);
      BINARY.add(dx, out, g, p, dx, out, n);
    }
  }

  @Override
  public void crossEntropyRows(
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
      float log = FloatMath.log(sumExpMinus(x, p, max, n));
      lse[so + r] = max + log;
      int t = (int) target[to + r];
      loss[lo + r] = t < 0 ? 0f : log - (x[p + t] - max);
    }
  }

  @Override
  public void crossEntropyRowsBackward(
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
        FloatBinary.fill(lse[so + r] - lse[so + r], dx, q, n); // NaN unless finite
        continue;
      }
      float s = g[go + r];
      FloatMath.expPlus(x, p, -lse[so + r], dx, q, n);
      scale(s, dx, q, n);
      dx[q + t] -= s;
    }
  }
}
