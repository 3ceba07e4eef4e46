package dev.facula;

/**
 * Orthogonal polynomials of degree n, by their recurrences, with what PyTorch has at the ends of
 * the interval and for negative degrees, where they are 0.
 */
final class Polynomials {
  /** Degrees of Hermite polynomials above which PyTorch gives NaN. */
  private static final int MOST = 512;

  /** Steps of a recurrence, after which the value so far is taken. */
  private static final int LONGEST = 10_000_000;

  private Polynomials() {}

  private static double parity(double x, long n, double above, double even, double odd) {
    return x > 0 ? above : n % 2 == 0 ? even : odd;
  }

  static double chebyshevT(double x, double degree) {
    long n = (long) degree;
    if (n < 0) {
      return 0;
    }
    if (Math.abs(x) == 1) {
      return parity(x, n, 1, 1, -1);
    }
    return n > 6 && Math.abs(x) < 1 ? Math.cos(n * Math.acos(x)) : doubled(x, x, n);
  }

  static double chebyshevU(double x, double degree) {
    long n = (long) degree;
    if (n < 0) {
      return 0;
    }
    if (Math.abs(x) == 1) {
      return parity(x, n, n + 1, n + 1, -(n + 1));
    }
    if (n > 8 && Math.abs(x) < 1) {
      double t = Math.acos(x);
      return Math.sin(t) != 0
          ? Math.sin((n + 1) * t) / Math.sin(t)
          : (n + 1) * Math.cos((n + 1) * t) / x;
    }
    return doubled(x, 2 * x, n);
  }

  static double chebyshevV(double x, double degree) {
    long n = (long) degree;
    if (n < 0) {
      return 0;
    }
    if (Math.abs(x) == 1) {
      return parity(x, n, 1, 2 * n + 1, -(2 * n + 1));
    }
    if (n > 8 && Math.abs(x) < 1) {
      double t = Math.acos(x);
      return Math.cos((n + 0.5) * t) / Math.cos(t / 2);
    }
    return doubled(x, 2 * x - 1, n);
  }

  static double chebyshevW(double x, double degree) {
    long n = (long) degree;
    if (n < 0) {
      return 0;
    }
    if (Math.abs(x) == 1) {
      return parity(x, n, 2 * n + 1, 1, -1);
    }
    if (n > 8 && Math.abs(x) < 1) {
      double t = Math.acos(x);
      return Math.sin((n + 0.5) * t) / Math.sin(t / 2);
    }
    return doubled(x, 2 * x + 1, n);
  }

  /** p(k + 1) = 2 x p(k) - p(k - 1) from 1 and p(1). */
  private static double doubled(double x, double first, long n) {
    if (n == 0) {
      return 1;
    }
    double p = 1;
    double q = first;
    for (long k = 2; k <= n && k < LONGEST && q == q; k++) {
      double r = 2 * x * q - p;
      p = q;
      q = r;
    }
    return q;
  }

  static double hermiteH(double x, double degree) {
    long n = (long) degree;
    if (n <= 0) {
      return n < 0 ? 0 : 1;
    }
    if (n > MOST) {
      return Double.NaN;
    }
    double p = 1;
    double q = 2 * x;
    for (long k = 2; k < 2 * n && q == q; k += 2) {
      double r = 2 * x * q - k * p;
      p = q;
      q = r;
    }
    return q;
  }

  static double hermiteHe(double x, double degree) {
    long n = (long) degree;
    if (n <= 0) {
      return n < 0 ? 0 : 1;
    }
    if (n > MOST) {
      return Double.NaN;
    }
    double p = 1;
    double q = x;
    for (long k = 1; k < n && k < LONGEST && q == q; k++) {
      double r = x * q - k * p;
      p = q;
      q = r;
    }
    return q;
  }

  static double laguerreL(double x, double degree) {
    long n = (long) degree;
    if (n <= 0 || x == 0) {
      return n < 0 ? 0 : 1;
    }
    double p = 1;
    double q = 1 - x;
    for (long k = 1; k < n && k < LONGEST && q == q; k++) {
      double r = ((2 * k + 1 - x) * q - k * p) / (k + 1);
      p = q;
      q = r;
    }
    return q;
  }

  static double legendreP(double x, double degree) {
    long n = (long) degree;
    if (n < 0) {
      return 0;
    }
    if (Math.abs(x) == 1) {
      return parity(x, n, 1, 1, -1);
    }
    if (n == 0) {
      return 1;
    }
    double p = 1;
    double q = x;
    for (long k = 1; k < n && k < LONGEST && q == q; k++) {
      double r = ((2 * k + 1) * x * q - k * p) / (k + 1);
      p = q;
      q = r;
    }
    return q;
  }
}
