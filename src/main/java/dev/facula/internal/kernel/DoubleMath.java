package dev.facula.internal.kernel;

/**
 * Functions of one {@code double}: those of {@link Math} where it has them and one element is
 * enough. Exponentials take the steps of {@link FloatMath}, in loops that the JIT turns into
 * vectors, with a Taylor polynomial. The error function and the normal distribution are minimax
 * polynomials, found as told there.
 */
public final class DoubleMath {
  /** erf(x) = x (ERF[0] + ERF[1] x x + ...) for |x| &lt;= 1. */
  private static final double[] ERF = {
    1.1283791670955126, -0.3761263890318345, 0.11283791670942256, -0.026866170642875126,
    0.005223977604524558, -0.0008548325863953782, 0.0001205529186034074, -1.4924682800305728e-05,
    1.644680134482571e-06, -1.6203994412080217e-07, 1.3701699312168784e-08, -7.763325982066091e-10
  };

  /** Phi(x) = 1/2 + x (PHI[0] + PHI[1] x x + ...) for |x| &lt;= 1.25. */
  private static final double[] PHI = {
    0.39894228040143265, -0.06649038006690397, 0.009973557010013548, -0.0011873282153199302,
    0.00011543468695649984, -9.444654565213922e-06, 6.659664904526068e-07, -4.122341683286862e-08,
    2.271016953851114e-09, -1.1171723230768182e-10, 4.684769015184632e-12, -1.2874334978363379e-13
  };

  /** 1 - Phi(a) = exp(-a a / 2) (TAIL[0] + TAIL[1] t + ...), t = 1 / (1 + a / 5), beyond. */
  private static final double[] TAIL = {
    1.0312803487348154e-12, 0.07978845600699103, 0.07978845849336609, 0.07659686891526607,
    0.07021452622223376, 0.061015174812594414, 0.04984303622333622, 0.03724800395073792,
    0.02725292193876688, 0.008879391108195779, 0.02613612922576689, -0.0460353284823767,
    0.09208242449118317, -0.14604731936862228, 0.16907549225205942, -0.14792066170406554,
    0.08577839147320512, -0.02434670862037961, -0.002043188232808887, 0.0033657563105731945,
    -0.0006718256323708922
  };

  private static final double TWO_OVER_SQRT_PI_LESS_ONE = 0.12837916709551257;
  private static final double PHI_SPLIT = 1.25;
  private static final double SQRT_TWO = 1.4142135623730951;
  private static final double INV_SQRT_TWO_PI = 0.3989422804014327;

  /** 1.5 * 2^52, which leaves the nearest integer in the low bits of a sum. */
  private static final double ROUND = 0x1.8p52;

  private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
  private static final double LOG2_E = 1.4426950408889634;

  /** log(2) in two parts, the first of which is multiplied without rounding. */
  private static final double LN2_HI = 0x1.62e42feep-1;

  private static final double LN2_LO = 0x1.a39ef35793c76p-33;

  /** From here on tanh is 1. */
  private static final double TANH_MAX = 20;

  private static final double LN2 = Math.log(2);

  private DoubleMath() {}

  static double exp(double x) {
    double t = Fma.of(x, LOG2_E, ROUND);
    return exp(x, expMinusOne(x, t - ROUND), t);
  }

  /** exp(r) - 1 for r = x - k log(2). */
  private static double expMinusOne(double x, double k) {
    double r = Fma.of(k, -LN2_LO, Fma.of(k, -LN2_HI, x));
    double p = Fma.of(1 / 6227020800.0, r, 1 / 479001600.0);
    p = Fma.of(Fma.of(p, r, 1 / 39916800.0), r, 1 / 3628800.0);
    p = Fma.of(Fma.of(p, r, 1 / 362880.0), r, 1 / 40320.0);
    p = Fma.of(Fma.of(p, r, 1 / 5040.0), r, 1 / 720.0);
    p = Fma.of(Fma.of(p, r, 1 / 120.0), r, 1 / 24.0);
    p = Fma.of(Fma.of(p, r, 1 / 6.0), r, 0.5);
    return Fma.of(p, r * r, r);
  }

