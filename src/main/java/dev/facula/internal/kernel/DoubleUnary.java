package dev.facula.internal.kernel;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence the second loop for operands that start at one offset.
 */
final class DoubleUnary {
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
}
