package dev.facula;

/** sin(pi x) / (pi x) and its derivatives, accurate near 0, where the formulas cancel. */
final class Sinc {
  private Sinc() {}

  static double value(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /**
   * The derivative of an order from 1 on. With j(t) = sin(t) / t the derivatives follow from each
   * other by t j[k] + k j[k - 1] = sin(t + k pi / 2), which multiplies errors by k / t; for t up to
   * k + 1 they are summed as power series.
   */
  static double derivative(int order, double x) {
    double t = Math.PI * x;
    double j;
    if (Math.abs(t) < order + 1) {
      j = series(order, t);
    } else {
      double rest = Math.PI * Math.IEEEremainder(x, 2); // exact, unlike the product with pi
      double sin = Math.sin(rest);
      double cos = Math.cos(rest);
      j = sin / t;
      for (int k = 1; k <= order; k++) {
        double value = (k & 1) == 0 ? sin : cos;
        j = (((k & 2) == 0 ? value : -value) - k * j) / t;
      }
    }
    return j * Math.pow(Math.PI, order);
  }

  /**
   * The sum of s t^m / (m! (m + k + 1)) over the m for which m + k is even, s = (-1)^((m + k)/2).
   */
  private static double series(int k, double t) {
    int m = k & 1;
    double power = m == 0 ? 1 : t;
    power = (m + k) / 2 % 2 == 0 ? power : -power;
    double sum = power / (m + k + 1);
    double term = sum;
    while (Math.abs(term) > 1e-18 * Math.abs(sum)) {
      power *= -t * t / ((m + 1) * (m + 2));
      m += 2;
      term = power / (m + k + 1);
      sum += term;
    }
    return sum;
  }
}
