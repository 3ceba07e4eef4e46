package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Transcendental functions over all of their range: those of float64 against exact values that
 * exact_values.py has computed, those of float32 against those of float64. Errors are counted in
 * units in the last place of the result.
 */
class AccuracyTest {
  private static final double LIMIT = 4;

  /** More where formulas are PyTorch's, and in float64 no more accurate there. */
  private static final Map<String, Double> DOUBLE_LIMITS =
      Map.of(
          "erfc", 6.0,
          "logit", 8.0, // at 1/2, where it is 0
          "softplus 1 20", 3e5, // just beyond the threshold
          "silu", 500.0, // where the sigmoid is subnormal
          "mish", 500.0,
          "gelu", 8.0,
          "gelu tanh", 1e16, // 1 + tanh cancels
          "tanhshrink", 1e17,
          "logaddexp", 200.0); // where it is nearly 0

  private static final Map<String, Double> SINGLE_LIMITS =
      Map.of("silu", 12.0, "mish", 12.0, "gelu", 6.0, "selu", 5.0);

  /** Those of one operand that are not only differences of two numbers in float32. */
  private static final String FUNCTIONS =
      """
      exp, exp2, expm1, log, log2, log10, log1p, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh,
      asinh, acosh, atanh, erf, erfc, erfinv, sigmoid, logit, logsigmoid, softplus 1 20,
      softplus 2 20, silu, mish, gelu, elu 1, celu 2, selu, softsign, rsqrt, sqrt, reciprocal, sinc,
      pow 0.5, pow 3, pow -0.5, pow -2, power of 2, xlogy of 3, hardsigmoid, deg2rad\
      """;

  private static final String BINARY_FUNCTIONS = "atan2, pow, hypot, logaddexp, logaddexp2, xlogy";

  private static double error(double actual, double exact, double unit) {
    if (Double.isNaN(exact) || Double.isInfinite(exact) || !Double.isFinite(actual)) {
      return Double.compare(actual, exact) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(actual - exact) / unit;
  }

  @Test
  void ofFloat64() throws IOException {
    List<String> wrong = new ArrayList<>();
    int functions = 0;
    try (BufferedReader lines = SpecialValuesTest.open("exact")) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line.substring(0, line.indexOf('\t'));
        String[] cells = line.substring(name.length() + 1).split(" ");
        check(name, cells, wrong);
        functions++;
      }
    }
    assertEquals(0, wrong.size(), functions + " functions\n" + String.join("\n", wrong) + "\n");
    assertEquals(42, functions);
  }

  private static void check(String name, String[] cells, List<String> wrong) {
    int operands = cells[0].split(",").length;
    double[][] x = new double[operands][cells.length];
    double[] exact = new double[cells.length];
    for (int i = 0; i < cells.length; i++) {
      String[] sides = cells[i].split(":");
      String[] arguments = sides[0].split(",");
      for (int k = 0; k < operands; k++) {
        x[k][i] = Double.parseDouble(arguments[k]);
      }
      exact[i] = SpecialValuesTest.number(sides[1]);
    }
    Tensor[] t = new Tensor[operands];
    Arrays.setAll(t, k -> Tensor.of(x[k], cells.length));
    double[] y = NamedFunctions.apply(name, t).toDoubleArray();
    for (int i = 0; i < y.length; i++) {
      double error = error(y[i], exact[i], Math.ulp(exact[i]));
      if (error > DOUBLE_LIMITS.getOrDefault(name, LIMIT)) {
        wrong.add(name + " of " + cells[i] + ": " + y[i] + ", wrong by " + error);
      }
    }
  }

  /** Arguments of all sizes and signs, whose bits are in equal distances, and the special ones. */
  private static Tensor patterns(int count, int turned) {
    float[] x = new float[count];
    int step = (int) ((1L << 32) / count) | 1;
    for (int i = 0; i < count; i++) {
      x[i] = Float.intBitsToFloat(i * step + turned);
    }
    return Tensor.of(x, count);
  }

  private static void compare(String name, List<String> wrong, Tensor... x) {
    Tensor[] wide = new Tensor[x.length];
    Arrays.setAll(wide, i -> x[i].to(DType.FLOAT64));
    float[] actual = NamedFunctions.apply(name, x).toFloatArray();
    double[] exact = NamedFunctions.apply(name, wide).toDoubleArray();
    for (int i = 0; i < actual.length; i++) {
      float rounded = (float) exact[i];
      boolean finite = !Float.isNaN(rounded) && !Float.isInfinite(rounded);
      boolean tiny = Math.abs(rounded) < 4 * Float.MIN_NORMAL;
      double error = error(actual[i], finite ? exact[i] : rounded, Math.ulp(rounded));
      if (error > (tiny ? 64 : SINGLE_LIMITS.getOrDefault(name, LIMIT))) {
        StringBuilder at = new StringBuilder();
        for (Tensor t : x) {
          at.append(' ').append(t.toFloatArray()[i]);
        }
        wrong.add(
            String.format(
                Locale.ROOT, "%s%s: %s, not %s (%.1f)", name, at, actual[i], exact[i], error));
        return;
      }
    }
  }

  @Test
  void ofFloat32() {
    List<String> wrong = new ArrayList<>();
    Tensor x = patterns(40_000, 0);
    for (String name : FUNCTIONS.split(",\\s+")) {
      compare(name, wrong, x);
    }
    Tensor a = patterns(200, 0).repeatInterleave(200);
    Tensor b = patterns(200, 77777).repeat(200);
    for (String name : BINARY_FUNCTIONS.split(",\\s+")) {
      compare(name, wrong, a, b);
    }
    assertEquals(0, wrong.size(), String.join("\n", wrong) + "\n");
  }
}
