package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Special functions and windows against values of PyTorch, at extreme arguments, too. */
class SpecialTest {
  @Test
  void valuesAreThoseOfPyTorch() throws Exception {
    String text;
    try (InputStream in = SpecialTest.class.getResourceAsStream("/values/special.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] words = line.split(" ");
      Tensor[] x = new Tensor[words.length - 2];
      for (int i = 0; i < x.length; i++) {
        x[i] = Tensor.scalar(DType.FLOAT64, Double.parseDouble(words[i + 1]));
      }
      double wanted = Double.parseDouble(words[words.length - 1]);
      double actual = call(words[0], x).item();
      // PyTorch's J and Y are off by up to 7e-7 between 4 and 11, and so is Ai of negative numbers
      double allowed = words[0].matches("bessel[JY].|airyAi") ? 1e-6 : 1e-14;
      boolean right =
          actual == wanted
              || Double.isNaN(actual) && Double.isNaN(wanted)
              || Math.abs(actual - wanted) <= allowed + 1e-9 * Math.abs(wanted);
      if (!right) {
        wrong.add(line + ", but was " + actual);
      }
      count++;
    }
    assertTrue(count > 1000, "only " + count);
    assertEquals("", String.join("\n", wrong));
  }

  private static Tensor call(String name, Tensor... x) throws Exception {
    if (name.startsWith("polygamma")) {
      return x[0].polygamma(Integer.parseInt(name.substring("polygamma".length())));
    }
    for (Class<?> c : List.of(Special.class, Tensor.class)) {
      for (Method m : c.getMethods()) {
        if (m.getName().equals(name)) {
          return (Tensor)
              (c == Special.class
                  ? m.invoke(null, (Object[]) x)
                  : x.length == 1 ? m.invoke(x[0]) : m.invoke(x[0], x[1]));
        }
      }
    }
    throw new AssertionError("no function " + name);
  }

  @Test
  void typesAndShapesFollowTheOperands() {
    assertEquals(DType.FLOAT32, Special.ndtr(Tensor.of(new long[] {1, 2})).dtype());
    assertEquals(DType.FLOAT16, Tensor.ones(DType.FLOAT16, 2).lgamma().dtype());
    Tensor z = Special.zeta(Tensor.full(2.0, 3, 1), Tensor.ones(2));
    assertArrayEquals(new int[] {3, 2}, z.shape());
    assertEquals(Math.PI * Math.PI / 6, z.get(2, 1).item(), 1e-6);
    assertEquals(0, Special.entr(Tensor.empty(0, 3)).numel());
    Tensor columns = Tensor.rand(3, 4).transpose(0, 1);
    assertArrayEquals(
        Special.erfcx(columns.contiguous()).toFloatArray(), Special.erfcx(columns).toFloatArray());
  }

  @Test
  void whatHasNoDerivativeSaysSo() {
    Tensor a = Tensor.ones(2).requiresGrad_(true);
    Tensor x = Tensor.ones(2).requiresGrad_(true);
    Tensor y = a.igamma(x);
    String message = assertThrows(AutogradException.class, () -> y.sum().backward()).getMessage();
    assertTrue(message.contains("igamma") && message.contains(" a"), message);
    Tensor j = Special.besselJ0(x);
    assertThrows(AutogradException.class, () -> j.sum().backward());
    assertThrows(IllegalArgumentException.class, () -> x.polygamma(-1));
    assertThrows(IllegalArgumentException.class, () -> x.mvlgamma(0));
  }

  @Test
  void numbersAreTakenApart() {
    double tiny = 0x1p-1074;
    double inf = Double.POSITIVE_INFINITY;
    Tensor x = Tensor.of(new double[] {6, -0.5, 0, tiny, inf, 1e300});
    Tensor.Frexp parts = x.frexp();
    assertEquals(DType.INT32, parts.exponent().dtype());
    assertArrayEquals(new long[] {3, 0, 0, -1073, 0, 997}, parts.exponent().toLongArray());
    assertEquals(0.75, parts.mantissa().get(0).item());
    assertEquals(0.5, parts.mantissa().get(3).item());
    assertEquals(inf, parts.mantissa().get(4).item());
    assertEquals(96, Tensor.scalar(6).ldexp(Tensor.scalar(4)).item());
    assertEquals(
        Math.nextUp(1f), Tensor.scalar(1).nextafter(Tensor.scalar(2)).item(), "one float further");
  }

  /** Values of torch 2.13. */
  @Test
  void windowsAreThoseOfPyTorch() {
    near(new double[] {0, 0.5, 1, 0.5, 0}, Windows.hann(5));
    near(new double[] {0, 0.5, 1, 0.5}, Windows.hann(4, o -> o.sym(false)));
    near(new double[] {0.08, 0.77, 0.77, 0.08}, Windows.hamming(4));
    near(new double[] {0, 2 / 3.0, 2 / 3.0, 0}, Windows.bartlett(4));
    near(new double[] {0, 0.63, 0.63, 0}, Windows.blackman(4));
    near(new double[] {0.3826834, 0.9238795, 0.9238795, 0.3826834}, Windows.cosine(4));
    near(new double[] {0.2231302, 0.6065307, 0.6065307, 0.2231302}, expo(4, 1));
    near(
        new double[] {0.6065307, 1, 0.6065307},
        Windows.gaussian(3, 1, o -> o.dtype(DType.FLOAT64)));
    near(
        new double[] {5.2773e-05, 0.1017197, 0.7929398, 0.7929398, 0.1017197, 5.2773e-05},
        Windows.kaiser(6, 12, o -> {}));
    near(new double[] {0.0003628, 0.5292298, 0.5292298, 0.0003628}, Windows.nuttall(4));
    near(new double[] {1}, Windows.hann(1));
    assertEquals(0, Windows.kaiser(0, 12, o -> {}).numel());
    assertThrows(IllegalArgumentException.class, () -> Windows.hann(-1));
    assertThrows(DTypeException.class, () -> Windows.hann(3, o -> o.dtype(DType.INT64)));
  }

  private static Tensor expo(int m, double tau) {
    return Windows.exponential(m, tau, o -> {});
  }

  private static void near(double[] wanted, Tensor actual) {
    assertArrayEquals(wanted, actual.toDoubleArray(), 2e-7);
  }
}
