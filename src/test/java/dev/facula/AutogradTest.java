package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The graph: accumulation, changes in place, views, hooks, custom functions, classic mistakes. */
class AutogradTest {
  private static Tensor leaf(float... values) {
    return Tensor.of(values).requiresGrad_(true);
  }

  private static float[] grad(Tensor leaf) {
    Tensor g = leaf.grad();
    assertNotNull(g);
    return g.toFloatArray();
  }

  private static void fails(String part, Executable call) {
    AutogradException e = assertThrows(AutogradException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void gradientsAddUp() {
    Tensor x = leaf(1, 2);
    x.mul(x).sum().backward();
    x.sum().backward();
    assertArrayEquals(new float[] {3, 5}, grad(x));
    x.setGrad(null);
    x.add(x).sum().backward();
    assertArrayEquals(new float[] {2, 2}, grad(x));
  }

  @Test
  void leavesDoNotShareGradients() {
    Tensor a = leaf(1, 1);
    Tensor b = leaf(1, 1);
    Tensor seed = Tensor.ones(2);
    a.add(b).backward(seed);
    Tensor ga = a.grad();
    assertNotNull(ga);
    ga.mul_(5);
    assertArrayEquals(new float[] {1, 1}, grad(b));
    assertArrayEquals(new float[] {1, 1}, seed.toFloatArray());
  }

  @Test
  void longChainsOfViewsNeedNoStack() {
    Tensor w = Tensor.of(new double[] {1, 2, 3}, 3).requiresGrad_(true);
    Tensor base = w.mul(1);
    Tensor x = base;
    Tensor middle = x;
    for (int i = 0; i < 25_000; i++) {
      x = x.view(3, 1).unsqueeze(0).squeeze(0, 2).narrow(0, 0, 3);
      middle = i == 12_000 ? x : middle;
    }
    assertArrayEquals(new double[] {1, 2, 3}, x.toDoubleArray());
    x.sum().backward(o -> o.retainGraph(true));
    assertArrayEquals(new double[] {1, 1, 1}, requireNonNull(w.grad()).toDoubleArray());
    x.mul_(2);
    assertArrayEquals(new double[] {2, 4, 6}, base.toDoubleArray());
    assertArrayEquals(new double[] {2, 4, 6}, middle.toDoubleArray());
    w.setGrad(null);
    middle.mul(x).sum().backward();
    assertArrayEquals(new double[] {8, 16, 24}, requireNonNull(w.grad()).toDoubleArray());
    try (var guard = Facula.noGrad()) {
      Tensor y = Tensor.ones(3);
      for (int i = 0; i < 100_000; i++) {
        y = y.t();
      }
      assertEquals(6, y.add_(1).sum().item());
    }
  }

  @Test
  void deepGraphsNeedNoStack() {
    Tensor x = leaf(1);
    Tensor y = x;
    for (int i = 0; i < 100_000; i++) {
      y = y.add(1);
    }
    y.backward();
    assertArrayEquals(new float[] {1}, grad(x));
  }

  @Test
  void gradLeavesTheLeavesAlone() {
    Tensor x = leaf(3);
    Tensor y = x.pow(3);
    Tensor first = Autograd.grad(y, x, o -> o.createGraph(true));
    Tensor second = Autograd.grad(first, x, o -> o.createGraph(true));
    assertEquals(27, first.item());
    assertEquals(18, second.item());
    assertEquals(6, Autograd.grad(second, x).item());
    assertNull(x.grad());
  }

  @Test
  void gradOfResultsAndOfWhatIsUnused() {
    Tensor x = leaf(2);
    Tensor unused = leaf(1);
    Tensor middle = x.mul(3);
    Tensor y = middle.square();
    assertEquals(12, Autograd.grad(y, middle, o -> o.retainGraph(true)).item());
    List<@Nullable Tensor> both =
        Autograd.grad(
            List.of(y), List.of(x, unused), null, o -> o.retainGraph(true).allowUnused(true));
    assertNull(both.get(1));
    fails("do not depend on input 1", () -> Autograd.grad(List.of(y), List.of(x, unused)));
  }

  // ---- in place and views -------------------------------------------------------------------

  @Test
  void aChangedViewChangesWhatItIsAViewOf() {
    Tensor x = leaf(1, 2, 3, 4);
    Tensor y = x.mul(2).view(2, 2);
    Tensor base = x.mul(2);
    Tensor row = base.view(2, 2).select(0, 0);
    row.mul_(3);
    assertArrayEquals(new float[] {6, 12, 6, 8}, base.toFloatArray());
    base.sum().backward();
    assertArrayEquals(new float[] {6, 6, 2, 2}, grad(x));
    x.setGrad(null);
    y.sum().backward();
    assertArrayEquals(new float[] {2, 2, 2, 2}, grad(x));
  }

  @Test
  void anOlderViewSeesTheChange() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    Tensor view = y.view(2, 1);
    y.add_(1);
    y.mul_(y.detach().clone());
    view.sum().backward();
    assertArrayEquals(new float[] {6, 10}, grad(x));
  }

  @Test
  void whatIsCopiedIntoAPartGetsItsGradient() {
    Tensor x = leaf(7, 8);
    Tensor target = Tensor.zeros(2, 2);
    target.select(0, 1).copy_(x.mul(2));
    target.select(0, 0).fill_(5);
    target.square().sum().backward();
    assertArrayEquals(new float[] {56, 64}, grad(x));
  }

  @Test
  void whatIsOverwrittenGetsZeros() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    y.zero_();
    y.sum().backward();
    assertArrayEquals(new float[] {0, 0}, grad(x));
  }

