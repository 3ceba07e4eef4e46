package dev.facula.internal.kernel;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence {@link #at}.
 */
final class FloatUnary {
  private static final int BLOCK = 512;

  private FloatUnary() {}

  /** An array with the operand at the index of the result: its own, or that of the result. */
  static float[] at(float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      return x;
    }
    System.arraycopy(x, xo, y, yo, n);
    return y;
  }

  static void neg(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = -a[i];
    }
  }

  static void abs(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.abs(a[i]);
    }
  }

  static void square(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] * a[i];
    }
  }

  static void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = (float) Math.sqrt(a[i]);
    }
  }

  static void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = 1f / (float) Math.sqrt(a[i]);
    }
  }

  static void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = 1f / a[i];
    }
  }

  static void relu(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      float v = Math.max(a[i], -Float.MAX_VALUE); // an infinity could not be taken off itself
      y[i] = v - (Math.min(v, 0f) + 0f);
    }
  }

  /**
   * Of the two zeros the operand, as in {@link #relu}, where Math.max has the positive one. What
   * lies below is taken off, by arithmetic that the JIT makes vectors of; of -0 that is +0, which
   * leaves -0.
   */
  private static void clampFromZero(float high, float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      float v = Math.max(a[i], -Float.MAX_VALUE);
      y[i] = Math.min(v - (Math.min(v, 0f) + 0f), high);
    }
  }

  static void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n) {
    if (low == 0f) {
      clampFromZero(high, x, xo, y, yo, n);
      return;
    }
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.min(Math.max(a[i], low), high);
    }
  }

  static void leakyRelu(float slope, float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    if (slope > 0f && slope <= 1f) { // a loop that the JIT makes vectors of
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.max(a[i], a[i] * slope);
      }
      return;
    }
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] > 0f ? a[i] : a[i] * slope;
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
    FloatMath.gelu(x, xo, y, yo, n);
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

  static void floor(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.floor(x[xo + i]);
    }
  }

  static void ceil(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.ceil(x[xo + i]);
    }
  }

  static void round(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.rint(x[xo + i]);
    }
  }

  /** By comparisons, as no processor can foresee the branches. */
  static void sign(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (v > 0f ? 1 : 0) - (v < 0f ? 1 : 0);
    }
  }

  // float only: Math is as fast for double
  /**
   * Up to 1 by 2 t / (1 - t) with t = tanh(x / 2), what is above by the difference of two powers,
   * which is subtracted rather than added to keep the sign of zero.
   */
  static void expm1(FloatKernels k, float[] x, int xo, float[] y, int yo, int n) {
    float e = FloatMath.exp(1f);
    FloatScratch scratch = FloatScratch.get();
    float[] t = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] p = scratch.array(FloatScratch.RIGHT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, p, 0, m);
      for (int j = 0; j < m; j++) {
        t[j] = 0.5f * Math.min(p[j], 1f);
      }
      for (int j = 0; j < m; j++) {
        p[j] = Math.max(p[j], 1f);
      }
      k.tanh(t, 0, t, 0, m);
      k.exp(p, 0, p, 0, m);
      for (int j = 0; j < m; j++) {
        t[j] = 2f * t[j] / (1f - t[j]) - (e - p[j]);
      }
      System.arraycopy(t, 0, y, yo + i, m);
    }
  }

  /** log(u) with u = 1 + x, and what was lost in u made good where that is finite. */
  static void log1p(FloatKernels k, float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] a = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] u = scratch.array(FloatScratch.RIGHT, BLOCK);
    float[] c = scratch.array(FloatScratch.PARTIAL, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, a, 0, m);
      for (int j = 0; j < m; j++) {
        u[j] = a[j] + 1f;
      }
      for (int j = 0; j < m; j++) {
        c[j] = (a[j] - (u[j] - 1f)) / u[j];
      }
      k.log(u, 0, u, 0, m);
      for (int j = 0; j < m; j++) {
        float fix = c[j];
        y[yo + i + j] = Math.abs(fix) < 1f ? -(-u[j] - fix) : u[j]; // not u + fix: it keeps -0
      }
    }
  }

  /** The exponent and the logarithm of the mantissa, of normal numbers. */
  static void log2(FloatKernels k, float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] e = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] m = scratch.array(FloatScratch.RIGHT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      for (int j = 0; j < count; j++) {
        float v = x[xo + i + j];
        int bits = Float.floatToRawIntBits(v) - FloatMath.SQRT_HALF_BITS;
        boolean normal = v >= Float.MIN_NORMAL && v <= Float.MAX_VALUE;
        int exponent = normal ? bits >> 23 : 0;
        e[j] = exponent;
        m[j] = Float.intBitsToFloat(Float.floatToRawIntBits(v) - (exponent << 23));
      }
      k.log(m, 0, m, 0, count);
      for (int j = 0; j < count; j++) {
        y[yo + i + j] = Fma.of(m[j], FloatMath.LOG2_E, e[j]);
      }
    }
  }

  // end of float only
}
