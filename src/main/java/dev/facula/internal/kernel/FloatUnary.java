package dev.facula.internal.kernel;

/** Elementwise loops with one operand. Those of plain arithmetic are vectorised by the JIT. */
final class FloatUnary {
  private FloatUnary() {}

  static void neg(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = -x[xo + i];
    }
  }

  static void abs(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.abs(x[xo + i]);
    }
  }

  static void square(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] * x[xo + i];
    }
  }

  static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.sqrt(x[xo + i]);
    }
  }

  static void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1f / (float) Math.sqrt(x[xo + i]);
    }
  }

  static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1f / x[xo + i];
    }
  }

  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.exp(x[xo + i]);
    }
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
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.tanh(x[xo + i]);
    }
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }
  }

  static void erf(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.erf(x[xo + i]);
    }
  }

  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0f);
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
