package dev.facula;

import dev.facula.internal.kernel.DoubleMath;

/** Functions of one number that java.lang.Math lacks, in double precision. */
final class SpecialFunctions {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private SpecialFunctions() {}

  /**
   * The inverse of erf: Winitzki's approximation, then Halley steps, whose error is taken from 1 -
   * erf where that has more digits.
   */
  static double erfinv(double y) {
    double a = Math.abs(y);
    if (!(a < 1)) {
      return a == 1 ? y * Double.POSITIVE_INFINITY : Double.NaN;
    }
    double w = Math.log1p(-y * y);
    double t = 2 / (Math.PI * 0.147) + w / 2;
    // the difference of the root and t, of which little is left near 0, and then the steps suffice
    double x = Math.sqrt(Math.max(Math.sqrt(t * t - w / 0.147) - t, 0));
    for (int i = 0; i < 3; i++) {
      double error = a < 0.5 ? DoubleMath.erf(x) - a : 1 - a - DoubleMath.erfc(x);
      double step = error / (TWO_OVER_SQRT_PI * Math.exp(-x * x));
      x -= step / (1 + x * step);
    }
    return Math.copySign(x, y);
  }
}
