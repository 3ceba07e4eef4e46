package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Random tensors against those recorded by src/test/python/random_tensors.py. */
class RandomTensorTest {
  private static Tensor empty(DType dtype, int... shape) {
    return Tensor.zeros(dtype, shape);
  }

  private static Tensor empty(int... shape) {
    return Tensor.zeros(shape);
  }

  private static Tensor linspace(DType dtype, int n) {
    double[] a = new double[n];
    Arrays.setAll(a, i -> i / (n - 1.0));
    return Tensor.of(a, n).to(dtype);
  }

  private static Map<String, Supplier<Tensor>> cases() {
    Map<String, Supplier<Tensor>> c = new LinkedHashMap<>();
    Tensor weights = Tensor.of(new float[] {0.1f, 5, 0, 2, 3});
    Tensor weights64 = Tensor.of(new double[] {0.1, 5, 0, 2, 3});
    Tensor rows = linspace(DType.FLOAT32, 21).view(3, 7);
    c.put("rand", () -> Tensor.rand(2, 3));
    c.put("rand64", () -> Tensor.rand(DType.FLOAT64, 2, 3));
    c.put("randn", () -> Tensor.randn(3, 7));
    c.put("randn scalar", () -> Tensor.randn());
    c.put("uniform transposed", () -> empty(4, 3).t().uniform_(-1, 1));
    c.put("uniform permuted", () -> empty(4, 3, 2).permute(1, 2, 0).uniform_(-1, 1));
    c.put("uniform sliced", () -> empty(5, 6).slice(0, 1, 5, 2).slice(1, 0, 6, 3).uniform_());
    c.put("normal transposed", () -> empty(4, 5).t().normal_(1, 2));
    c.put("normal sliced", () -> empty(9, 9).narrow(1, 2, 3).normal_());
    c.put("randint", () -> Tensor.randint(-3, 9, 4, 4));
    c.put("randint uint8", () -> Tensor.randint(DType.UINT8, 0, 256, 9));
    c.put("randint float", () -> Tensor.randint(DType.FLOAT32, 0, 1 << 30, 9));
    c.put("randint transposed", () -> empty(DType.INT32, 3, 4).t().random_(0, 100));
    c.put("random float32", () -> empty(9).random_());
    c.put("random float64", () -> empty(DType.FLOAT64, 9).random_());
    c.put("random int64", () -> empty(DType.INT64, 9).random_());
    c.put("random int32", () -> empty(DType.INT32, 9).random_());
    c.put("random uint8", () -> empty(DType.UINT8, 9).random_());
    c.put("random bool", () -> empty(DType.BOOL, 9).random_());
    c.put("randperm", () -> Tensor.randperm(12));
    c.put("bernoulli int64", () -> empty(DType.INT64, 20).bernoulli_(0.4));
    c.put("bernoulli bool", () -> empty(DType.BOOL, 20).bernoulli_(0.4));
    c.put("bernoulli transposed", () -> empty(4, 5).t().bernoulli_(0.5));
    c.put("bernoulli of", () -> linspace(DType.FLOAT32, 20).bernoulli());
    c.put("bernoulli of 64", () -> linspace(DType.FLOAT64, 20).bernoulli());
    c.put(
        "bernoulli broadcast",
        () -> empty(DType.UINT8, 3, 4).bernoulli_(Tensor.of(new float[] {0.1f, 0.5f, 0.9f, 0.5f})));
    c.put("bernoulli of transposed", () -> linspace(DType.FLOAT32, 20).view(4, 5).t().bernoulli());
    c.put("rand like transposed", () -> Tensor.randLike(empty(4, 5).t()));
    c.put("randn like expanded", () -> Tensor.randnLike(empty(5).expand(4, 5)));
    Tensor numbers = Tensor.of(IntStream.range(0, 40).toArray()).to(DType.FLOAT32);
    c.put("dropout", () -> Functional.dropout(numbers.narrow(0, 0, 20), 0.3, true));
    c.put(
        "dropout transposed",
        () -> Functional.dropout(numbers.narrow(0, 0, 20).view(4, 5).t(), 0.3, true));
    c.put(
        "dropout sliced",
        () -> Functional.dropout(numbers.view(4, 10).t().slice(0, 0, 10, 2), 0.3, true));
    c.put("exponential", () -> empty(3, 4).exponential_(2));
    c.put("multinomial", () -> weights.multinomial(12, true));
    c.put("multinomial 64", () -> weights64.multinomial(12, true));
    c.put("multinomial rows", () -> rows.multinomial(5, true));
    c.put("multinomial once", () -> rows.multinomial(1, true));
    c.put("multinomial distinct", () -> rows.multinomial(5));
    c.put("multinomial transposed", () -> rows.t().multinomial(2));
    c.put("multinomial distinct 64", () -> linspace(DType.FLOAT64, 30).multinomial(20));
    return c;
  }

