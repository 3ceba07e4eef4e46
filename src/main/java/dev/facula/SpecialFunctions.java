package dev.facula;

/** Functions of one number that java.lang.Math lacks, in double precision. */
final class SpecialFunctions {
  private SpecialFunctions() {}

  /** 1 - erf(x) without cancellation, by the continued fraction or the series of erf. */
  static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    double a = Math.abs(x);
    double tail = a < 2 ? 1 - series(a) : a > 27.3 ? 0 : fraction(a);
    return x >= 0 ? tail : 2 - tail;
  }

  /** erf by its power series, for arguments up to about 2. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 100 && Math.abs(term) > 1e-18 * sum; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** erfc by Laplace's continued fraction, evaluated from its tail. */
  private static double fraction(double x) {
    double f = 0;
    for (int k = 120; k > 0; k--) {
      f = k / 2.0 / (x + f);
    }
    return Math.exp(-x * x) / ((x + f) * Math.sqrt(Math.PI));
  }

  private static double erf(double x) {
    return Math.abs(x) < 2 ? series(x) : x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
  }

  /** The inverse of erf: Winitzki's approximation, then Newton and Halley steps. */
  static double erfinv(double y) {
    if (Double.isNaN(y) || Math.abs(y) > 1) {
      return Double.NaN;
    }
    if (Math.abs(y) == 1) {
      return y * Double.POSITIVE_INFINITY;
    }
    double w = Math.log1p(-y * y);
    double t = 2 / (Math.PI * 0.147) + w / 2;
    double x = Math.copySign(Math.sqrt(Math.sqrt(t * t - w / 0.147) - t), y);
    for (int i = 0; i < 3; i++) {
      double error =
          Math.abs(x) < 2 ? erf(x) - y : Math.signum(x) * (1 - Math.abs(y) - erfc(Math.abs(x)));
      double step = error / (2 / Math.sqrt(Math.PI) * Math.exp(-x * x));
      x -= step / (1 + x * step);
    }
    return x;
  }
}
