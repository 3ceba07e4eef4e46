package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Errors in units in the last place, over bit patterns from all of the range. */
class FloatMathTest {
  private static final int STRIDE = 3989; // a prime: a million patterns

  private interface Function {
    float apply(float x);
  }

  private static void check(
      String name, Function f, DoubleUnaryOperator exact, double limit, float from, float to) {
    double worst = 0;
    float at = 0;
    int count = 0;
    for (long bits = 0; bits <= 0xffffffffL; bits += STRIDE) {
      float x = Float.intBitsToFloat((int) bits);
      if (x >= from && x <= to) {
        double error = error(f.apply(x), exact.applyAsDouble(x));
        count++;
        if (error > worst) {
          worst = error;
          at = x;
        }
      }
    }
    for (float x : FloatKernelsSource.SPECIAL) {
      if ((x >= from && x <= to) || Float.isNaN(x)) {
        double error = error(f.apply(x), exact.applyAsDouble(x));
        if (error > worst) {
          worst = error;
          at = x;
        }
      }
    }
    assertTrue(count > 10_000, name + ": " + count + " arguments");
    assertTrue(
        worst <= limit,
        String.format(
            Locale.ROOT,
            "%s(%s) = %s, not %s: %.2f ulp",
            name,
            at,
            f.apply(at),
            exact.applyAsDouble(at),
            worst));
  }

  private static double error(float got, double want) {
    float rounded = (float) want;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || !Float.isFinite(got)) {
      return Float.compare(got, rounded) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(got - want) / Math.ulp(rounded);
  }

  private static void check(String name, Function f, DoubleUnaryOperator exact, double limit) {
    check(name, f, exact, limit, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  @Test
  void elementary() {
    check("exp", FloatMath::exp, Math::exp, 1);
    check("log", FloatMath::log, Math::log, 1);
    check("sin", FloatMath::sin, Math::sin, 2);
    check("cos", FloatMath::cos, Math::cos, 2);
    check("tanh", FloatMath::tanh, Math::tanh, 2.5);
    check("sigmoid", FloatMath::sigmoid, DoubleMath::sigmoid, 2.5);
    check("erf", FloatMath::erf, DoubleMath::erf, 1.5);
  }

  @Test
  void activations() {
    // where the exponential is not subnormal, and the derivatives have no zero nearby
    check("gelu", FloatMath::gelu, DoubleMath::gelu, 2, 0, Float.POSITIVE_INFINITY);
    check("gelu", FloatMath::gelu, DoubleMath::gelu, 6, -12, 0);
    check("silu", FloatMath::silu, DoubleMath::silu, 3, -85, Float.POSITIVE_INFINITY);
    check("logSigmoid", FloatMath::logSigmoid, DoubleMath::logSigmoid, 3, -1e30f, 85);
    check("gelu'", FloatMath::geluDerivative, DoubleMath::geluDerivative, 2, -0.3f, 1e30f);
    check("silu'", FloatMath::siluDerivative, DoubleMath::siluDerivative, 3, -0.5f, 1e30f);
  }

  /** Digits from tables of the functions (Abramowitz and Stegun, 7.1 and 26.2). */
  @Test
  void doubleErrorFunction() {
    assertEquals(0.5204998778130465, DoubleMath.erf(0.5), 2e-16);
    assertEquals(-0.8427007929497149, DoubleMath.erf(-1), 2e-16);
    assertEquals(0.9953222650189527, DoubleMath.erf(2), 2e-16);
    assertEquals(2.209049699858544e-5, DoubleMath.erfc(3), 2e-20);
    assertEquals(1.9999779095030015, DoubleMath.erfc(-3), 4e-16);
    assertEquals(0.8413447460685429, DoubleMath.phi(1), 2e-16);
    assertEquals(0.0013498980316300957, DoubleMath.phi(-3), 2e-18);
    assertEquals(0, DoubleMath.phi(Double.NEGATIVE_INFINITY));
    assertEquals(1, DoubleMath.erf(Double.POSITIVE_INFINITY));
    assertTrue(Double.isNaN(DoubleMath.erf(Double.NaN)));
    assertTrue(Double.isNaN(DoubleMath.phi(Double.NaN)));
    assertEquals(-0.0, DoubleMath.erf(-0.0));
  }
}