  private static List<String> recorded() throws IOException {
    try (var in = RandomTensorTest.class.getResourceAsStream("random_tensors.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @Test
  void randomTensorsAreThoseOfPyTorch() throws IOException {
    Map<String, Supplier<Tensor>> cases = cases();
    List<String> lines = recorded();
    assertEquals(lines.stream().map(l -> l.split(";")[0]).toList(), List.copyOf(cases.keySet()));
    for (int i = 0; i < lines.size(); i++) {
      String[] f = lines.get(i).split(";");
      Facula.manualSeed(i + 1);
      Tensor t = cases.get(f[0]).get();
      check(f[0], f[1], t, t.dtype() == DType.FLOAT64 ? 2e-15 : 0);
      check(f[0] + ", the stream afterwards", f[2], Tensor.rand(3), 0);
    }
  }

  private static void check(String name, String expected, Tensor t, double tolerance) {
    double[] e =
        Arrays.stream(expected.split(","))
            .mapToDouble(
                s ->
                    switch (s) {
                      case "True" -> 1;
                      case "False" -> 0;
                      default -> Double.parseDouble(s);
                    })
            .toArray();
    assertArrayEquals(e, t.toDoubleArray(), tolerance, name);
  }

  @Test
  void aGeneratorOfOnesOwnLeavesTheDefaultAlone() {
    Facula.manualSeed(1);
    Tensor expected = Tensor.rand(5);
    Facula.manualSeed(1);
    Tensor own = Tensor.rand(new Generator(1), 5);
    assertArrayEquals(expected.toFloatArray(), own.toFloatArray());
    assertArrayEquals(expected.toFloatArray(), Tensor.rand(5).toFloatArray());
  }

  @Test
  void aThreadCanHaveItsOwnDefault() {
    Generator usual = Facula.defaultGenerator();
    Generator own = new Generator(7);
    try (var guard = Facula.withGenerator(own)) {
      assertSame(own, Facula.defaultGenerator());
      try (var inner = Facula.withGenerator(usual)) {
        assertSame(usual, Facula.defaultGenerator());
      }
      assertSame(own, Facula.defaultGenerator());
    }
    assertSame(usual, Facula.defaultGenerator());
  }

  @Test
  void emptyTensorsTakeNothing() {
    Facula.manualSeed(3);
    Tensor.rand(0, 3);
    Tensor.randn(2, 0);
    Tensor.randint(0, 5, 0);
    Tensor.randperm(0);
    empty(0).bernoulli_(0.5);
    float[] after = Tensor.rand(2).toFloatArray();
    Facula.manualSeed(3);
    assertArrayEquals(Tensor.rand(2).toFloatArray(), after);
  }

  @Test
  void whatCannotBeIsRefused() {
    Tensor x = Tensor.zeros(3);
    Tensor n = Tensor.zeros(DType.INT64, 3);
    assertThrows(DTypeException.class, () -> n.uniform_());
    assertThrows(DTypeException.class, () -> n.normal_());
    assertThrows(DTypeException.class, () -> n.exponential_());
    assertThrows(DTypeException.class, () -> n.bernoulli());
    assertThrows(DTypeException.class, () -> n.multinomial(1));
    assertThrows(DTypeException.class, () -> Tensor.rand(DType.INT32, 2));
    refused("from 2.0 must not exceed to 1.0", () -> x.uniform_(2, 1));
    refused("std must be at least 0, was -1.0", () -> x.normal_(0, -1));
    refused("lambda must be positive, was 0.0", () -> x.exponential_(0));
    refused("was 5 >= 5", () -> n.random_(5, 5));
    refused("does not fit uint8", () -> Tensor.randint(DType.UINT8, 0, 257, 2));
    refused("does not fit bool", () -> Tensor.randint(DType.BOOL, 0, 3, 2));
    refused("does not fit int32", () -> Tensor.randint(DType.INT32, 0, 1L << 32, 2));
    refused("from 0 to 1, was 1.5", () -> x.bernoulli_(1.5));
    refused("from 0 to 1, was NaN", () -> x.bernoulli_(Double.NaN));
    refused("from 0 to 1, was -1.0", () -> Tensor.of(new float[] {0, -1}).bernoulli());
    refused("must not be negative, was -1", () -> Tensor.randperm(-1));
    refused("share memory", () -> Tensor.zeros(1).expand(3).uniform_());
    refused("all weights of a row are 0", () -> x.multinomial(1));
    refused("found NaN", () -> Tensor.of(new float[] {1, Float.NaN}).multinomial(1));
    refused("cannot draw 4 of 3", () -> Tensor.ones(3).multinomial(4));
    refused("must be positive, was 0", () -> Tensor.ones(3).multinomial(0));
    refused("one or two dimensions", () -> Tensor.ones(1, 2, 3).multinomial(1));
    Tensor leaf = Tensor.zeros(3).requiresGrad_(true);
    assertThrows(AutogradException.class, () -> leaf.uniform_());
    try (var guard = Facula.noGrad()) {
      leaf.uniform_();
    }
    assertTrue(leaf.requiresGrad());
  }

  private static void refused(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void overwrittenWithRandomNumbersThePastHasNoGradient() {
    Tensor x = Tensor.ones(4).requiresGrad_(true);
    Tensor y = x.mul(2);
    y.uniform_();
    y.sum().backward();
    assertArrayEquals(new float[4], x.grad().toFloatArray());
  }

  @Test
  void errorsNameTheOperationThatWasCalled() {
    refused("randint: low must be less than high, was 10 >= 3", () -> Tensor.randint(10, 3));
    refused("randint: low must be less than high, was 3 >= 3", () -> Tensor.randint(3, 3, 2));
    refused(
        "randint: low must be less than high, was 5 >= -5",
        () -> Tensor.randint(DType.FLOAT32, new Generator(1), 5, -5, 2, 2));
    refused(
        "randint: the range from 0 to 300 does not fit uint8 (0 to 255)",
        () -> Tensor.randint(DType.UINT8, 0, 300, 2));
    refused(
        "random_: from must be less than to, was 10 >= 3", () -> Tensor.zeros(2).random_(10, 3));
    refused("rand: needs a floating-point tensor, was int64", () -> Tensor.rand(DType.INT64, 2));
    refused("randn: needs a floating-point tensor, was int32", () -> Tensor.randn(DType.INT32, 2));
    Tensor whole = Tensor.zeros(DType.INT64, 2);
    refused("randLike: needs a floating-point tensor", () -> Tensor.randLike(whole));
    refused("randnLike: needs a floating-point tensor", () -> Tensor.randnLike(whole));
    refused("uniform_: needs a floating-point tensor", whole::uniform_);
    refused("normal_: needs a floating-point tensor", whole::normal_);
    refused("randint: negative size in shape [-1]", () -> Tensor.randint(0, 3, -1));
    refused("rand: negative size in shape [2, -1]", () -> Tensor.rand(2, -1));
    refused("randn: negative size in shape [-3]", () -> Tensor.randn(-3));
  }
}