  /** The end of exp: from exp(r) - 1 and the number whose low bits are the exponent. */
  private static double exp(double x, double p, double t) {
    long exponent = Double.doubleToRawLongBits(t) - ROUND_BITS + 1023;
    if (exponent <= 0 || exponent >= 2047) {
      return Math.exp(x);
    }
    double scale = Double.longBitsToDouble(exponent << 52);
    return Fma.of(p, scale, scale);
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
    double c = 2 * Math.min(Math.abs(x), TANH_MAX);
    double t = Fma.of(c, LOG2_E, ROUND);
    return tanh(x, expMinusOne(c, t - ROUND), t);
  }

  /** With m = exp(2|x|) - 1, tanh |x| = m / (m + 2). */
  private static double tanh(double x, double p, double t) {
    double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(t) + 1023) << 52);
    double m = Fma.of(p, scale, scale - 1);
    return Math.copySign(m / (m + 2), x);
  }

  static double sigmoid(double x) {
    return sigmoid(x, exp(-Math.abs(x)));
  }

  private static double sigmoid(double x, double e) {
    return (x < 0 ? e : 1) / (1 + e);
  }

  public static double erf(double x) {
    double a = Math.abs(x);
    if (a <= 1) {
      return x * polynomial(ERF, x * x);
    }
    return Double.isNaN(x) ? x : Math.copySign(1 - upperErf(a), x);
  }

  /** 1 - erf(x), which keeps its digits where erf is near 1. */
  public static double erfc(double x) {
    if (x > 1) {
      return upperErf(x);
    }
    if (x < 0.25) {
      return 1 - erf(x);
    }
    // 1 - x has at most one rounding, and the rest of erf(x) = x + x (...) is small
    double rest = polynomial(ERF, x * x) - ERF[0] + TWO_OVER_SQRT_PI_LESS_ONE;
    return 1 - x - x * rest;
  }

  /** erfc of more than 1. The square's rounding error matters to the exponential of its size. */
  private static double upperErf(double a) {
    if (a > 28) {
      return 0;
    }
    double square = a * a;
    double rest = Fma.of(a, a, -square);
    return 2 * Math.exp(-square) * (1 - rest) * tailPolynomial(a * SQRT_TWO);
  }

  /** The distribution function of the normal distribution. */
  static double phi(double x) {
    double a = Math.abs(x);
    if (a < PHI_SPLIT) {
      return Fma.of(x, polynomial(PHI, x * x), 0.5);
    }
    if (Double.isNaN(x)) {
      return x;
    }
    double tail = a > 39 ? 0 : density(a) * tailPolynomial(a);
    return x < 0 ? tail : 1 - tail;
  }

  /** exp(-x x / 2). */
  private static double density(double x) {
    double square = x * x;
    double rest = Fma.of(x, x, -square);
    return Math.exp(-0.5 * square) * (1 - 0.5 * rest);
  }

  private static double tailPolynomial(double a) {
    return polynomial(TAIL, 1 / (1 + 0.2 * a));
  }

  private static double polynomial(double[] coefficients, double x) {
    double y = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      y = Fma.of(y, x, coefficients[i]);
    }
    return y;
  }

  static void gelu(double[] x, int xo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = gelu(x[xo + i]);
    }
  }

  static double gelu(double x) {
    return x * phi(x);
  }

  /** Phi(x) + x phi(x). */
  static double geluDerivative(double x) {
    return phi(x) + x * INV_SQRT_TWO_PI * (Math.abs(x) > 39 ? 0 : density(x));
  }

  static double logSigmoid(double x) {
    return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  }

  static double silu(double x) {
    return x * sigmoid(x);
  }

  static double siluDerivative(double x) {
    double e = Math.exp(-Math.abs(x));
    double d = 1 / (1 + e);
    return (x < 0 ? e * d : d) * (1 + x * (x < 0 ? d : e * d));
  }

  /** a where c is not 0, else b; by bits, as no processor can foresee which it will be. */
  static double choose(byte c, double a, double b) {
    long p = Double.doubleToRawLongBits(a);
    long q = Double.doubleToRawLongBits(b);
    return Double.longBitsToDouble(q ^ ((p ^ q) & ((c | -c) >> 31)));
  }

  static void exp(double[] x, int xo, double[] y, int yo, int n) {
    rows('e', x, xo, 0, y, yo, n);
  }

  static void expPlus(double[] x, int xo, double s, double[] y, int yo, int n) {
    rows('e', x, xo, s, y, yo, n);
  }

  static void sigmoid(double[] x, int xo, double[] y, int yo, int n) {
    rows('s', x, xo, 0, y, yo, n);
  }

  static void tanh(double[] x, int xo, double[] y, int yo, int n) {
    rows('t', x, xo, 0, y, yo, n);
  }

  /** exp, sigmoid or tanh of n elements to which s is added, a block at a time. */
  private static void rows(char function, double[] x, int xo, double s, double[] y, int yo, int n) {
    DoubleScratch scratch = DoubleScratch.get();
    double[] c = scratch.array(DoubleScratch.FUNCTION, FloatMath.BLOCK);
    double[] t = scratch.array(DoubleScratch.EXPONENT, FloatMath.BLOCK);
    for (int i = 0; i < n; i += FloatMath.BLOCK) {
      int m = Math.min(FloatMath.BLOCK, n - i);
      System.arraycopy(x, xo + i, c, 0, m);
      if (function != 'e') {
        double limit = function == 's' ? Double.POSITIVE_INFINITY : TANH_MAX;
        double factor = function == 's' ? -1 : 2;
        for (int j = 0; j < m; j++) {
          c[j] = factor * Math.min(Math.abs(c[j]), limit);
        }
      } else if (s != 0) {
        for (int j = 0; j < m; j++) {
          c[j] += s;
        }
      }
      for (int j = 0; j < m; j++) {
        t[j] = Fma.of(c[j], LOG2_E, ROUND);
      }
      for (int j = 0; j < m; j++) {
        c[j] = expMinusOne(c[j], t[j] - ROUND);
      }
      end(function, x, xo + i, s, c, t, y, yo + i, m);
    }
  }

  /** A loop for each function, so that none of them chooses at each element. */
  private static void end(
      char function,
      double[] x,
      int xo,
      double s,
      double[] c,
      double[] t,
      double[] y,
      int yo,
      int n) {
    if (function == 'e') {
      for (int j = 0; j < n; j++) {
        y[yo + j] = exp(x[xo + j] + s, c[j], t[j]);
      }
    } else if (function == 't') {
      for (int j = 0; j < n; j++) {
        y[yo + j] = tanh(x[xo + j], c[j], t[j]);
      }
    } else {
      for (int j = 0; j < n; j++) {
        double z = x[xo + j];
        y[yo + j] = sigmoid(z, exp(-Math.abs(z), c[j], t[j]));
      }
    }
  }

  static double hypot(double a, double b) {
    return Math.hypot(a, b);
  }

  // of these Math is as fast

  static void expm1(UnaryKernels<double[]> k, double[] x, int xo, double[] y, int yo, int n) {
    k.map(Math::expm1, x, xo, y, yo, n);
  }

  static void log1p(UnaryKernels<double[]> k, double[] x, int xo, double[] y, int yo, int n) {
    k.map(Math::log1p, x, xo, y, yo, n);
  }

  static void log2(UnaryKernels<double[]> k, double[] x, int xo, double[] y, int yo, int n) {
    k.map(DoubleMath::log2, x, xo, y, yo, n);
  }

  /** Exact for powers of two. */
  private static double log2(double x) {
    double y = Math.log(x) / LN2;
    double whole = Math.rint(y);
    return Math.abs(y - whole) < 1e-9 && Math.pow(2, whole) == x ? whole : y;
  }
}
