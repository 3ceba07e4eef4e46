package dev.facula.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Autograd;
import dev.facula.DType;
import dev.facula.DTypeException;
import dev.facula.Functional;
import dev.facula.Generator;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** What the recorded cases leave out: second derivatives, edges, messages. */
final class LossTest {
  private static final double STEP = 1e-6;

  private static Tensor randn(long seed, int... shape) {
    return Tensor.randn(new Generator(seed), shape).to(DType.FLOAT64);
  }

  private static Tensor leaf(long seed, int... shape) {
    return randn(seed, shape).detach().requiresGrad_(true);
  }

  /** The cross entropy in separate operations. */
  private static Tensor plain(Tensor x, Tensor target, Reduction reduction) {
    return Functional.nllLoss(x.logSoftmax(1), target, o -> o.reduction(reduction));
  }

  private static Tensor crossEntropy(Tensor x, Tensor target, Reduction reduction) {
    return Functional.crossEntropy(x, target, o -> o.reduction(reduction));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "BATCHMEAN")
  void crossEntropyInOnePassIsThatInSteps(Reduction reduction) {
    Tensor target = Tensor.of(new long[] {2, -100, 0, 4, 1, 1});
    Tensor a = leaf(1, 6, 5);
    Tensor b = a.detach().clone().requiresGrad_(true);
    Tensor one = crossEntropy(a, target, reduction);
    Tensor other = plain(b, target, reduction);
    assertArrayEquals(other.toDoubleArray(), one.toDoubleArray(), 1e-12);
    Tensor weights = reduction == Reduction.NONE ? randn(2, 6) : Tensor.scalar(DType.FLOAT64, 3);
    Tensor ga = first(one.mul(weights).sum(), a);
    Tensor gb = first(other.mul(weights).sum(), b);
    assertArrayEquals(gb.toDoubleArray(), ga.toDoubleArray(), 1e-12);
    Tensor direction = randn(3, 6, 5);
    assertArrayEquals(
        Autograd.grad(gb.mul(direction).sum(), b).toDoubleArray(),
        Autograd.grad(ga.mul(direction).sum(), a).toDoubleArray(),
        1e-12);
  }

  private static Tensor first(Tensor y, Tensor x) {
    return Autograd.grad(y, x, o -> o.createGraph(true));
  }

  @Test
  void crossEntropyWithoutAGraphTakesTheFusedWayBack() {
    Tensor target = Tensor.of(new long[] {2, -100, 0});
    Tensor a = leaf(4, 5, 3).t().detach().requiresGrad_(true);
    assertFalse(a.isContiguous());
    Tensor b = a.detach().clone().requiresGrad_(true);
    crossEntropy(a, target, Reduction.MEAN).backward();
    plain(b, target, Reduction.MEAN).backward();
    assertArrayEquals(b.grad().toDoubleArray(), a.grad().toDoubleArray(), 1e-12);
  }

  @Test
  void crossEntropyAtTheEdges() {
    Tensor one = Tensor.scalar(DType.INT64, 1);
    Tensor large = Tensor.of(new float[] {1000, 0, -1000}).requiresGrad_(true);
    Tensor loss = Functional.crossEntropy(large, one);
    assertEquals(1000, loss.item());
    loss.backward();
    assertArrayEquals(new float[] {1, -1, 0}, large.grad().toFloatArray());
    float inf = Float.POSITIVE_INFINITY;
    assertEquals(inf, Functional.crossEntropy(Tensor.of(new float[] {0, -inf}), one).item());
    assertEquals(0, Functional.crossEntropy(Tensor.of(new float[] {-inf, 0}), one).item());
    assertTrue(
        Double.isNaN(Functional.crossEntropy(Tensor.of(new float[] {0, Float.NaN}), one).item()));
    Tensor none = Tensor.zeros(0, 3).requiresGrad_(true);
    Tensor nothing = Functional.crossEntropy(none, Tensor.zeros(DType.INT64, 0));
    assertTrue(Double.isNaN(nothing.item()));
    nothing.backward();
    assertArrayEquals(new int[] {0, 3}, none.grad().shape());
  }

