package dev.facula.internal.kernel;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence the second loop for operands that start at one offset.
 */
final class FloatUnary {
  private FloatUnary() {}

  static void neg(float[] x, int xo, float[] y, int yo, int n) {
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

  static void abs(float[] x, int xo, float[] y, int yo, int n) {
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

  static void square(float[] x, int xo, float[] y, int yo, int n) {
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

  static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = (float) Math.sqrt(x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.sqrt(x[xo + i]);
    }
  }

  static void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = 1f / (float) Math.sqrt(x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1f / (float) Math.sqrt(x[xo + i]);
    }
  }

  static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = 1f / x[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1f / x[xo + i];
    }
  }

  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.max(x[i], 0f);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0f);
    }
  }

  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.exp(x, xo, y, yo, n);
  }

  static void log(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  static void sin(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.sin(x[xo + i]);
    }
  }

  static void cos(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.cos(x[xo + i]);
    }
  }

  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.tanh(x, xo, y, yo, n);
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.sigmoid(x, xo, y, yo, n);
  }

  static void erf(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.erf(x[xo + i]);
    }
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.gelu(x[xo + i]);
    }
  }

  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.silu(x[xo + i]);
    }
  }
}
