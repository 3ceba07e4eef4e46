package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is worked out in blocks has the bits of small pieces, which are not. */
class BlocksTest {
  private static final int COLUMNS = 301;

  /** Enough for several tasks, with a last block that is not full. */
  private static final int ROWS = 700;

  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS = new TreeMap<>();
  private static final Map<String, BinaryOperator<Tensor>> LOSSES = new TreeMap<>();

  static {
    FUNCTIONS.put("clamp", x -> x.clamp(-0.5, 1));
    FUNCTIONS.put("leakyRelu", Functional::leakyRelu);
    FUNCTIONS.put("elu", Functional::elu);
    FUNCTIONS.put("selu", Functional::selu);
    FUNCTIONS.put("gelu", x -> Functional.gelu(x, "tanh"));
    FUNCTIONS.put("softplus", Functional::softplus);
    FUNCTIONS.put("softplus, bent", x -> Functional.softplus(x, 2, 1));
    FUNCTIONS.put("mish", Functional::mish);
    FUNCTIONS.put("hardswish", Functional::hardswish);
    FUNCTIONS.put("hardsigmoid", Functional::hardsigmoid);
    FUNCTIONS.put("softshrink", x -> Functional.softshrink(x, 0.5));
    FUNCTIONS.put("hardshrink", x -> Functional.hardshrink(x, 0.5));
    FUNCTIONS.put("threshold", x -> Functional.threshold(x, 0.1, 3));
    FUNCTIONS.put("glu", x -> Functional.glu(x.narrow(1, 0, 300), 1));
    FUNCTIONS.put("rmsNorm", x -> Functional.rmsNorm(x, new int[] {COLUMNS}, null, null));

    LOSSES.put("mse", (x, t) -> Functional.mseLoss(x, t, o -> o.reduction(Reduction.NONE)));
    LOSSES.put("l1", (x, t) -> Functional.l1Loss(x, t, o -> o.reduction(Reduction.NONE)));
    LOSSES.put(
        "smoothL1",
        (x, t) -> Functional.smoothL1Loss(x, t, o -> o.reduction(Reduction.NONE).beta(0.7)));
    LOSSES.put(
        "huber", (x, t) -> Functional.huberLoss(x, t, o -> o.reduction(Reduction.NONE).delta(0.7)));
    LOSSES.put("klDiv", (x, t) -> Functional.klDiv(x, t.abs(), o -> o.reduction(Reduction.NONE)));
    LOSSES.put(
        "klDiv of logarithms",
        (x, t) -> Functional.klDiv(x, t, o -> o.reduction(Reduction.NONE).logTarget(true)));
    LOSSES.put(
        "binaryCrossEntropy",
        (x, t) ->
            Functional.binaryCrossEntropy(
                x.sigmoid(), t.sigmoid(), o -> o.reduction(Reduction.NONE)));
    LOSSES.put(
        "binaryCrossEntropyWithLogits",
        (x, t) -> Functional.binaryCrossEntropyWithLogits(x, t, o -> o.reduction(Reduction.NONE)));
    LOSSES.put("lerp", (x, t) -> x.lerp(t, 0.3));
    LOSSES.put("addcmul", (x, t) -> x.addcmul(x, t, 0.5));
    LOSSES.put("addcdiv", (x, t) -> x.addcdiv(x, t, 0.5));
  }

  @Test
  void functionsHaveTheBitsOfPieces() {
    FUNCTIONS.forEach((name, f) -> compare(name, (x, t) -> f.apply(x)));
  }

  @Test
  void lossesHaveTheBitsOfPieces() {
    LOSSES.forEach(BlocksTest::compare);
  }

