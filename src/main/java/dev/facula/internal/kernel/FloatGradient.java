package dev.facula.internal.kernel;

/** Elementwise derivatives: the gradient of the output in, the gradient of the input out. */
final class FloatGradient {
  private FloatGradient() {}

  static void relu(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] <= 0f ? 0f : g[go + i];
    }
  }

  static void sigmoid(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * (1f - x[xo + i]) * x[xo + i];
    }
  }

  static void tanh(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * (1f - x[xo + i] * x[xo + i]);
    }
  }

  static void gelu(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.geluDerivative(x[xo + i]);
    }
  }

  static void silu(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.siluDerivative(x[xo + i]);
    }
  }
}
