package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Sums of very many terms, wherever an operation has one inside, against the same in doubles: the
 * errors stay within a few units in the last place, as PyTorch's do, and the bits are the same for
 * any number of threads. A chain that adds one term after another would lose 3 of 7 digits.
 */
class SummationAccuracyTest {
  private static final int N = 1 << 17;

  /** Errors of sums, and of sums of products, relative to the largest element of a result. */
  private static final double SUM = 3e-6;

  private static final double PRODUCT = 1.2e-5;

  private record Case(String name, double bound, Function<Tensor[], Tensor> f, int[]... shapes) {}

  private static int[] shape(int... sizes) {
    return sizes;
  }

  private static Tensor gradient(Tensor[] operands, int of, Function<Tensor[], Tensor> f) {
    Tensor[] leaves =
        Arrays.stream(operands).map(t -> t.detach().requiresGrad_(true)).toArray(Tensor[]::new);
    Tensor y = f.apply(leaves);
    return gradient(y, leaves[of], y.detach());
  }

  private static Tensor gradient(Tensor y, Tensor leaf, Tensor g) {
    y.backward(g);
    return Objects.requireNonNull(leaf.grad());
  }

  /** The gradient of a broadcast tensor, the operand being that of the result. */
  private static Tensor spread(Tensor g, UnaryOperator<Tensor> f, int... shape) {
    Tensor w = Tensor.zeros(g.dtype(), shape).requiresGrad_(true);
    return gradient(f.apply(w), w, g);
  }

  private static List<Case> reductions() {
    List<Case> cases = new ArrayList<>();
    Object[][] forms = {
      {shape(2 * N), 0},
      {shape(N, 1), 0},
      {shape(N, 2), 0},
      {shape(2, N, 2), 1},
      {shape(2, N), 1},
      {shape(N / 8, 33), 0},
      {shape(N / 64, 300), 0},
      {shape(3, N / 4, 5), 1},
    };
    for (Object[] form : forms) {
      int[] shape = (int[]) form[0];
      int dim = (int) form[1];
      int[] dims = {dim};
      String of = " of " + Shapes.format(shape) + " over " + dim;
      cases.add(new Case("sum" + of, SUM, t -> t[0].sum(dim), shape));
      cases.add(new Case("mean" + of, SUM, t -> t[0].mean(dim), shape));
      if (shape[0] == N || shape[0] == 2) { // the others go the same ways
        others(cases, of, dims, shape);
      }
    }
    cases.add(new Case("sum, transposed", SUM, t -> t[0].t().sum(1), shape(N, 2)));
    cases.add(new Case("sum, moved", SUM, t -> t[0].permute(1, 2, 0).sum(0), shape(2, N, 3)));
    cases.add(
        new Case("sum, every second column", SUM, t -> t[0].slice(1, 0, 4, 2).sum(0), shape(N, 4)));
    cases.add(
        new Case("sum, every second row", SUM, t -> t[0].slice(0, 0, N, 2).sum(0), shape(N, 2)));
    cases.add(new Case("sum, expanded", SUM, t -> t[0].expand(N, 3).sum(0), shape(1, 3)));
    cases.add(new Case("sum over 0 and 1", SUM, t -> t[0].sum(0, 1), shape(4, N / 2, 3)));
    cases.add(new Case("sum over 0 and 2", SUM, t -> t[0].sum(0, 2), shape(N / 2, 4, 3)));
    return cases;
  }

  private static void others(List<Case> cases, String of, int[] dims, int[] shape) {
    cases.add(new Case("nansum" + of, SUM, t -> t[0].nansum(dims, false), shape));
    cases.add(new Case("norm" + of, SUM, t -> t[0].norm(2, dims), shape));
    cases.add(new Case("norm 1" + of, SUM, t -> t[0].norm(1, dims), shape));
    cases.add(new Case("norm 3" + of, SUM, t -> t[0].norm(3, dims), shape));
    cases.add(new Case("logsumexp" + of, SUM, t -> t[0].logsumexp(dims), shape));
    cases.add(new Case("logSoftmax" + of, SUM, t -> t[0].logSoftmax(dims[0]), shape));
    cases.add(new Case("cumsum" + of, SUM, t -> t[0].cumsum(dims[0]), shape));
  }

