package dev.facula;

/**
 * Bessel functions and Airy's, of one number in double precision: near 0 by their power series, far
 * out by Hankel's asymptotic series, and between the two where these have all digits. Abramowitz
 * and Stegun (1964), Handbook of mathematical functions, chapters 9 and 10.
 */
final class BesselFunctions {
  /** Euler's constant. */
  private static final double EULER = 0.57721566490153286061;

  /** From here on Hankel's series are used for J and Y. */
  private static final double FAR = 15;

  /** The same for I, whose power series has no terms that cancel. */
  private static final double FAR_MODIFIED = 25;

  private BesselFunctions() {}

  static double j(int order, double x) {
    double a = Math.abs(x);
    double sign = order == 1 && x < 0 ? -1 : 1;
    if (a < FAR) {
      return sign * series(order, a, -1);
    }
    return sign * hankel(order, a, 0);
  }

  static double y(int order, double x) {
    if (x <= 0) {
      return x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    if (x >= FAR) {
      return hankel(order, x, -Math.PI / 2);
    }
    return 2
            / Math.PI
            * ((Math.log(x / 2) + EULER) * series(order, x, -1) - logarithmic(order, x, -1))
        - (order == 1 ? 2 / (Math.PI * x) : 0);
  }

  /** I of order 0 or 1. */
  static double i(int order, double x) {
    double a = Math.abs(x);
    double value = a < FAR_MODIFIED ? series(order, a, 1) : Math.exp(a) * farI(order, a);
    return order == 1 && x < 0 ? -value : value;
  }

  /** e^-|x| I(x). */
  static double scaledI(int order, double x) {
    double a = Math.abs(x);
    double value = a < FAR_MODIFIED ? Math.exp(-a) * series(order, a, 1) : farI(order, a);
    return order == 1 && x < 0 ? -value : value;
  }

  static double k(int order, double x) {
    return x > 2 ? Math.exp(-x) * integralK(order, x) : nearK(order, x);
  }

  /** e^x K(x). */
  static double scaledK(int order, double x) {
    return x > 2 ? integralK(order, x) : Math.exp(x) * nearK(order, x);
  }

  /** sin(x) / x. */
  static double sphericalJ0(double x) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    return Math.abs(x) < 1e-4 ? 1 - x * x / 6 : Math.sin(x) / x;
  }

  /** Airy's function Ai. */
  static double airyAi(double x) {
    if (Double.isInfinite(x)) {
      return Double.NaN; // as PyTorch
    }
    double a = Math.abs(x);
    double z = 2.0 / 3 * a * Math.sqrt(a);
    if (x > 1.5) {
      return x > 103.892 ? 0 : Math.exp(-z) * integralK(1.0 / 3, z) * Math.sqrt(x / 3) / Math.PI;
    }
    if (x > -6) {
      return airySeries(x);
    }
    double p = 1;
    double q = 0;
    double term = 1;
    for (int n = 1; n < 20; n++) {
      double next = term * (6 * n - 5) * (6 * n - 3) * (6 * n - 1) / (216.0 * n * (2 * n - 1) * z);
      if (Math.abs(next) > Math.abs(term)) {
        break;
      }
      term = next;
      switch (n % 4) {
        case 1 -> q += term;
        case 2 -> p -= term;
        case 3 -> q -= term;
        default -> p += term;
      }
    }
    double phase = z + Math.PI / 4;
    return (Math.sin(phase) * p - Math.cos(phase) * q) / (SQRT_PI * Math.sqrt(Math.sqrt(a)));
  }

  private static final double SQRT_PI = Math.sqrt(Math.PI);

  private static double airySeries(double x) {
    double cube = x * x * x;
    double f = 1;
    double g = x;
    double first = f;
    double second = g;
    for (int k = 1; k < 100; k++) {
      f *= cube / ((3.0 * k - 1) * (3 * k));
      g *= cube / (3.0 * k * (3 * k + 1));
      first += f;
      second += g;
    }
    return 0.35502805388781723926 * first - 0.25881940379280679841 * second;
  }

  /** The power series of J, with sign -1, or of I. */
  private static double series(int order, double x, int sign) {
    double q = sign * x * x / 4;
    double term = order == 1 ? x / 2 : 1;
    double sum = term;
    for (int k = 1; k < 200; k++) {
      term *= q / (k * (double) (k + order));
      sum += term;
      if (Math.abs(term) <= 1e-18 * Math.abs(sum)) {
        break;
      }
    }
    return sum;
  }

  /** What the series of Y or K has beside the logarithm, with harmonic numbers. */
  private static double logarithmic(int order, double x, int sign) {
    double q = sign * x * x / 4;
    double term = order == 1 ? x / 4 : 1;
    double harmonic = 0;
    double sum = order == 1 ? term : 0;
    for (int k = 1; k < 100; k++) {
      term *= q / (k * (double) (k + order));
      harmonic += 1.0 / k;
      sum += term * (order == 1 ? 2 * harmonic + 1.0 / (k + 1) : harmonic);
    }
    return sum;
  }

  private static double nearK(int order, double x) {
    if (x <= 0) {
      return x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double log = (Math.log(x / 2) + EULER) * series(order, x, 1) - logarithmic(order, x, 1);
    return order == 0 ? -log : 1 / x + log;
  }

  /**
   * e^x K(x), the integral of e^(x (1 - cosh t)) cosh(order t) over t from 0: the trapezoidal rule,
   * whose error falls with the square of the number of points in the exponent.
   */
  private static double integralK(double order, double x) {
    if (Double.isInfinite(x)) {
      return 0;
    }
    double h = 0.25 / Math.sqrt(x);
    double sum = 0.5;
    for (int i = 1; i < 4000; i++) {
      double t = i * h;
      double term = Math.exp(-2 * x * square(Math.sinh(t / 2))) * Math.cosh(order * t);
      sum += term;
      if (term < 1e-18 * sum) {
        break;
      }
    }
    return h * sum;
  }

  private static double square(double x) {
    return x * x;
  }

  /** sqrt(2 / (pi x)) (P cos(u) - Q sin(u)), u = x - (order / 2 + 1 / 4) pi + shift. */
  private static double hankel(int order, double x, double shift) {
    double mu = 4.0 * order * order;
    double p = 1;
    double q = 0;
    double term = 1;
    for (int k = 1; k < 60; k++) {
      double next = term * (mu - square(2 * k - 1)) / (k * 8 * x);
      if (Math.abs(next) > Math.abs(term)) {
        break;
      }
      term = next;
      switch (k % 4) {
        case 1 -> q += term;
        case 2 -> p -= term;
        case 3 -> q -= term;
        default -> p += term;
      }
    }
    double u = x - (order / 2.0 + 0.25) * Math.PI + shift;
    return Math.sqrt(2 / (Math.PI * x)) * (p * Math.cos(u) - q * Math.sin(u));
  }

  /** e^-x I(x) far out. */
  private static double farI(int order, double x) {
    double mu = 4.0 * order * order;
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 60; k++) {
      double next = -term * (mu - square(2 * k - 1)) / (k * 8 * x);
      if (Math.abs(next) > Math.abs(term)) {
        break;
      }
      term = next;
      sum += term;
    }
    return sum / Math.sqrt(2 * Math.PI * x);
  }
}
