package dev.facula.internal.kernel;

import java.util.function.DoubleUnaryOperator;

/**
 * Elementwise loops with one operand. The JIT vectorises those of plain arithmetic, but only where
 * all arrays are read at one index: hence {@link #at}.
 */
public class FloatUnary implements UnaryKernels<float[]> {
  private static final int BLOCK = 512;

  /** An array with the operand at the index of the result: its own, or that of the result. */
  static float[] at(float[] x, int xo, float[] y, int yo, int n) {
    if (xo == yo) {
      return x;
    }
    System.arraycopy(x, xo, y, yo, n);
    return y;
  }

  @Override
  public void neg(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = -a[i];
    }
  }

  @Override
  public void abs(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.abs(a[i]);
    }
  }

  @Override
  public void square(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = a[i] * a[i];
    }
  }

  @Override
  public void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = (float) Math.sqrt(a[i]);
    }
  }

  @Override
  public void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = 1f / (float) Math.sqrt(a[i]);
    }
  }

  @Override
  public void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = 1f / a[i];
    }
  }

  @Override
  public void relu(float[] x, int xo, float[] y, int yo, int n) {
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

  @Override
  public void clamp(double min, double max, float[] x, int xo, float[] y, int yo, int n) {
    float low = (float) min;
    float high = (float) max;
    if (low == 0f) {
      clampFromZero(high, x, xo, y, yo, n);
      return;
    }
    float[] a = at(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] = Math.min(Math.max(a[i], low), high);
    }
  }

  @Override
  public void leakyRelu(double negativeSlope, float[] x, int xo, float[] y, int yo, int n) {
    float slope = (float) negativeSlope;
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

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.exp(x, xo, y, yo, n);
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.sin(x[xo + i]);
    }
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.cos(x[xo + i]);
    }
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.tanh(x, xo, y, yo, n);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.sigmoid(x, xo, y, yo, n);
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.erf(x[xo + i]);
    }
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.gelu(x, xo, y, yo, n);
  }

  @Override
  public void silu(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.silu(x[xo + i]);
    }
  }

  /** min(x, 0) - log(1 + e) with e = exp(-|x|), and what was lost in 1 + e made good. */
  @Override
  public void logSigmoid(float[] x, int xo, float[] y, int yo, int n) {
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
      exp(e, 0, e, 0, m);
      for (int j = 0; j < m; j++) {
        u[j] = e[j] + 1f;
      }
      for (int j = 0; j < m; j++) {
        e[j] = (u[j] - 1f - e[j]) / u[j];
      }
      log(u, 0, u, 0, m);
      for (int j = 0; j < m; j++) {
        a[j] = Math.min(a[j], 0f) - (u[j] - e[j]);
      }
      System.arraycopy(a, 0, y, yo + i, m);
    }
  }

  @Override
  public void floor(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.floor(x[xo + i]);
    }
  }

  @Override
  public void ceil(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.ceil(x[xo + i]);
    }
  }

  @Override
  public void round(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) Math.rint(x[xo + i]);
    }
  }

  /** By comparisons, as no processor can foresee the branches. */
  @Override
  public void sign(float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      float v = x[xo + i];
      y[yo + i] = (v > 0f ? 1 : 0) - (v < 0f ? 1 : 0);
    }
  }

  @Override
  public void expm1(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.expm1(this, x, xo, y, yo, n);
  }

  @Override
  public void log1p(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.log1p(this, x, xo, y, yo, n);
  }

  @Override
  public void log2(float[] x, int xo, float[] y, int yo, int n) {
    FloatMath.log2(this, x, xo, y, yo, n);
  }

  /** log(z / (1 - z)) with z = x limited to the range from eps to 1 - eps. */
  @Override
  public void logit(double eps, float[] x, int xo, float[] y, int yo, int n) {
    float low = (float) eps;
    float high = 1 - low;
    for (int i = 0; i < n; i++) {
      double z = Math.min(Math.max(x[xo + i], low), high);
      y[yo + i] = (float) Math.log(z / (1 - z));
    }
  }

  @Override
  public void map(DoubleUnaryOperator f, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) f.applyAsDouble(x[xo + i]);
    }
  }
}