  private static void compare(String name, BinaryOperator<Tensor> f) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Generator generator = new Generator(7);
      Tensor x = Tensor.randn(dtype, generator, ROWS, COLUMNS).mul(2);
      Tensor target = Tensor.randn(dtype, generator, ROWS, COLUMNS);
      compare(name, f, x, target);
      Tensor wide = Tensor.randn(dtype, generator, COLUMNS, ROWS).mul(2);
      compare(name + " of a transposed tensor", f, wide.t(), target);
    }
  }

  private static void compare(String name, BinaryOperator<Tensor> f, Tensor x, Tensor target) {
    Tensor whole = x.detach().requiresGrad_(true);
    Tensor y = f.apply(whole, target);
    Tensor weights = Tensor.randn(x.dtype(), new Generator(3), y.shape());
    y.backward(weights);
    Tensor gradient = whole.grad();
    List<Tensor> values = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    for (int from = 0; from < ROWS; from += 10) {
      Tensor piece = x.narrow(0, from, 10).clone().requiresGrad_(true);
      Tensor part = f.apply(piece, target.narrow(0, from, 10));
      part.backward(weights.narrow(0, from, 10));
      values.add(part.detach());
      gradients.add(piece.grad());
    }
    assertArrayEquals(
        Tensor.cat(values, 0).toDoubleArray(), y.detach().toDoubleArray(), name + ": values");
    assertArrayEquals(
        Tensor.cat(gradients, 0).toDoubleArray(), gradient.toDoubleArray(), name + ": gradient");
    assertArrayEquals(
        y.detach().toDoubleArray(),
        f.apply(x.detach(), target).toDoubleArray(),
        name + ": values without a graph");
  }

  @Test
  void theGradientOfAMeanIsNotWrittenOut() {
    Tensor x = Tensor.randn(new Generator(1), ROWS, COLUMNS).requiresGrad_(true);
    Tensor target = Tensor.randn(new Generator(2), ROWS, COLUMNS);
    Functional.mseLoss(x, target).backward();
    double[] expected = x.detach().sub(target).mul(2.0 / (ROWS * COLUMNS)).toDoubleArray();
    assertArrayEquals(expected, x.grad().toDoubleArray(), 1e-10);
  }

  @Test
  void secondDerivativesSeeTheWhole() {
    Tensor x = Tensor.randn(new Generator(1), ROWS, COLUMNS).requiresGrad_(true);
    Tensor weight = Tensor.randn(new Generator(2), COLUMNS).requiresGrad_(true);
    Tensor y = Functional.rmsNorm(Functional.mish(x), new int[] {COLUMNS}, weight, null);
    Tensor first = Autograd.grad(y.square().sum(), x, o -> o.createGraph(true));
    Tensor second = Autograd.grad(first.square().sum(), x);
    Tensor piece = x.detach().narrow(0, 690, 10).clone().requiresGrad_(true);
    Tensor z = Functional.rmsNorm(Functional.mish(piece), new int[] {COLUMNS}, weight, null);
    Tensor same = Autograd.grad(z.square().sum(), piece, o -> o.createGraph(true));
    Tensor expected = Autograd.grad(same.square().sum(), piece);
    assertArrayEquals(expected.toDoubleArray(), second.narrow(0, 690, 10).toDoubleArray(), 1e-4);
  }

  @Test
  void theMemoryOfStepsGoesRound() {
    Tensor x = Tensor.randn(new Generator(1), ROWS, COLUMNS);
    Tensor first = Functional.mish(x);
    double[] before = first.toDoubleArray();
    Tensor second = Functional.mish(x.mul(-1));
    assertArrayEquals(before, first.toDoubleArray());
    assertEquals(Functional.mish(x.mul(-1)).sum().item(), second.sum().item());
  }

  @Test
  void inPlaceIsTheSameAsBeside() {
    Tensor x = Tensor.randn(new Generator(1), ROWS, COLUMNS);
    Tensor y = Tensor.randn(new Generator(2), ROWS, COLUMNS);
    same(x.lerp(y, 0.2), x.clone().lerp_(y, 0.2));
    same(x.lerp(y, y), x.clone().lerp_(y, y));
    same(x.addcmul(y, y, 0.2), x.clone().addcmul_(y, y, 0.2));
    same(x.addcdiv(y, y, 0.2), x.clone().addcdiv_(y, y, 0.2));
    same(x.add(y, 0.2), x.clone().add_(y, 0.2));
    same(x.sub(y, 0.2), x.clone().sub_(y, 0.2));
    same(x.clamp(-1, 1), x.clone().clamp_(-1, 1));
    same(x.pow(3), x.clone().pow_(3));
    same(Tensor.full(DType.FLOAT32, 3, ROWS, COLUMNS), x.clone().fill_(3));
  }

  @Test
  void inPlaceReadsItselfAtOtherPlacesBefore() {
    Tensor x = Tensor.randn(new Generator(1), ROWS + 1, COLUMNS);
    Tensor row = x.narrow(0, 0, 1).expand(ROWS + 1, COLUMNS);
    Tensor expected = x.add(row, 0.5);
    same(expected, x.add_(row, 0.5));
    Tensor y = Tensor.randn(new Generator(2), ROWS, COLUMNS);
    Tensor twice = y.add(y, 0.5);
    same(twice, y.add_(y, 0.5));
  }

  @Test
  void inPlaceIsCounted() {
    Tensor x = Tensor.randn(new Generator(1), ROWS, COLUMNS);
    Tensor w = Tensor.scalar(2).requiresGrad_(true);
    Tensor product = x.mul(w);
    x.clamp_(-1, 1);
    assertThrows(AutogradException.class, product.sum()::backward);
    Tensor leaf = x.clone().requiresGrad_(true);
    assertThrows(AutogradException.class, () -> leaf.lerp_(x, 0.1));
    assertThrows(AutogradException.class, () -> leaf.fill_(1));
  }

  private static void same(Tensor expected, Tensor actual) {
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray());
  }
}