  @Test
  void changesThatTheGradientNeedsAreFound() {
    Tensor x = leaf(1, 2);
    Tensor y = x.exp();
    y.add_(1);
    fails("changed in place (version 1, expected 0)", () -> y.sum().backward());
    Tensor z = x.add(1);
    z.mul_(2); // needs nothing of z
    z.sum().backward();
    assertArrayEquals(new float[] {2, 2}, grad(x));
  }

  @Test
  void leavesCannotBeChangedInPlace() {
    Tensor x = leaf(1, 2);
    fails("add_: a leaf that requires a gradient", () -> x.add_(1));
    fails("mul_: a view of a leaf", () -> x.view(2, 1).mul_(2));
    try (var guard = Facula.noGrad()) {
      x.add_(1);
    }
    assertArrayEquals(new float[] {2, 3}, x.toFloatArray());
    assertTrue(x.isLeaf());
  }

  // ---- hooks --------------------------------------------------------------------------------

  @Test
  void hooksSeeAndReplaceGradients() {
    Tensor x = leaf(1, 2);
    Tensor y = x.square();
    List<float[]> seen = new ArrayList<>();
    Tensor.Hook hook =
        y.registerHook(
            g -> {
              seen.add(g.toFloatArray());
              return g.mul(10);
            });
    y.retainGrad();
    y.sum().backward(o -> o.retainGraph(true));
    assertArrayEquals(new float[] {20, 40}, grad(x));
    assertArrayEquals(new float[] {10, 10}, grad(y));
    assertArrayEquals(new float[] {1, 1}, seen.get(0));
    hook.close();
    x.setGrad(null);
    y.sum().backward();
    assertArrayEquals(new float[] {2, 4}, grad(x));
    assertEquals(1, seen.size());
  }

  /** Derivatives may write to the gradient that they were given; nobody else may notice. */
  @Test
  void gradientsThatAreSeenElsewhereAreNotOverwritten() {
    Tensor x = leaf(-1, 2, -3, 4);
    Tensor given = Tensor.of(new float[] {1, 2, 3, 4});
    x.relu().backward(given);
    assertArrayEquals(new float[] {1, 2, 3, 4}, given.toFloatArray());
    assertArrayEquals(new float[] {0, 2, 0, 4}, grad(x));

    // The gradient of a sum is that of both terms, and each goes through a derivative that writes.
    Tensor a = leaf(-1, 2, -3, 4);
    Tensor b = leaf(1, -2, 3, -4);
    Tensor sum = a.relu().add(b.relu()).mul(2);
    sum.sum().backward();
    assertArrayEquals(new float[] {0, 2, 0, 2}, grad(a));
    assertArrayEquals(new float[] {2, 0, 2, 0}, grad(b));

    // A hook keeps what it saw, and a retained gradient stays.
    Tensor c = leaf(-1, 2, -3, 4);
    Tensor y = c.mul(1).relu();
    List<Tensor> seen = new ArrayList<>();
    y.registerHook(
        g -> {
          seen.add(g);
          return g;
        });
    Tensor z = y.mul(3);
    z.retainGrad();
    z.mul(5).sum().backward();
    assertArrayEquals(new float[] {15, 15, 15, 15}, seen.get(0).toFloatArray());
    assertArrayEquals(new float[] {5, 5, 5, 5}, grad(z));
    assertArrayEquals(new float[] {0, 15, 0, 15}, grad(c));

    // Gradients from several users of a value are added up, also where one passes on its own.
    Tensor d = leaf(-1, 2, -3, 4);
    Tensor h = d.mul(1);
    h.relu().add(h).add(h.mul(4)).add(h.view(2, 2).relu().view(4)).sum().backward();
    assertArrayEquals(new float[] {5, 7, 5, 7}, grad(d));
  }

