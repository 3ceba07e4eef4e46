package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every elementwise kernel at awkward lengths and offsets: bit for bit what one element gives. */
class ElementwiseKernelsTest {
  private static final int LONGEST = 70;
  private static final int ROOM = LONGEST + 20;

  private interface Unary {
    void apply(UnaryKernels<float[]> k, float[] x, int xo, float[] y, int yo, int n);
  }

  private interface Binary {
    void apply(
        BinaryKernels<float[]> k, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);
  }

  private interface Compare {
    void apply(
        BinaryKernels<float[]> k, float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);
  }

  private interface One {
    float apply(float x);
  }

  private interface Two {
    float apply(float a, float b);
  }

  private record UnaryCase(Unary kernel, One element) {}

  private record BinaryCase(Binary kernel, Two element) {}

  private record CompareCase(Compare kernel, Two element) {}

  private static final Map<String, UnaryCase> UNARY = new LinkedHashMap<>();
  private static final Map<String, BinaryCase> BINARY = new LinkedHashMap<>();
  private static final Map<String, CompareCase> COMPARE = new LinkedHashMap<>();

  static {
    UNARY.put("neg", new UnaryCase(UnaryKernels::neg, x -> -x));
    UNARY.put("abs", new UnaryCase(UnaryKernels::abs, Math::abs));
    UNARY.put("square", new UnaryCase(UnaryKernels::square, x -> x * x));
    UNARY.put("sqrt", new UnaryCase(UnaryKernels::sqrt, x -> (float) Math.sqrt(x)));
    UNARY.put("rsqrt", new UnaryCase(UnaryKernels::rsqrt, x -> 1f / (float) Math.sqrt(x)));
    UNARY.put("reciprocal", new UnaryCase(UnaryKernels::reciprocal, x -> 1f / x));
    UNARY.put("exp", new UnaryCase(UnaryKernels::exp, FloatMath::exp));
    UNARY.put("log", new UnaryCase(UnaryKernels::log, FloatMath::log));
    UNARY.put("sin", new UnaryCase(UnaryKernels::sin, FloatMath::sin));
    UNARY.put("cos", new UnaryCase(UnaryKernels::cos, FloatMath::cos));
    UNARY.put("tanh", new UnaryCase(UnaryKernels::tanh, FloatMath::tanh));
    UNARY.put("sigmoid", new UnaryCase(UnaryKernels::sigmoid, FloatMath::sigmoid));
    UNARY.put("erf", new UnaryCase(UnaryKernels::erf, FloatMath::erf));
    UNARY.put("relu", new UnaryCase(UnaryKernels::relu, x -> x < 0f ? 0f : x));
    UNARY.put(
        "clamp from 0",
        new UnaryCase(
            (k, x, xo, y, yo, n) -> k.clamp(0f, 0.7f, x, xo, y, yo, n),
            x -> Math.min(x < 0f ? 0f : x, 0.7f)));
    UNARY.put(
        "clamp",
        new UnaryCase(
            (k, x, xo, y, yo, n) -> k.clamp(-0.5f, 0.7f, x, xo, y, yo, n),
            x -> Math.min(Math.max(x, -0.5f), 0.7f)));
    UNARY.put(
        "leakyRelu",
        new UnaryCase(
            (k, x, xo, y, yo, n) -> k.leakyRelu(0.2f, x, xo, y, yo, n),
            x -> x > 0f ? x : x * 0.2f));
    UNARY.put(
        "leakyRelu, steep",
        new UnaryCase(
            (k, x, xo, y, yo, n) -> k.leakyRelu(-3f, x, xo, y, yo, n), x -> x > 0f ? x : x * -3f));
    UNARY.put("gelu", new UnaryCase(UnaryKernels::gelu, FloatMath::gelu));
    UNARY.put("silu", new UnaryCase(UnaryKernels::silu, FloatMath::silu));
    UNARY.put("logSigmoid", new UnaryCase(UnaryKernels::logSigmoid, FloatMath::logSigmoid));
    UNARY.put("floor", new UnaryCase(UnaryKernels::floor, x -> (float) Math.floor(x)));
    UNARY.put("ceil", new UnaryCase(UnaryKernels::ceil, x -> (float) Math.ceil(x)));
    UNARY.put("round", new UnaryCase(UnaryKernels::round, x -> (float) Math.rint(x)));
    UNARY.put("sign", new UnaryCase(UnaryKernels::sign, x -> x > 0f ? 1f : x < 0f ? -1f : 0f));
    BINARY.put("add", new BinaryCase(BinaryKernels::add, Float::sum));
    BINARY.put("sub", new BinaryCase(BinaryKernels::sub, (a, b) -> a - b));
    BINARY.put("mul", new BinaryCase(BinaryKernels::mul, (a, b) -> a * b));
    BINARY.put("div", new BinaryCase(BinaryKernels::div, (a, b) -> a / b));
    BINARY.put("maximum", new BinaryCase(BinaryKernels::maximum, Math::max));
    BINARY.put("minimum", new BinaryCase(BinaryKernels::minimum, Math::min));
    BINARY.put(
        "lerp, near",
        new BinaryCase(
            (k, a, ao, b, bo, y, yo, n) -> k.lerp(0.3f, a, ao, b, bo, y, yo, n),
            (a, b) -> a + (b - a) * 0.3f));
    BINARY.put(
        "lerp, far",
        new BinaryCase(
            (k, a, ao, b, bo, y, yo, n) -> k.lerp(0.8f, a, ao, b, bo, y, yo, n),
            (a, b) -> b - (b - a) * (1f - 0.8f)));
    BINARY.put(
        "squaredDifference",
        new BinaryCase(BinaryKernels::squaredDifference, (a, b) -> (a - b) * (a - b)));
    BINARY.put(
        "huber",
        new BinaryCase(
            (k, a, ao, b, bo, y, yo, n) -> k.huber(0.5f, 0.9f, a, ao, b, bo, y, yo, n),
            (a, b) -> {
              float c = Math.min(Math.abs(a - b), 0.5f);
              return c * (Math.abs(a - b) - c * 0.5f) / 0.9f;
            }));
    BINARY.put(
        "reluBackward", new BinaryCase(BinaryKernels::reluBackward, (g, x) -> x <= 0f ? 0f : g));
    BINARY.put(
        "sigmoidBackward",
        new BinaryCase(BinaryKernels::sigmoidBackward, (g, y) -> g * ((1f - y) * y)));
    BINARY.put(
        "tanhBackward", new BinaryCase(BinaryKernels::tanhBackward, (g, y) -> g * (1f - y * y)));
    BINARY.put(
        "geluBackward",
        new BinaryCase(BinaryKernels::geluBackward, (g, x) -> g * FloatMath.geluDerivative(x)));
    BINARY.put(
        "siluBackward",
        new BinaryCase(BinaryKernels::siluBackward, (g, x) -> g * FloatMath.siluDerivative(x)));
    COMPARE.put("eq", new CompareCase(BinaryKernels::eq, (a, b) -> a == b ? 1 : 0));
    COMPARE.put("ne", new CompareCase(BinaryKernels::ne, (a, b) -> a != b ? 1 : 0));
    COMPARE.put("lt", new CompareCase(BinaryKernels::lt, (a, b) -> a < b ? 1 : 0));
    COMPARE.put("le", new CompareCase(BinaryKernels::le, (a, b) -> a <= b ? 1 : 0));
  }

