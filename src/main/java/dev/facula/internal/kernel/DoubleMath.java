package dev.facula.internal.kernel;

/** Functions of one {@code double}. */
final class DoubleMath {
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double INV_SQRT_TWO_PI = 0.3989422804014327;
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  private DoubleMath() {}

  static double exp(double x) {
    return Math.exp(x);
  }

  static double log(double x) {
    return Math.log(x);
  }

  static double sin(double x) {
    return Math.sin(x);
  }

  static double cos(double x) {
    return Math.cos(x);
  }

  static double tanh(double x) {
    return Math.tanh(x);
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** The power series near zero, one minus the tail's continued fraction elsewhere. */
  static double erf(double x) {
    double a = Math.abs(x);
    if (!(a < 6)) {
      return Double.isNaN(x) ? x : Math.copySign(1, x);
    }
    double xx = x * x;
    if (a < 2) {
      double term = x;
      double sum = x;
      for (int n = 1; n < 60; n++) {
        term *= -xx / n;
        sum += term / (2 * n + 1);
      }
      return TWO_OVER_SQRT_PI * sum;
    }
    double fraction = a;
    for (int n = 60; n > 0; n--) {
      fraction = a + n * 0.5 / fraction;
    }
    return Math.copySign(1 - 0.5 * TWO_OVER_SQRT_PI * Math.exp(-xx) / fraction, x);
  }

  static double gelu(double x) {
    return 0.5 * x * (1 + erf(x * SQRT_HALF));
  }

  static double geluDerivative(double x) {
    return 0.5 * (1 + erf(x * SQRT_HALF)) + x * INV_SQRT_TWO_PI * Math.exp(-0.5 * x * x);
  }

  static double silu(double x) {
    return x / (1 + Math.exp(-x));
  }

  static double siluDerivative(double x) {
    double s = sigmoid(x);
    return s * (1 + x * (1 - s));
  }
}