  @Test
  void aLeafsHookSeesTheWholeGradientOnce() {
    Tensor x = leaf(1);
    List<Double> seen = new ArrayList<>();
    x.registerHook(
        g -> {
          seen.add(g.item());
          return null;
        });
    x.mul(2).add(x.mul(3)).backward();
    assertEquals(List.of(5.0), seen);
  }

  // ---- mistakes -----------------------------------------------------------------------------

  @Test
  void classicMistakesAreNamed() {
    Tensor x = leaf(1, 2);
    Tensor y = x.square().sum();
    y.backward();
    fails("retainGraph(true)", y::backward);
    fails("an output of one element", () -> x.mul(2).backward());
    fails("does not require a gradient and has no graph", () -> Tensor.ones(1).backward());
    try (var guard = Facula.noGrad()) {
      fails("noGrad", () -> x.sum().backward());
    }
    fails("use detach()", () -> x.mul(2).requiresGrad_(false));
    assertThrows(DTypeException.class, () -> Tensor.of(new long[] {1}).requiresGrad_(true));
    assertThrows(ShapeException.class, () -> x.mul(2).backward(Tensor.ones(3)));
    assertThrows(ShapeException.class, () -> x.setGrad(Tensor.ones(3)));
  }

  @Test
  void guardsNestAndEnd() {
    try (var outer = Facula.noGrad()) {
      try (var inner = Facula.enableGrad()) {
        assertTrue(Facula.isGradEnabled());
      }
      assertEquals(false, Facula.isGradEnabled());
    }
    assertTrue(Facula.isGradEnabled());
  }

  // ---- custom functions and gradient checks -------------------------------------------------

  private static final class Cube extends CustomFunction {
    @Override
    protected Tensor[] forward(Context context, Tensor... inputs) {
      context.saveForBackward(inputs[0]);
      return new Tensor[] {inputs[0].pow(3)};
    }

    @Override
    protected @Nullable Tensor[] backward(Context context, Tensor... gradients) {
      return new Tensor[] {gradients[0].mul(context.savedTensors()[0].square()).mul(3)};
    }
  }

  /** exp, from its saved output, and a sum whose gradient is wrong on purpose. */
  private static final class ExpAndSum extends CustomFunction {
    private final double error;

    ExpAndSum(double error) {
      this.error = error;
    }

    @Override
    protected Tensor[] forward(Context context, Tensor... inputs) {
      Tensor y = inputs[0].exp();
      context.saveForBackward(y);
      return new Tensor[] {y, inputs[0].add(inputs[1])};
    }

    @Override
    protected @Nullable Tensor[] backward(Context context, Tensor... gradients) {
      Tensor a = gradients[0].mul(context.savedTensors()[0]).add(gradients[1]);
      return new Tensor[] {a, context.needsInputGrad(1) ? gradients[1].mul(1 + error) : null};
    }
  }

  private static Tensor doubles(int... shape) {
    return Tensor.randn(DType.FLOAT64, shape).requiresGrad_(true);
  }

  @Test
  void customFunctionsAreDifferentiable() {
    List<Tensor> x = List.of(doubles(2, 3));
    GradCheck.check(in -> List.of(new Cube().apply(in.get(0))), x);
    GradCheck.gradgradcheck(in -> List.of(new Cube().apply(in.get(0))), x);
    List<Tensor> two = List.of(doubles(3), doubles(3));
    GradCheck.check(in -> List.of(new ExpAndSum(0).applyAll(in.toArray(Tensor[]::new))), two);
    GradCheck.gradgradcheck(
        in -> List.of(new ExpAndSum(0).applyAll(in.toArray(Tensor[]::new))), two);
  }

