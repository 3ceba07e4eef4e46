package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values and gradients at kinks, ties, poles, ends and what is not finite, against those that
 * special_values.py has recorded of PyTorch. Zeros, infinities and NaN are to be the same, the sign
 * of a zero that is a value included. Where PyTorch itself has two answers, one of them is enough.
 */
class SpecialValuesTest {
  /** Gradients that PyTorch and Facula take from a difference of rounded numbers near 1. */
  private static final Set<String> CANCELLED =
      Set.of(
          "expm1", "tanh", "sinc", "logaddexp2", "log_softmax", "normalize", "gelu", "bceLogits");

  private final Map<String, Tensor> grids = new HashMap<>();

  @ParameterizedTest
  @ValueSource(strings = {"unary", "binary", "reductions", "losses"})
  void areThoseOfPyTorch(String file) throws IOException {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    try (BufferedReader lines = open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        if (line.startsWith("@")) {
          grids.put(
              fields[0], tensor(fields[1].split(" ").length + ":" + fields[1], DType.FLOAT64));
        } else {
          check(fields, wrong);
          cases++;
        }
      }
    }
    assertEquals(0, wrong.size(), cases + " cases, wrong:\n" + String.join("\n", wrong) + "\n");
  }

  static BufferedReader open(String name) throws IOException {
    InputStream in = SpecialValuesTest.class.getResourceAsStream("/values/" + name + ".tsv.gz");
    assertNotNull(in, name);
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
  }

  /**
   * With gradients wanted of all operands, and of each alone, for which there may be short cuts.
   */
  private void check(String[] fields, List<String> wrong) {
    String[] operands = fields[2].split(";");
    check(fields, operands, -1, wrong);
    for (int i = 0; i < operands.length && operands.length > 1; i++) {
      if (!operands[i].startsWith("i") && !operands[i].startsWith("b")) {
        check(fields, operands, i, wrong);
      }
    }
  }

  private void check(String[] fields, String[] operands, int only, List<String> wrong) {
    DType dtype = fields[1].equals("f") ? DType.FLOAT32 : DType.FLOAT64;
    Tensor[] inputs = new Tensor[operands.length];
    for (int i = 0; i < inputs.length; i++) {
      Tensor grid = grids.get(operands[i]);
      Tensor t = grid == null ? tensor(operands[i], dtype) : grid.to(dtype).clone();
      boolean wanted = t.isFloatingPoint() && (only < 0 || only == i);
      inputs[i] = wanted ? t.requiresGrad_(true) : t;
    }
    String what = fields[0] + " " + dtype + (only < 0 ? "" : " of " + only + " alone");
    try {
      Tensor y = NamedFunctions.apply(fields[0], inputs);
      compare(what + " value", inputs, fields[3], y, wrong);
      String[] gradients = fields[4].split(";");
      if (!y.requiresGrad()) {
        return;
      }
      y.sum().backward();
      for (int i = 0; i < inputs.length; i++) {
        if (inputs[i].requiresGrad() && !gradients[i].equals("-")) {
          Tensor g = inputs[i].grad();
          Tensor actual = g == null ? Tensor.zerosLike(inputs[i]) : g;
          compare(what + " gradient " + i, inputs, gradients[i], actual, wrong);
        }
      }
    } catch (RuntimeException e) {
      wrong.add(what + ": " + e);
    }
  }

  private static void compare(
      String what, Tensor[] inputs, String expected, Tensor actual, List<String> wrong) {
    int colon = expected.indexOf(':');
    int[] shape = shape(expected.substring(0, colon).replaceAll("[ib]", ""));
    if (!Arrays.equals(shape, actual.shape())) {
      wrong.add(what + ": shape " + Arrays.toString(actual.shape()));
      return;
    }
    String values = expected.substring(colon + 1);
    String[] e = values.isEmpty() ? new String[0] : values.split(" ");
    double[] a = actual.toDoubleArray();
    for (int i = 0; i < e.length; i++) {
      boolean found = false;
      for (String one : e[i].split("\\|")) {
        found |= same(what, number(one), a[i], actual.dtype());
      }
      if (!found) {
        StringBuilder at = new StringBuilder();
        for (Tensor x : inputs) {
          at.append(x.numel() == e.length ? x.toDoubleArray()[i] : "element " + i).append(' ');
        }
        wrong.add(String.format(Locale.ROOT, "%s at %s: %s, not %s", what, at, a[i], e[i]));
      }
    }
  }

  private static boolean same(String what, double expected, double actual, DType dtype) {
    boolean single = dtype == DType.FLOAT32;
    boolean value = what.endsWith("value") && !what.startsWith("amin");
    double error = Math.abs(expected - actual);
    boolean cancelled = CANCELLED.contains(what.substring(0, what.indexOf(' ')));
    return Double.compare(expected, actual) == 0
        || expected == actual && !value
        || expected != 0 && error <= (single ? 4e-6 : 4e-14) * Math.abs(expected)
        || expected != 0 && error <= (single ? 3e-45 : Double.MIN_VALUE)
        || cancelled && error <= (single ? 1.5e-7 : 3e-16);
  }

  private static Tensor tensor(String text, DType dtype) {
    int colon = text.indexOf(':');
    boolean integer = text.startsWith("i");
    boolean bool = text.startsWith("b");
    String sizes = text.substring(integer || bool ? 1 : 0, colon);
    String values = text.substring(colon + 1);
    double[] x =
        values.isEmpty()
            ? new double[0]
            : Arrays.stream(values.split(" ")).mapToDouble(SpecialValuesTest::number).toArray();
    return Tensor.of(x, shape(sizes)).to(bool ? DType.BOOL : integer ? DType.INT64 : dtype);
  }

  private static int[] shape(String sizes) {
    return sizes.isEmpty()
        ? new int[0]
        : Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  static double number(String s) {
    return switch (s) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(s);
    };
  }
}
