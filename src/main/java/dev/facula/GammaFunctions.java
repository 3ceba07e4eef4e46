package dev.facula;

import dev.facula.internal.kernel.DoubleMath;

/**
 * The gamma function, the normal distribution and their relatives, of one number in double
 * precision.
 */
final class GammaFunctions {
  /** From here on the asymptotic series have all digits. */
  private static final double FAR = 12;

  /** (2k)! / B(2k), by which the Euler-Maclaurin sum of {@link #zeta} is divided. */
  private static final double[] EULER_MACLAURIN = {
    12,
    -720,
    30240,
    -1209600,
    47900160,
    -1.8924375803183791606e9,
    7.47242496e10,
    -2.950130727918164224e12,
    1.1646782814350067249e14,
    -4.5979787224074726105e15,
    1.8152105401943546773e17,
    -7.1661652561756670113e18
  };

  /** Half of the distance of 1 to the next number. */
  private static final double MACHINE = Math.ulp(1.0) / 2;

  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  /** Steps of series and continued fractions, after which they are taken as they are. */
  private static final int STEPS = 100_000;

  private GammaFunctions() {}

  /** log |gamma(x)|: Stirling's series from {@link #FAR} on, below by recurrence or reflection. */
  static double lgamma(double x) {
    if (Double.isInfinite(x) || x == 1 || x == 2) {
      return Double.isInfinite(x) ? Double.POSITIVE_INFINITY : 0;
    }
    if (Math.abs(x) < 1e-100 && x != 0) {
      return -Math.log(Math.abs(x));
    }
    if (x < 0.5) {
      if (x == Math.floor(x)) {
        return Double.POSITIVE_INFINITY;
      }
      return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
    }
    double product = 1;
    double z = x;
    while (z < FAR) {
      product *= z++;
    }
    double r = 1 / (z * z);
    double tail = 1 / 1680.0 - r * (1 / 1188.0 - r * (691 / 360360.0));
    double series = (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * tail))) / z;
    return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
  }

  /** sin(pi x), exact for integers. */
  private static double sinPi(double x) {
    double r = Math.IEEEremainder(x, 2);
    return Math.sin(Math.PI * r);
  }

  /**
   * The derivative of {@link #lgamma}: infinite at 0 with the other sign, NaN below at integers.
   */
  static double digamma(double x) {
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, -x);
    }
    if (x < 0) {
      double r = x - Math.rint(x);
      return r == 0 ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * r);
    }
    double z = x;
    double sum = 0;
    while (z < FAR) {
      sum -= 1 / z++;
    }
    double r = 1 / (z * z);
    double series = r * (1 / 12.0 - r * (1 / 120.0 - r * (1 / 252.0 - r * (1 / 240.0 - r / 132))));
    return sum + Math.log(z) - 0.5 / z - series;
  }

  /**
   * The n-th derivative of {@link #digamma}.
   *
   * @param single whether PyTorch computes it in float, which near the poles makes a difference
   */
  static double polygamma(int n, double x, boolean single) {
    if (n == 0) {
      return digamma(x);
    }
    if (n == 1) {
      return trigamma(x, single);
    }
    return (n % 2 == 0 ? -1 : 1) * Math.exp(lgamma(n + 1)) * zeta(n + 1, x);
  }

  private static double trigamma(double x, boolean single) {
    if (x < 0.5) {
      double s = single ? (float) Math.sin((float) Math.PI * (float) x) : sinPi(x);
      return Math.PI * Math.PI / (s * s) - trigamma(1 - x, single);
    }
    double z = x;
    double sum = 0;
    while (z < FAR) {
      sum += 1 / (z * z++);
    }
    double r = 1 / (z * z);
    double series = r * (1 / 6.0 - r * (1 / 30.0 - r * (1 / 42.0 - r * (1 / 30.0))));
    return sum + (1 + 0.5 / z + series) / z;
  }

  /** Hurwitz's zeta function, the sum of (q + k)^-x from k = 0, by Euler and Maclaurin. */
  static double zeta(double x, double q) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < 1) {
      return Double.NaN;
    }
    if (q <= 0) {
      if (q == Math.floor(q)) {
        return Double.POSITIVE_INFINITY;
      }
      if (x != Math.floor(x)) {
        return Double.NaN;
      }
    }
    double sum = q == 1 ? 1 : Math.pow(q, -x); // Java's power of 1 by infinity is NaN
    double a = q;
    double b = 0;
    for (int i = 0; i < 9 || a <= 9; i++) {
      a += 1;
      b = Math.pow(a, -x);
      sum += b;
      if (Math.abs(b) < MACHINE * Math.abs(sum)) {
        return sum;
      }
    }
    sum += b * a / (x - 1) - 0.5 * b;
    double factor = 1;
    double w = a;
    double k = 0;
    for (double divisor : EULER_MACLAURIN) {
      factor *= x + k++;
      b /= w;
      double t = factor * b / divisor;
      sum += t;
      if (Math.abs(t) < MACHINE * Math.abs(sum)) {
        break;
      }
      factor *= x + k++;
      b /= w;
    }
    return sum;
  }

  /** The lower incomplete gamma function, regularised: P(a, x). */
  static double igamma(double a, double x) {
    if (x < 0 || a < 0) {
      return Double.NaN;
    }
    if (a == 0) {
      return x > 0 ? 1 : Double.NaN;
    }
    if (x == 0 || Double.isInfinite(a)) {
      return x == 0 ? 0 : Double.isInfinite(x) ? Double.NaN : 0;
    }
    if (Double.isInfinite(x)) {
      return 1;
    }
    return x < a + 1 ? lower(a, x) : 1 - upper(a, x);
  }

  /** The upper incomplete gamma function, regularised: 1 - P(a, x). */
  static double igammac(double a, double x) {
    if (x < 0 || a < 0) {
      return Double.NaN;
    }
    if (a == 0) {
      return x > 0 ? 0 : Double.NaN;
    }
    if (x == 0 || Double.isInfinite(a)) {
      return x == 0 ? 1 : Double.isInfinite(x) ? Double.NaN : 1;
    }
    if (Double.isInfinite(x)) {
      return 0;
    }
    if (x < 1 && a < -0.4 / Math.log(x)) {
      return near(a, x);
    }
    return x < a + 1 ? 1 - lower(a, x) : upper(a, x);
  }

  /** 1 - P(a, x) for small a, where P is close to 1 and the difference would lose digits. */
  private static double near(double a, double x) {
    double power = 1;
    double sum = 0;
    for (int n = 1; n < 100; n++) {
      power *= -x / n;
      double term = power / (a + n);
      sum += term;
      if (Math.abs(term) <= 1e-17 * Math.abs(sum)) {
        break;
      }
    }
    // lgamma(1 + a) by its Taylor series near 0
    double taylor =
        a * (-0.57721566490153286061 + a * (Math.PI * Math.PI / 12 - 0.4006856343865314 * a));
    double log = a * Math.log(x) - (a < 1e-4 ? taylor : lgamma(1 + a));
    return -Math.expm1(log) - a * Math.exp(log) * sum;
  }

  /** x^a e^-x / gamma(a). */
  private static double prefactor(double a, double x) {
    return Math.exp(a * Math.log(x) - x - lgamma(a));
  }

  private static double lower(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int k = 1; k < STEPS && term > sum * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return sum * prefactor(a, x);
  }

  /** Legendre's continued fraction by Lentz's method. */
  private static double upper(double a, double x) {
    double b = x + 1 - a;
    double c = 1e300;
    double d = 1 / b;
    double h = d;
    for (int k = 1; k < STEPS; k++) {
      double n = -k * (k - a);
      b += 2;
      d = 1 / nonzero(n * d + b);
      c = nonzero(b + n / c);
      double step = c * d;
      h *= step;
      if (Math.abs(step - 1) < 1e-16) {
        break;
      }
    }
    return h * prefactor(a, x);
  }

  private static double nonzero(double x) {
    return Math.abs(x) < 1e-300 ? 1e-300 : x;
  }

  /** e^(x²) erfc(x): far out the asymptotic series. */
  static double erfcx(double x) {
    if (x < 10) {
      return Math.exp(x * x) * DoubleMath.erfc(x);
    }
    double r = 0.5 / (x * x);
    return (1 - r * (1 - 3 * r * (1 - 5 * r * (1 - 7 * r * (1 - 9 * r))))) / (x * SQRT_PI);
  }

  /** The distribution function of the normal distribution. */
  static double ndtr(double x) {
    return 0.5 * DoubleMath.erfc(-x / SQRT_2);
  }

  static double logNdtr(double x) {
    return x < -1
        ? Math.log(0.5 * erfcx(-x / SQRT_2)) - 0.5 * x * x
        : Math.log1p(-0.5 * DoubleMath.erfc(x / SQRT_2));
  }

  /** The inverse of {@link #ndtr}: Newton's steps on its logarithm, which is concave. */
  static double ndtri(double p) {
    if (!(p > 0 && p < 1)) {
      return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    if (p > 0.5) {
      return -ndtri(1 - p);
    }
    double wanted = Math.log(p);
    double x = p > 0.1 ? (p - 0.5) * Math.sqrt(2 * Math.PI) : -Math.sqrt(-2 * wanted);
    for (int i = 0; i < 50; i++) {
      double log = logNdtr(x);
      double slope = Math.exp(-0.5 * x * x - log) / Math.sqrt(2 * Math.PI);
      double step = (log - wanted) / slope;
      x -= step;
      if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(x))) {
        break;
      }
    }
    return x;
  }

  /** -x log(x), 0 at 0, -infinity below. */
  static double entr(double x) {
    return x > 0 ? -x * Math.log(x) : x == 0 ? 0 : x < 0 ? Double.NEGATIVE_INFINITY : x;
  }

  /** a log(1 + b), 0 where a is 0. */
  static double xlog1py(double a, double b) {
    return Double.isNaN(b) ? b : a == 0 ? 0 : a * Math.log1p(b);
  }
}
