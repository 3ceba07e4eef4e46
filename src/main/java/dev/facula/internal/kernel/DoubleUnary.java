package dev.facula.internal.kernel;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence {@link #at}.
 */
final class DoubleUnary {
  private static final int BLOCK = 512;

  private DoubleUnary() {}

  /** An array with the operand at the index of the result: its own, or that of the result. */
  static double[] at(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      return x;
    }
    System.arraycopy(x, xo, y, yo, n);
    return y;
  }

  static void neg(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = -a[i];
    }
  }

  static void abs(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.abs(a[i]);
    }
  }

  static void square(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] * a[i];
    }
  }

  static void sqrt(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.sqrt(a[i]);
    }
  }

  static void rsqrt(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = 1.0 / Math.sqrt(a[i]);
    }
  }

  static void reciprocal(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = 1.0 / a[i];
    }
  }

  static void relu(double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      double v = Math.max(a[i], -Double.MAX_VALUE); // an infinity could not be taken off itself
      y[i] = v - (Math.min(v, 0.0) + 0.0);
    }
  }

  /**
   * Of the two zeros the operand, as in {@link #relu}, where Math.max has the positive one. What
   * lies below is taken off, by arithmetic that the JIT makes vectors of; of -0 that is +0, which
   * leaves -0.
   */
  private static void clampFromZero(double high, double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      double v = Math.max(a[i], -Double.MAX_VALUE);
      y[i] = Math.min(v - (Math.min(v, 0.0) + 0.0), high);
    }
  }

  static void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
    if (low == 0.0) {
      clampFromZero(high, x, xo, y, yo, n);
      return;
    }
    double[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.min(Math.max(a[i], low), high);
    }
  }

  static void leakyRelu(double slope, double[] x, int xo, double[] y, int yo, int n) {
    double[] a = at(x, xo, y, yo, n);
    if (slope > 0.0 && slope <= 1.0) { // a loop that the JIT makes vectors of
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.max(a[i], a[i] * slope);
      }
      return;
    }
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] > 0.0 ? a[i] : a[i] * slope;
    }
  }

  static void exp(double[] x, int xo, double[] y, int yo, int n) {
    DoubleMath.exp(x, xo, y, yo, n);
  }

  static void log(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.log(x[xo + i]);
    }
  }

  static void sin(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.sin(x[xo + i]);
    }
  }

  static void cos(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.cos(x[xo + i]);
    }
  }

  static void tanh(double[] x, int xo, double[] y, int yo, int n) {
    DoubleMath.tanh(x, xo, y, yo, n);
  }

  static void sigmoid(double[] x, int xo, double[] y, int yo, int n) {
    DoubleMath.sigmoid(x, xo, y, yo, n);
  }

  static void erf(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.erf(x[xo + i]);
    }
  }

  static void gelu(double[] x, int xo, double[] y, int yo, int n) {
    DoubleMath.gelu(x, xo, y, yo, n);
  }

  static void silu(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.silu(x[xo + i]);
    }
  }

  /** min(x, 0) - log(1 + e) with e = exp(-|x|), and what was lost in 1 + e made good. */
  static void logSigmoid(DoubleKernels k, double[] x, int xo, double[] y, int yo, int n) {
    DoubleScratch scratch = DoubleScratch.get();
    double[] a = scratch.array(DoubleScratch.LEFT, BLOCK);
    double[] e = scratch.array(DoubleScratch.RIGHT, BLOCK);
    double[] u = scratch.array(DoubleScratch.PARTIAL, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, a, 0, m);
      for (int j = 0; j < m; j++) {
        e[j] = -Math.abs(a[j]);
      }
      k.exp(e, 0, e, 0, m);
      for (int j = 0; j < m; j++) {
        u[j] = e[j] + 1.0;
      }
      for (int j = 0; j < m; j++) {
        e[j] = (u[j] - 1.0 - e[j]) / u[j];
      }
      k.log(u, 0, u, 0, m);
      for (int j = 0; j < m; j++) {
        a[j] = Math.min(a[j], 0.0) - (u[j] - e[j]);
      }
      System.arraycopy(a, 0, y, yo + i, m);
    }
  }

  static void floor(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.floor(x[xo + i]);
    }
  }

  static void ceil(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.ceil(x[xo + i]);
    }
  }

  static void round(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.rint(x[xo + i]);
    }
  }

  /** By comparisons, as no processor can foresee the branches. */
  static void sign(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      double v = x[xo + i];
      y[yo + i] = (v > 0.0 ? 1 : 0) - (v < 0.0 ? 1 : 0);
    }
  }
}