  private static List<Case> products() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("dot", PRODUCT, t -> t[0].dot(t[1]), shape(8 * N), shape(8 * N)));
    cases.add(new Case("mv", PRODUCT, t -> t[0].mv(t[1]), shape(2, N), shape(N)));
    cases.add(new Case("mv, transposed", PRODUCT, t -> t[0].t().mv(t[1]), shape(N, 2), shape(N)));
    cases.add(new Case("mm", PRODUCT, t -> t[0].mm(t[1]), shape(3, N), shape(N, 5)));
    cases.add(
        new Case("mm, high", PRODUCT, t -> t[0].t().mm(t[1]), shape(N / 8, 40), shape(N / 8, 36)));
    cases.add(new Case("bmm", PRODUCT, t -> t[0].bmm(t[1]), shape(2, 3, N), shape(2, N, 2)));
    cases.add(
        new Case(
            "einsum",
            PRODUCT,
            t -> Tensor.einsum("bi,bj->ij", t[0], t[1]),
            shape(N, 4),
            shape(N, 5)));
    Object[][] layers = {
      {"linear", shape(N, 8), shape(4, 8), shape(4)},
      {"linear of lines", shape(64, N / 64, 3), shape(2, 3), shape(2)},
      {"conv1d", shape(2, 3, N), shape(4, 3, 3), shape(4)},
      {"conv2d", shape(1, 3, 400, 400), shape(8, 3, 3, 3), shape(8)},
      {"conv2d of channels", shape(1, 16, 200, 300), shape(24, 16, 3, 3), shape(24)},
      {"conv2d of pixels", shape(50, 16, 32, 32), shape(32, 16, 1, 1), shape(32)},
      {"conv2d of small images", shape(N / 16, 2, 4, 4), shape(3, 2, 3, 3), shape(3)},
    };
    for (Object[] layer : layers) {
      String name = (String) layer[0];
      Function<Tensor[], Tensor> f =
          name.startsWith("linear")
              ? t -> Functional.linear(t[0], t[1], t[2])
              : name.equals("conv1d")
                  ? t -> Functional.conv1d(t[0], t[1], t[2])
                  : t -> Functional.conv2d(t[0], t[1], t[2]);
      int[][] shapes = Arrays.copyOfRange(layer, 1, 4, int[][].class);
      double weights = name.startsWith("conv") ? 4e-5 : PRODUCT;
      cases.add(new Case(name + ", weight", weights, t -> gradient(t, 1, f), shapes));
      cases.add(new Case(name + ", bias", SUM, t -> gradient(t, 2, f), shapes));
    }
    return cases;
  }

  private static List<Case> broadcasts() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("expand", SUM, t -> spread(t[0], w -> w.expand(N, 3), 3), shape(N, 3)));
    cases.add(new Case("repeat", SUM, t -> spread(t[0], w -> w.repeat(N), 3), shape(3 * N)));
    cases.add(
        new Case(
            "repeatInterleave",
            SUM,
            t -> spread(t[0], w -> w.repeatInterleave(N, 0), 3, 2),
            shape(3 * N, 2)));
    cases.add(new Case("sumToSize", SUM, t -> t[0].sumToSize(1, 2), shape(N, 2)));
    cases.add(
        new Case(
            "factor of columns",
            SUM,
            t -> gradient(t, 1, u -> u[0].mul(u[1])),
            shape(N, 3),
            shape(3)));
    cases.add(
        new Case(
            "prelu",
            SUM,
            t -> gradient(t, 1, u -> Functional.prelu(u[0].neg(), u[1])),
            shape(N, 3),
            shape(3)));
    cases.add(
        new Case(
            "rmsNorm, weight",
            SUM,
            t -> gradient(t, 1, u -> Functional.rmsNorm(u[0], shape(4), u[1], 1e-5)),
            shape(N, 4),
            shape(4)));
    return cases;
  }

  /** Operations of which equal elements would be no test: they have no spread. */
  private static List<Case> spreads() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("var", SUM, t -> t[0].var(1), shape(2, N, 2)));
    cases.add(new Case("std", SUM, t -> t[0].std(0), shape(N, 3)));
    int[] all = {0, 1};
    cases.add(new Case("varMean", SUM, t -> t[0].varMean(all, 1, false).var(), shape(N, 2)));
    int[][] shapes = {{N, 4}, {N, 2, 2}, {3, 2, N}, {2, 3, 200, 200}};
    for (int[] shape : shapes) {
      int channels = shape[1];
      String of = " of " + Shapes.format(shape);
      Function<Tensor[], Tensor> f =
          t -> Functional.batchNorm(t[0], null, null, t[1], t[2], true, 0.1, 1e-5);
      cases.add(
          new Case("batchNorm" + of + ", mean", SUM, t -> running(t[0], channels, true), shape));
      cases.add(
          new Case("batchNorm" + of + ", var", SUM, t -> running(t[0], channels, false), shape));
      cases.add(
          new Case(
              "batchNorm" + of + ", weight",
              SUM,
              t -> gradient(t, 1, f),
              shape,
              shape(channels),
              shape(channels)));
    }
    cases.add(
        new Case(
            "layerNorm",
            SUM,
            t -> Functional.layerNorm(t[0], shape(N), null, null, 0),
            shape(2, N)));
    cases.add(
        new Case(
            "layerNorm, bias",
            SUM,
            t -> spread(t[0], b -> Functional.layerNorm(t[0], shape(4), null, b, 1e-5), 4),
            shape(N, 4)));
    cases.add(
        new Case(
            "groupNorm", SUM, t -> Functional.groupNorm(t[0], 2, null, null, 0), shape(1, 4, N)));
    return cases;
  }

  private static Tensor running(Tensor x, int channels, boolean means) {
    Tensor mean = Tensor.zeros(x.dtype(), channels);
    Tensor var = Tensor.zeros(x.dtype(), channels);
    Functional.batchNorm(x, mean, var, null, null, true, 1, 1e-5);
    return means ? mean : var;
  }

  /** Random numbers, a third of which are a thousand times larger than the others. */
  private static Tensor random(int... shape) {
    float[] x = Tensor.rand(new Generator(shape.length), shape).toFloatArray();
    for (int i = 0; i < x.length; i += 3) {
      x[i] *= 1000;
    }
    return Tensor.of(x, shape);
  }

  private static DynamicTest test(Case c, boolean equal) {
    return DynamicTest.dynamicTest(
        c.name + (equal ? " of tenths" : ""),
        () -> {
          Function<int[], Tensor> fill =
              shape -> equal ? Tensor.full(DType.FLOAT32, 0.1, shape) : random(shape);
          Tensor[] floats = Arrays.stream(c.shapes).map(fill).toArray(Tensor[]::new);
          Tensor[] doubles =
              Arrays.stream(floats).map(t -> t.to(DType.FLOAT64)).toArray(Tensor[]::new);
          double[] expected = c.f.apply(doubles).toDoubleArray();
          double[] actual = c.f.apply(floats).toDoubleArray();
          double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
          double error = 0;
          for (int i = 0; i < expected.length; i++) {
            error = Math.max(error, Math.abs(actual[i] - expected[i]) / largest);
          }
          assertTrue(error <= c.bound, c.name + ": relative error " + error);
        });
  }

  @TestFactory
  List<DynamicTest> errors() {
    List<DynamicTest> tests = new ArrayList<>();
    for (List<Case> cases : List.of(reductions(), products(), broadcasts())) {
      cases.forEach(c -> tests.add(test(c, true)));
      cases.forEach(c -> tests.add(test(c, false)));
    }
    spreads().forEach(c -> tests.add(test(c, false)));
    return tests;
  }

  /** Doubles against exact values. */
  @Test
  void doubles() {
    Tensor x = Tensor.full(DType.FLOAT64, 0.1, 2, N, 2);
    double sum = N * 0.1; // exact: N is a power of two
    assertArrayEquals(new double[] {sum, sum, sum, sum}, x.sum(1).toDoubleArray(), sum * 6e-15);
    assertEquals(4 * sum, x.sum().item(), sum * 2e-14);
    Tensor rows = x.reshape(N, 4);
    assertEquals(sum, rows.sum(0).toDoubleArray()[3], sum * 6e-15);
    double square = 0.1 * 0.1 * N;
    Tensor product = rows.t().mm(rows);
    assertEquals(square, product.toDoubleArray()[0], square * 3e-14);
    assertEquals(4 * square, x.flatten().dot(x.flatten()).item(), square * 1e-13);
  }

  /** The case of the first report: PyTorch's answer is 0.1. */
  @Test
  void meanOfFourMillion() {
    float[] mean = Tensor.full(DType.FLOAT32, 0.1, 2, 4_000_000, 2).mean(1).toFloatArray();
    assertArrayEquals(new float[] {0.1f, 0.1f, 0.1f, 0.1f}, mean, 3e-7f);
  }

  @Test
  void threads() {
    List<Case> cases = new ArrayList<>(products());
    cases.addAll(broadcasts());
    cases.addAll(spreads());
    cases.addAll(reductions().stream().filter(c -> c.name.startsWith("sum")).toList());
    int before = Facula.getNumThreads();
    try {
      for (Case c : cases) {
        Tensor[] operands =
            Arrays.stream(c.shapes).map(SummationAccuracyTest::random).toArray(Tensor[]::new);
        float[] first = null;
        for (int threads : new int[] {1, 2, 3, 8, 16}) {
          Facula.setNumThreads(threads);
          float[] result = c.f.apply(operands).toFloatArray();
          first = first == null ? result : first;
          assertArrayEquals(first, result, c.name + " with " + threads + " threads");
        }
      }
    } finally {
      Facula.setNumThreads(before);
    }
  }
}