  private record Case(String name, UnaryOperator<Tensor> loss, int[] shape) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case elementwise(String name, UnaryOperator<Tensor> loss) {
    return new Case(name, loss, new int[] {4, 3});
  }

  static Stream<Case> cases() {
    Tensor t = randn(20, 4, 3);
    Tensor p = t.sigmoid();
    Tensor signs = t.gt(0).to(DType.FLOAT64).mul(2).sub(1);
    Tensor classes = Tensor.of(new long[] {0, 2, 1, 1});
    Tensor weight = Tensor.of(new double[] {0.5, 1, 2});
    Reduction mean = Reduction.MEAN;
    return Stream.of(
        elementwise("mse", x -> new MSELoss().forward(x, t)),
        elementwise("l1", x -> new L1Loss().forward(x, t)),
        elementwise("smoothL1", x -> new SmoothL1Loss(o -> o.beta(0.7)).forward(x, t)),
        elementwise("huber", x -> new HuberLoss(o -> o.delta(0.8)).forward(x, t)),
        elementwise("bce", x -> new BCELoss(o -> o.weight(weight)).forward(x.sigmoid(), p)),
        elementwise("bce by target", x -> new BCELoss().forward(p, x.sigmoid())),
        elementwise(
            "bceWithLogits", x -> new BCEWithLogitsLoss(o -> o.posWeight(weight)).forward(x, p)),
        elementwise(
            "klDiv", x -> new KLDivLoss(o -> o.reduction(Reduction.BATCHMEAN)).forward(x, p)),
        elementwise("klDiv by target", x -> new KLDivLoss().forward(t, x.exp())),
        elementwise("klDiv of logs", x -> new KLDivLoss(o -> o.logTarget(true)).forward(t, x)),
        elementwise(
            "crossEntropy, smoothed and weighted",
            x ->
                new CrossEntropyLoss(o -> o.weight(weight).labelSmoothing(0.2))
                    .forward(x, classes)),
        elementwise(
            "crossEntropy of probabilities", x -> new CrossEntropyLoss().forward(x, t.softmax(1))),
        elementwise("crossEntropy by target", x -> new CrossEntropyLoss().forward(t, x.sigmoid())),
        elementwise("nll", x -> new NLLLoss(o -> o.weight(weight)).forward(x, classes)),
        elementwise("poisson", x -> new PoissonNLLLoss(o -> o.full(true)).forward(x, p.mul(4))),
        elementwise("gaussian", x -> new GaussianNLLLoss().forward(x, t, p)),
        elementwise("gaussian by var", x -> new GaussianNLLLoss().forward(t, p, x.exp())),
        elementwise("hinge", x -> new HingeEmbeddingLoss().forward(x, signs)),
        elementwise("softMargin", x -> new SoftMarginLoss().forward(x, signs)),
        elementwise("ranking", x -> new MarginRankingLoss().forward(x, t, signs)),
        elementwise(
            "cosine",
            x ->
                new CosineEmbeddingLoss(o -> o.margin(-0.2))
                    .forward(x, t, Tensor.of(new double[] {1, -1, 1, -1}))),
        elementwise("triplet", x -> new TripletMarginLoss(o -> o.swap(true)).forward(x, t, p)),
        elementwise(
            "triplet with distance",
            x ->
                new TripletMarginWithDistanceLoss(
                        o -> o.distanceFunction((a, b) -> a.sub(b).abs().sum(1)).swap(true))
                    .forward(x, t, p)),
        elementwise(
            "linearCrossEntropy",
            x ->
                Functional.linearCrossEntropy(
                    x,
                    randn(23, 3, 3),
                    classes,
                    o -> o.weight(weight).ignoreIndex(1).reduction(mean).labelSmoothing(0.1))),
        elementwise("triplet, p 3", x -> new TripletMarginLoss(o -> o.p(3)).forward(t, x, p)),
        elementwise("multiMargin", x -> new MultiMarginLoss(o -> o.p(2)).forward(x, classes)),
        elementwise(
            "multiLabelMargin",
            x ->
                new MultiLabelMarginLoss()
                    .forward(
                        x, Tensor.of(new long[] {0, -1, 1, 2, 1, -1, -1, 0, 0, 1, 2, 0}, 4, 3))),
        elementwise(
            "multiLabelSoftMargin",
            x -> new MultiLabelSoftMarginLoss().forward(x, t.gt(0).to(t.dtype()))),
        elementwise(
            "cosineSimilarity", x -> Functional.cosineSimilarity(x, t, 1, 1e-8).square().sum()),
        new Case(
            "crossEntropy of images",
            x ->
                Functional.crossEntropy(
                    x,
                    Tensor.of(new long[] {0, 1, -100, 1}, 2, 2),
                    o -> o.reduction(mean).labelSmoothing(0.1)),
            new int[] {2, 2, 2}));
  }

