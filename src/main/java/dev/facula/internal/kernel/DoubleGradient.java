package dev.facula.internal.kernel;

/** Elementwise derivatives: the gradient of the output in, the gradient of the input out. */
final class DoubleGradient {
  private DoubleGradient() {}

  static void sigmoid(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    if (go == yo && xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = g[i] * ((1.0 - x[i]) * x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * ((1.0 - x[xo + i]) * x[xo + i]);
    }
  }

  static void tanh(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    if (go == yo && xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = g[i] * (1.0 - x[i] * x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * (1.0 - x[xo + i] * x[xo + i]);
    }
  }

  static void relu(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] <= 0.0 ? 0.0 : g[go + i];
    }
  }

  static void gelu(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * DoubleMath.geluDerivative(x[xo + i]);
    }
  }

  static void silu(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * DoubleMath.siluDerivative(x[xo + i]);
    }
  }
}
