package dev.facula.internal.kernel;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence the second loop for operands that start at one offset.
 */
final class DoubleUnary {
  private static final int BLOCK = 512;

  private DoubleUnary() {}

  static void neg(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = -x[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = -x[xo + i];
    }
  }

  static void abs(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.abs(x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.abs(x[xo + i]);
    }
  }

  static void square(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = x[i] * x[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] * x[xo + i];
    }
  }

  static void sqrt(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.sqrt(x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.sqrt(x[xo + i]);
    }
  }

  static void rsqrt(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = 1.0 / Math.sqrt(x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1.0 / Math.sqrt(x[xo + i]);
    }
  }

  static void reciprocal(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = 1.0 / x[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1.0 / x[xo + i];
    }
  }

  static void relu(double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.max(x[i], 0.0);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0.0);
    }
  }

  static void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
    }
  }

  static void leakyRelu(double slope, double[] x, int xo, double[] y, int yo, int n) {
    if (slope > 0.0 && slope <= 1.0) { // a loop that the JIT makes vectors of
      for (int i = 0; i < n; i++) {
        y[yo + i] = Math.max(x[xo + i], x[xo + i] * slope);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] > 0.0 ? x[xo + i] : x[xo + i] * slope;
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
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.gelu(x[xo + i]);
    }
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