  /** First and second derivatives against differences. */
  @ParameterizedTest
  @MethodSource("cases")
  void differentiates(Case c) {
    Tensor x = leaf(21, c.shape);
    Tensor direction = randn(22, c.shape);
    Tensor slope = first(c.loss.apply(x), x);
    double up = c.loss.apply(x.detach().add(direction.mul(STEP))).item();
    double down = c.loss.apply(x.detach().sub(direction.mul(STEP))).item();
    assertEquals((up - down) / (2 * STEP), slope.mul(direction).sum().item(), 1e-7);
    if (slope.requiresGrad()) {
      Tensor along = slope.mul(direction).sum();
      double second = Autograd.grad(along, x).mul(direction).sum().item();
      double above = slopeAlong(c, x.detach().add(direction.mul(STEP)), direction);
      double below = slopeAlong(c, x.detach().sub(direction.mul(STEP)), direction);
      assertEquals((above - below) / (2 * STEP), second, 1e-6);
    }
  }

  private static double slopeAlong(Case c, Tensor at, Tensor direction) {
    Tensor x = at.detach().requiresGrad_(true);
    return Autograd.grad(c.loss.apply(x), x).mul(direction).sum().item();
  }

  @Test
  void binaryCrossEntropyIsFiniteAtZeroAndOne() {
    Tensor x = Tensor.of(new float[] {0, 1, 0, 1}).requiresGrad_(true);
    Tensor t = Tensor.of(new float[] {0, 1, 1, 0});
    Tensor loss = Functional.binaryCrossEntropy(x, t, o -> o.reduction(Reduction.NONE));
    assertArrayEquals(new float[] {0, 0, 100, 100}, loss.toFloatArray(), 1e-9f);
    loss.sum().backward();
    assertArrayEquals(new float[] {0, 0, -1e12f, 1e12f}, x.grad().toFloatArray(), 1e-9f);
    Tensor logits = Tensor.of(new float[] {1000, -1000}).requiresGrad_(true);
    Tensor large =
        Functional.binaryCrossEntropyWithLogits(
            logits, Tensor.of(new float[] {0, 1}), o -> o.reduction(Reduction.NONE));
    assertArrayEquals(new float[] {1000, 1000}, large.toFloatArray());
    large.sum().backward();
    assertArrayEquals(new float[] {1, -1}, logits.grad().toFloatArray());
  }

