package dev.facula.internal.kernel;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence the second loop for operands that start at one offset.
 */
final class FloatUnary {
  private static final int BLOCK = 512;

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

  /** min(x, 0) - log(1 + e) with e = exp(-|x|), and what was lost in 1 + e made good. */
  static void logSigmoid(FloatKernels k, float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] a = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] e = scratch.array(FloatScratch.RIGHT, BLOCK);
    float[] u = scratch.array(FloatScratch.PARTIAL, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, a, 0, m);
      for (int j = 0; j < m; j++) {
        e[j] = -Math.abs(a[j]);
      }
      k.exp(e, 0, e, 0, m);
      for (int j = 0; j < m; j++) {
        u[j] = e[j] + 1f;
      }
      for (int j = 0; j < m; j++) {
        e[j] = (u[j] - 1f - e[j]) / u[j];
      }
      k.log(u, 0, u, 0, m);
      for (int j = 0; j < m; j++) {
        a[j] = Math.min(a[j], 0f) - (u[j] - e[j]);
      }
      System.arraycopy(a, 0, y, yo + i, m);
    }
  }
}