  @Test
  void aWrongGradientIsFoundAndNamed() {
    fails(
        "element 0 of output 1 [3] by element 0 of input 1 [3] is recorded as 1.01",
        () ->
            GradCheck.check(
                in -> List.of(new ExpAndSum(0.01).applyAll(in.toArray(Tensor[]::new))),
                List.of(doubles(3), doubles(3))));
    assertThrows(
        DTypeException.class,
        () -> GradCheck.check(in -> List.of(in.get(0).exp()), List.of(leaf(1))));
  }

  @Test
  void customFunctionsAreChecked() {
    Tensor x = leaf(1, 2);
    CustomFunction wrong =
        new CustomFunction() {
          @Override
          protected Tensor[] forward(Context context, Tensor... inputs) {
            return new Tensor[] {inputs[0].mul(2)};
          }

          @Override
          protected @Nullable Tensor[] backward(Context context, Tensor... gradients) {
            return new Tensor[] {gradients[0].sum()};
          }
        };
    ShapeException e =
        assertThrows(ShapeException.class, () -> wrong.apply(x).backward(Tensor.ones(2)));
    assertTrue(e.getMessage().contains("shape [] for input 0 of shape [2]"), e.getMessage());
    fails("this has 2; use applyAll", () -> new ExpAndSum(0).apply(doubles(3), doubles(3)));
    Tensor saved = leaf(1, 2);
    Tensor y = saved.add(0);
    Tensor z = new Cube().apply(y);
    y.add_(1);
    fails("Cube: a tensor of shape [2]", () -> z.sum().backward());
  }

  @Test
  void customFunctionsKnowWhichGradientsAreWanted() {
    List<boolean[]> seen = new ArrayList<>();
    CustomFunction product =
        new CustomFunction() {
          @Override
          protected Tensor[] forward(Context context, Tensor... inputs) {
            seen.add(context.needsInputGrad());
            context.saveForBackward(inputs);
            assertThrows(AutogradException.class, context::savedTensors);
            return new Tensor[] {inputs[0].mul(inputs[1])};
          }

          @Override
          protected @Nullable Tensor[] backward(Context context, Tensor... gradients) {
            seen.add(context.needsInputGrad());
            assertTrue(context.needsInputGrad(1));
            assertThrows(IndexOutOfBoundsException.class, () -> context.needsInputGrad(2));
            return new Tensor[] {null, gradients[0].mul(context.savedTensors()[0])};
          }
        };
    Tensor w = leaf(3, 5);
    product.apply(Tensor.of(new float[] {2, 4}), w).sum().backward();
    assertArrayEquals(new float[] {2, 4}, requireNonNull(w.grad()).toFloatArray());
    assertEquals(2, seen.size());
    seen.forEach(s -> assertArrayEquals(new boolean[] {false, true}, s));
  }

  /** The gradient of a linear layer's weight for an input that is all one number. */
  private static Tensor pass(Tensor weight, double number) {
    Tensor x = Tensor.full(DType.FLOAT64, number, 2, 64);
    Functional.linear(x, weight, Tensor.zeros(DType.FLOAT64, 64)).sum().backward();
    return requireNonNull(weight.peekGradient());
  }

  @Test
  void theNextGradientHasTheMemoryOfTheLast() {
    Tensor w = Tensor.ones(DType.FLOAT64, 64, 64).requiresGrad_(true);
    double[] first = pass(w, 1).storage.doubles();
    pass(w, 2); // accumulates
    assertTrue(first == requireNonNull(w.peekGradient()).storage.doubles());
    assertEquals(6, w.peekGradient().mean().item());
    w.setGrad(null);
    assertNull(w.grad());
    assertTrue(first == pass(w, 3).storage.doubles());
    assertEquals(6, requireNonNull(w.peekGradient()).mean().item());
  }

  @Test
  void aGradientThatSomebodyHasIsNotOverwritten() {
    Tensor w = Tensor.ones(DType.FLOAT64, 64, 64).requiresGrad_(true);
    pass(w, 1);
    Tensor held = requireNonNull(w.grad());
    w.setGrad(null);
    pass(w, 2);
    assertEquals(2, held.mean().item());
    List<Tensor> seen = new ArrayList<>();
    var hook =
        w.registerHook(
            g -> {
              seen.add(g);
              return g;
            });
    for (int i = 3; i < 6; i++) {
      w.setGrad(null);
      pass(w, i);
    }
    hook.close();
    w.setGrad(null);
    pass(w, 6);
    w.setGrad(null);
    pass(w, 7);
    for (int i = 3; i < 6; i++) {
      assertEquals(2 * i, seen.get(i - 3).mean().item());
    }
    assertEquals(2, held.mean().item());
  }