  @Test
  void reducesAsTold() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Tensor t = Tensor.zeros(2, 2);
    assertEquals(7.5, new MSELoss().forward(x, t).item());
    assertEquals(30, new MSELoss(o -> o.reduction(Reduction.SUM)).forward(x, t).item());
    assertArrayEquals(
        new float[] {1, 4, 9, 16},
        new MSELoss(o -> o.reduction(Reduction.NONE)).forward(x, t).toFloatArray());
    Tensor log = x.logSoftmax(1);
    var batchMean = new KLDivLoss(o -> o.reduction(Reduction.BATCHMEAN));
    var sum = new KLDivLoss(o -> o.reduction(Reduction.SUM));
    Tensor uniform = Tensor.full(DType.FLOAT32, 0.5, 2, 2);
    assertEquals(
        sum.forward(log, uniform).item() / 2, batchMean.forward(log, uniform).item(), 1e-7);
  }

  @Test
  void broadcastsWhereThatIsDefined() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    assertEquals(7.5, Functional.mseLoss(x, Tensor.scalar(0)).item());
    assertMessage("l1Loss: shapes [2, 2] and [3]", () -> Functional.l1Loss(x, Tensor.zeros(3)));
  }

  @Test
  void weightsAreBuffers() {
    var loss = new CrossEntropyLoss(o -> o.weight(Tensor.ones(3)));
    assertEquals(Set.of("weight"), loss.stateDict().keySet());
    assertTrue(loss.parameters().isEmpty());
    var binary = new BCEWithLogitsLoss(o -> o.posWeight(Tensor.ones(3)).weight(Tensor.ones(1)));
    assertEquals(List.of("weight", "pos_weight"), List.copyOf(binary.stateDict().keySet()));
    assertTrue(new CrossEntropyLoss().stateDict().isEmpty());
  }

  @Test
  void saysWhatIsWrong() {
    Tensor x = Tensor.zeros(4, 3);
    Tensor t = Tensor.zeros(DType.INT64, 4);
    assertMessage(
        "crossEntropy: for an input [4, 3] the target must have shape [4], was [5]",
        () -> Functional.crossEntropy(x, Tensor.zeros(DType.INT64, 5)));
    assertMessage(
        "crossEntropy: target 3 is out of range for 3 classes",
        () -> Functional.crossEntropy(x, t.add(3)));
    assertMessage(
        "nllLoss: target -1 is out of range for 3 classes", () -> Functional.nllLoss(x, t.sub(1)));
    assertMessage(
        "class indices as int64, int32 or uint8, was bool",
        () -> Functional.crossEntropy(x, t.to(DType.BOOL)));
    assertMessage(
        "class probabilities [4] must have the input's shape [4, 3]",
        () -> Functional.crossEntropy(x, Tensor.zeros(4)));
    assertMessage(
        "labelSmoothing must be between 0 and 1, was 1.5",
        () -> new CrossEntropyLoss(o -> o.labelSmoothing(1.5)));
    assertMessage(
        "one element a class, [3], was [2]",
        () -> new CrossEntropyLoss(o -> o.weight(Tensor.ones(2))).forward(x, t));
    assertMessage(
        "binaryCrossEntropy: all elements of the input must be between 0 and 1, one is 2.0",
        () -> Functional.binaryCrossEntropy(Tensor.scalar(2), Tensor.scalar(1)));
    assertMessage(
        "binaryCrossEntropyWithLogits: the target's shape [3] is not that of the input [4, 3]",
        () -> Functional.binaryCrossEntropyWithLogits(x, Tensor.zeros(3)));
    assertMessage(
        "BATCHMEAN is for klDiv only",
        () -> Functional.mseLoss(x, x, o -> o.reduction(Reduction.BATCHMEAN)));
    assertMessage(
        "delta must be greater than 0, was 0.0", () -> Functional.huberLoss(x, x, o -> o.delta(0)));
    assertMessage(
        "margin must be greater than 0, was 0.0",
        () -> new TripletMarginLoss(o -> o.margin(0)).forward(x, x, x));
  }

  private static Stream<BinaryOperator<Tensor>> ofClasses() {
    Tensor weight = Tensor.of(new double[] {1, 2, 0.5, 3}, 4);
    return Stream.of(
        Functional::crossEntropy,
        (x, t) ->
            Functional.crossEntropy(
                x,
                t,
                o -> o.weight(weight).ignoreIndex(1).reduction(Reduction.NONE).labelSmoothing(0.1)),
        Functional::nllLoss,
        (x, t) ->
            Functional.nllLoss(x, t, o -> o.weight(weight).ignoreIndex(1).reduction(Reduction.SUM)),
        (x, t) -> Functional.multiMarginLoss(x, t, o -> o.p(1).margin(1).weight(weight)),
        (x, t) ->
            Functional.multiMarginLoss(x, t, o -> o.p(2).margin(0.5).reduction(Reduction.NONE)),
        (x, t) -> Functional.linearCrossEntropy(x, randn(9, 6, 4), t),
        (x, t) -> new CrossEntropyLoss().forward(x, t),
        (x, t) -> new NLLLoss().forward(x, t),
        (x, t) -> new MultiMarginLoss().forward(x, t),
        (x, t) -> x.mul(t.oneHot(4)),
        (x, t) -> Functional.embedding(t, x),
        (x, t) -> x.gather(1, t.unsqueeze(1)),
        (x, t) -> x.indexSelect(1, t));
  }

  /** Classes of two sorts of integers: the same bits. */
  @ParameterizedTest
  @MethodSource("ofClasses")
  void classesMayBeInt32(BinaryOperator<Tensor> loss) {
    Tensor wide = Tensor.of(new long[] {1, 9, 0, 9, 3, 9, 2, 9}, 4, 2).select(1, 0);
    Tensor narrow = Tensor.of(new int[] {1, 9, 0, 9, 3, 9, 2, 9}, 4, 2).select(1, 0);
    Tensor a = leaf(1, 4, 4);
    Tensor b = leaf(1, 4, 4);
    Tensor expected = loss.apply(a, wide);
    Tensor y = loss.apply(b, narrow);
    assertArrayEquals(expected.toDoubleArray(), y.toDoubleArray());
    expected.sum().backward();
    y.sum().backward();
    assertArrayEquals(a.grad().toDoubleArray(), b.grad().toDoubleArray());
  }

  @Test
  void classesOfOtherShapesMayBeInt32() {
    Tensor labels = Tensor.of(new long[] {1, 0, -1, -1, 2, -1, 0, 0}, 2, 4);
    Tensor x = randn(1, 2, 4);
    assertEquals(
        Functional.multilabelMarginLoss(x, labels).item(),
        Functional.multilabelMarginLoss(x, labels.to(DType.INT32)).item());
    assertEquals(
        Functional.crossEntropy(randn(2, 4), Tensor.scalar(DType.INT64, 2)).item(),
        Functional.crossEntropy(randn(2, 4), Tensor.scalar(DType.INT32, 2)).item());
    Tensor image = randn(3, 2, 4, 3, 3);
    Tensor classes = Tensor.arange(18).remainder(4).to(DType.INT64).view(2, 3, 3);
    assertEquals(
        Functional.crossEntropy(image, classes).item(),
        Functional.crossEntropy(image, classes.to(DType.INT32)).item());
    Tensor none = Tensor.zeros(DType.INT32, 0);
    assertEquals(
        0,
        Functional.crossEntropy(Tensor.zeros(0, 4), none, o -> o.reduction(Reduction.SUM)).item());
    assertArrayEquals(new int[] {0, 4}, none.oneHot(4).shape());
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void binaryCrossEntropyWantsProbabilitiesOfOneType() {
    Tensor p = Tensor.of(new float[] {0.3f, 0.6f}, 2);
    for (DType dtype : List.of(DType.INT64, DType.INT32, DType.UINT8, DType.BOOL)) {
      Tensor target = Tensor.of(new long[] {0, 1}, 2).to(dtype);
      var loss = new BCELoss();
      var e = assertThrows(DTypeException.class, () -> loss.forward(p, target));
      assertTrue(e.getMessage().contains("the target is " + dtype + ", the input float32"));
      assertThrows(DTypeException.class, () -> loss.forward(target, p));
      var logits = new BCEWithLogitsLoss();
      assertThrows(DTypeException.class, () -> logits.forward(p, target));
      assertThrows(DTypeException.class, () -> logits.forward(target, p));
      assertThrows(DTypeException.class, () -> new KLDivLoss().forward(p, target));
    }
    Tensor wide = p.to(DType.FLOAT64);
    assertThrows(DTypeException.class, () -> Functional.binaryCrossEntropy(p, wide));
    for (float outside : new float[] {-0.1f, 1.1f, Float.NaN}) {
      Tensor target = Tensor.of(new float[] {0, outside}, 2);
      var e =
          assertThrows(
              IllegalArgumentException.class, () -> Functional.binaryCrossEntropy(p, target));
      assertTrue(e.getMessage().contains("elements of the target"), e.getMessage());
    }
    // weights may be integers
    Tensor target = Tensor.of(new float[] {0, 1}, 2);
    Tensor weight = Tensor.of(new long[] {2, 1}, 2);
    assertEquals(
        0.6120877f, Functional.binaryCrossEntropy(p, target, o -> o.weight(weight)).item(), 1e-6);
  }
}
