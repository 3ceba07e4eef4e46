package dev.facula.internal.kernel;

/** Elementwise derivatives: the gradient of the output in, the gradient of the input out. */
final class FloatGradient {
  private FloatGradient() {}

  static void sigmoid(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    if (go == yo && xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = g[i] * ((1f - x[i]) * x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * ((1f - x[xo + i]) * x[xo + i]);
    }
  }

  static void tanh(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    if (go == yo && xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = g[i] * (1f - x[i] * x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * (1f - x[xo + i] * x[xo + i]);
    }
  }

  static void relu(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] <= 0f ? 0f : g[go + i];
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