  @Test
  void aWeightThatIsUsedTwiceGetsTheSum() {
    Tensor w = Tensor.ones(DType.FLOAT64, 64, 64).requiresGrad_(true);
    Tensor b = Tensor.zeros(DType.FLOAT64, 64);
    for (int pass = 0; pass < 3; pass++) {
      Tensor x = Tensor.full(DType.FLOAT64, pass + 1, 2, 64);
      Functional.linear(Functional.linear(x, w, b), w, b).sum().backward();
      assertEquals(256 * (pass + 1), requireNonNull(w.peekGradient()).mean().item());
      w.setGrad(null);
    }
  }

  /**
   * Gradients whose memory goes round from operation to operation and from pass to pass are those
   * of a pass that keeps all of them, and what the user holds stays as it is.
   */
  @Test
  void memoryThatGoesRoundLeavesGradientsAndValuesAlone() {
    Generator generator = new Generator().manualSeed(1);
    Tensor x = Tensor.randn(generator, 64, 64).requiresGrad_(true);
    Tensor w = Tensor.randn(generator, 64, 64).requiresGrad_(true);
    Tensor v = Tensor.randn(generator, 128, 64).requiresGrad_(true);
    Tensor filter = Tensor.randn(generator, 2, 1, 3, 3).requiresGrad_(true);
    List<Tensor> leaves = List.of(x, w, v, filter);
    List<Tensor> held = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int pass = 0; pass < 4; pass++) {
      Tensor h = x.matmul(w);
      Tensor residual = h.add(h.relu()).add(x);
      Tensor norm = Functional.layerNorm(residual, new int[] {64}, null, null, 1e-5);
      Tensor gate = residual.mul(norm.sigmoid()).add(norm.detach());
      List<Tensor> halves = Functional.linear(gate, v, null).chunk(2, 1);
      Tensor joined = Tensor.cat(List.of(halves.get(1), halves.get(0)), 0);
      Tensor image = joined.view(1, 1, 128, 64);
      Tensor pooled = Functional.maxPool2d(Functional.conv2d(image, filter), 2);
      Tensor custom = new Cube().apply(pooled);
      Tensor loss = custom.mean().add(joined.mul(joined).sum()).add(h.tanh().mean());
      residual.retainGrad();
      List<Tensor> seen = new ArrayList<>();
      norm.registerHook(
          g -> {
            seen.add(g);
            return g;
          });
      List<Tensor> wanted =
          Autograd.grad(List.of(loss), leaves, null, o -> o.retainGraph(true)).stream()
              .map(t -> requireNonNull(t).clone())
              .toList();
      for (Tensor t : List.of(h, residual, norm, gate, joined, pooled, custom, seen.get(0))) {
        held.add(t);
        values.add(t.toDoubleArray());
      }
      loss.backward();
      held.add(requireNonNull(residual.grad()));
      values.add(residual.grad().toDoubleArray());
      assertArrayEquals(seen.get(0).toDoubleArray(), seen.get(1).toDoubleArray());
      for (int i = 0; i < leaves.size(); i++) {
        Tensor leaf = leaves.get(i);
        assertArrayEquals(
            wanted.get(i).toDoubleArray(), requireNonNull(leaf.peekGradient()).toDoubleArray());
        if (pass == 1) {
          held.add(requireNonNull(leaf.grad()));
          values.add(wanted.get(i).toDoubleArray());
        }
        leaf.setGrad(null);
      }
    }
    for (int i = 0; i < held.size(); i++) {
      assertArrayEquals(values.get(i), held.get(i).toDoubleArray(), "tensor " + i);
    }
  }

  @Test
  void gradientsTakeTheMemoryOfThoseOfTheLastPass() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Tensor x = Tensor.ones(DType.FLOAT64, 256, 256).requiresGrad_(true);
    long results = 3L * Double.BYTES * x.numel();
    long bytes = Long.MAX_VALUE;
    // more at first: vectors are objects until the compiler is done
    for (int pass = 0; pass < 2_000 && bytes > results + 100_000; pass++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Tensor y = x.mul(2);
      y.add(y.mul(3)).sum().backward();
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
      assertEquals(8, requireNonNull(x.peekGradient()).mean().item());
      x.setGrad(null);
    }
    assertTrue(bytes < results + 100_000, bytes + " bytes");
  }
}