  static Stream<String> unary() {
    return UNARY.keySet().stream();
  }

  static Stream<String> binary() {
    return BINARY.keySet().stream();
  }

  static Stream<String> compare() {
    return COMPARE.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource
  void unary(String name) {
    UnaryCase c = UNARY.get(name);
    for (FloatingKernels<float[]> k : FloatKernelsSource.all()) {
      for (int n = 0; n <= LONGEST; n++) {
        for (int shift = 0; shift < 3; shift++) {
          float[] x = FloatKernelsSource.withSpecial(ROOM, 31 * n + shift);
          float[] y = FloatKernelsSource.random(ROOM, 7);
          float[] want = y.clone();
          int xo = 2 * shift;
          int yo = 3 * shift;
          for (int i = 0; i < n; i++) {
            want[yo + i] = c.element.apply(x[xo + i]);
          }
          float[] in = x.clone();
          c.kernel.apply(k.unary(), x, xo, y, yo, n);
          assertArrayEquals(want, y, 0f, name + " of " + n);
          assertArrayEquals(in, x, 0f, name + " changed its input");
          c.kernel.apply(k.unary(), x, xo, x, xo, n);
          for (int i = 0; i < n; i++) {
            assertEquals(want[yo + i], x[xo + i], name + " in place");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void binary(String name) {
    BinaryCase c = BINARY.get(name);
    for (FloatingKernels<float[]> k : FloatKernelsSource.all()) {
      for (int n = 0; n <= LONGEST; n++) {
        for (int shift = 0; shift < 3; shift++) {
          float[] a = FloatKernelsSource.withSpecial(ROOM, 31 * n + shift);
          float[] b = FloatKernelsSource.withSpecial(ROOM, 37 * n + shift);
          float[] y = FloatKernelsSource.random(ROOM, 7);
          float[] want = y.clone();
          int ao = 2 * shift;
          int bo = shift;
          int yo = 3 * shift;
          for (int i = 0; i < n; i++) {
            want[yo + i] = c.element.apply(a[ao + i], b[bo + i]);
          }
          c.kernel.apply(k.binary(), a, ao, b, bo, y, yo, n);
          assertArrayEquals(want, y, 0f, name + " of " + n);
          c.kernel.apply(k.binary(), a, ao, b, bo, b, bo, n);
          for (int i = 0; i < n; i++) {
            assertEquals(want[yo + i], b[bo + i], name + " in place");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource
  void compare(String name) {
    CompareCase c = COMPARE.get(name);
    for (FloatingKernels<float[]> k : FloatKernelsSource.all()) {
      for (int n = 0; n <= LONGEST; n++) {
        float[] a = FloatKernelsSource.withSpecial(ROOM, n);
        float[] b = n % 2 == 0 ? a.clone() : FloatKernelsSource.withSpecial(ROOM, n + 1);
        byte[] y = new byte[ROOM];
        byte[] want = new byte[ROOM];
        for (int i = 0; i < n; i++) {
          want[3 + i] = (byte) c.element.apply(a[1 + i], b[2 + i]);
        }
        c.kernel.apply(k.binary(), a, 1, b, 2, y, 3, n);
        assertArrayEquals(want, y, name + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void updates(FloatingKernels<float[]> k) {
    for (int n = 0; n <= LONGEST; n++) {
      float[] x = FloatKernelsSource.withSpecial(ROOM, n);
      float[] y = FloatKernelsSource.withSpecial(ROOM, n + 3);
      byte[] c = new byte[ROOM];
      float[] axpy = y.clone();
      float[] chosen = y.clone();
      for (int i = 0; i < n; i++) {
        c[3 + i] = (byte) (i % 3);
        axpy[5 + i] += 0.3f * x[2 + i];
        chosen[5 + i] = i % 3 != 0 ? x[2 + i] : x[i];
      }
      float[] got = y.clone();
      k.binary().axpy(0.3f, x, 2, got, 5, n);
      assertArrayEquals(axpy, got, 0f);
      got = y.clone();
      k.binary().where(c, 3, x, 2, x, 0, got, 5, n);
      assertArrayEquals(chosen, got, 0f);
    }
  }

  @Test
  void composedFunctionsAreGoodToThreeUlp() {
    float[] x = new float[20_000];
    float[] special = FloatKernelsSource.SPECIAL;
    Random random = new Random(5);
    for (int i = 0; i < x.length; i++) {
      double size = Math.exp(40 * random.nextDouble() - 30);
      x[i] = i < special.length ? special[i] : (float) (random.nextBoolean() ? size : -size);
    }
    for (FloatingKernels<float[]> k : FloatKernelsSource.all()) {
      check("expm1", k.unary()::expm1, Math::expm1, x);
      check("log1p", k.unary()::log1p, Math::log1p, x);
      check("log2", k.unary()::log2, v -> Math.log(v) / Math.log(2), x);
      float[] powers = new float[254];
      float[] exponents = new float[254];
      for (int i = 0; i < powers.length; i++) {
        exponents[i] = i - 126;
        powers[i] = Math.scalb(1f, i - 126);
      }
      k.unary().log2(powers, 0, powers, 0, powers.length);
      assertArrayEquals(exponents, powers);
    }
  }

  private interface Loop {
    void apply(float[] x, int xo, float[] y, int yo, int n);
  }

  private static void check(String name, Loop kernel, DoubleUnaryOperator exact, float[] x) {
    float[] y = new float[x.length];
    kernel.apply(x, 0, y, 0, x.length);
    for (int i = 0; i < x.length; i++) {
      float want = (float) exact.applyAsDouble(x[i]);
      float allowed = Float.isFinite(want) ? 3 * Math.ulp(want) : 0;
      if (!(Math.abs(want - y[i]) <= allowed)) {
        assertEquals(want, y[i], name + " of " + x[i]);
      }
    }
  }
}
