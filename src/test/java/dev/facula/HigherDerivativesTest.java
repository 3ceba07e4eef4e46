package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Second and third derivatives: zeros of what is made of linear pieces, and those of sinc. */
class HigherDerivativesTest {
  /** Functions that are linear in pieces, by the names of {@link NamedFunctions}. */
  private static final List<String> PIECEWISE =
      names(
          """
          neg, abs, sign, sgn, floor, ceil, round, trunc, frac, relu, relu6, hardtanh -1 1, deg2rad,
          rad2deg, nan_to_num, clamp -1 1, clamp - 1, clamp -1 -, hardsigmoid, hardshrink 0.5,
          softshrink 0.5, threshold 1 -2, leakyRelu 0.1, fmod 2, remainder 2, max, min, amax, amin,
          median, nanmedian, max 0, min 0, amax 0, amin 0, median 0, nanmedian 0, sum, mean, nansum,
          nanmean, cummax, cummin, cumsum, norm 1, norm inf, norm -inf, norm 0 inf, pdist 1,
          pdist inf\
          """);

  private static final List<String> PIECEWISE_IN_TWO =
      names(
          """
          add, sub, maximum, minimum, fmax, fmin, lerp 0.3, clampMin, clampMax, l1 sum,
          smoothL1 0 mean, cdist 1, cdist 0, cdist inf\
          """);

  private static List<String> names(String list) {
    return List.of(list.split(",\\s+"));
  }

  private static Tensor x() {
    return Tensor.of(new double[] {-2.5, -1, -0.25, 0, 0.25, 1, 2.5, 1}, 4, 2).requiresGrad_(true);
  }

  private interface Function {
    Tensor of(Tensor... x);
  }

  /** Appends what is not zero among the second and third derivatives by all operands. */
  private static void vanish(String what, Function f, List<String> wrong, Tensor... x) {
    try {
      Tensor[] y = x;
      Tensor sum = f.of(x).sum();
      for (int order = 1; order <= 3; order++) {
        List<Tensor> gradients =
            Autograd.grad(List.of(sum), List.of(y), null, o -> o.createGraph(true));
        sum = Tensor.zeros(DType.FLOAT64);
        for (Tensor g : gradients) {
          if (order > 1 && g.ne(0).any().item() != 0) {
            wrong.add(what + ": derivative of order " + order + ": " + g);
          }
          sum = sum.add(g.sum());
        }
      }
    } catch (AutogradException e) {
      wrong.add(what + ": " + e.getMessage());
    }
  }

  /** The same of the second derivative where the first depends on another leaf, but not on x. */
  private static void vanishTimesAnother(String what, Function f, List<String> wrong, Tensor x) {
    Tensor w = Tensor.scalar(DType.FLOAT64, 2).requiresGrad_(true);
    try {
      Tensor g = Autograd.grad(f.of(x).mul(w).sum(), x, o -> o.createGraph(true));
      Tensor second = Autograd.grad(g.sum(), x);
      if (second.ne(0).any().item() != 0) {
        wrong.add(what + ": " + second);
      }
    } catch (AutogradException e) {
      wrong.add(what + ": " + e.getMessage());
    }
  }

  @Test
  void ofLinearPiecesAreZero() {
    List<String> wrong = new ArrayList<>();
    for (String name : PIECEWISE) {
      vanish(name, x -> NamedFunctions.apply(name, x), wrong, x());
    }
    for (String name : PIECEWISE_IN_TWO) {
      Tensor y = x().detach().flip(0).requiresGrad_(true);
      vanish(name, x -> NamedFunctions.apply(name, x), wrong, x(), y);
    }
    Tensor target = Tensor.ones(DType.FLOAT64, 4, 2);
    vanish(
        "marginRanking",
        x ->
            Functional.marginRankingLoss(
                x[0], x[1], target, o -> o.margin(1).reduction(Reduction.SUM)),
        wrong,
        x(),
        x());
    vanish(
        "hingeEmbedding",
        x -> Functional.hingeEmbeddingLoss(x[0], target, o -> o.margin(1).reduction(Reduction.SUM)),
        wrong,
        x());
    Tensor classes = Tensor.of(new long[] {0, 1, 1, 0}, 4);
    vanish(
        "multiMargin",
        x ->
            Functional.multiMarginLoss(
                x[0], classes, o -> o.p(1).margin(1).reduction(Reduction.SUM)),
        wrong,
        x());
    vanish("nll", x -> Functional.nllLoss(x[0], classes), wrong, x());
    vanish("maxPool2d", x -> Functional.maxPool2d(x[0].view(1, 1, 4, 2), 2), wrong, x());
    vanish("avgPool2d", x -> Functional.avgPool2d(x[0].view(1, 1, 4, 2), 2), wrong, x());
    vanish("prelu", x -> Functional.prelu(x[0], Tensor.scalar(DType.FLOAT64, 0.25)), wrong, x());
    vanish("where", x -> Tensor.where(x[0].gt(0), x[0], x[0].mul(3)), wrong, x());
    vanish("sort", x -> x[0].sort(0, true).values(), wrong, x());
    vanish("topk", x -> x[0].topk(2, 0).values(), wrong, x());
    vanish("kthvalue", x -> x[0].kthvalue(2, 0, false).values(), wrong, x());
    vanish(
        "quantile",
        x -> x[0].quantile(Tensor.scalar(DType.FLOAT64, 0.3), null, false, "linear"),
        wrong,
        x());
    vanish("views", x -> x[0].t().reshape(-1).narrow(0, 1, 3), wrong, x());
    vanish(
        "interpolate", x -> Functional.interpolate(x[0].view(1, 4, 2), o -> o.size(3)), wrong, x());
    assertEquals(0, wrong.size(), String.join("\n", wrong));
  }

  @Test
  void ofLinearPiecesAreZeroWhereTheGradientDependsOnSomethingElse() {
    List<String> wrong = new ArrayList<>();
    for (String name : PIECEWISE) {
      vanishTimesAnother(name, x -> NamedFunctions.apply(name, x), wrong, x());
    }
    for (String name :
        List.of("maximum", "minimum", "fmax", "fmin", "clampMin", "clampMax", "prelu")) {
      Tensor y = name.equals("prelu") ? Tensor.scalar(DType.FLOAT64, 0.25) : x().detach().flip(0);
      vanishTimesAnother(name, x -> NamedFunctions.apply(name, x[0], y), wrong, x());
    }
    assertEquals(0, wrong.size(), String.join("\n", wrong));
  }

  /** A gradient in a leaf does not depend on it, but may be differentiated as if. */
  @Test
  void ofAGradientThatALeafHolds() {
    Tensor x = x();
    x.relu().sum().backward(Tensor.scalar(DType.FLOAT64, 1), o -> o.createGraph(true));
    Tensor g = requireNonNull(x.grad());
    assertEquals(0, Autograd.grad(g.sum(), x, o -> o.createGraph(true)).abs().sum().item());
    Tensor y = x();
    y.floor().sum().backward(Tensor.scalar(DType.FLOAT64, 1), o -> o.createGraph(true));
    requireNonNull(y.grad()).sum().backward();
  }

  /** Where nothing says that it is zero, a missing path stays an error. */
  @Test
  void ofWhatWasNotAskedForStayAnError() {
    Tensor x = x();
    Tensor w = x();
    Tensor g = Autograd.grad(x.mul(w).sum(), x, o -> o.createGraph(true));
    assertThrows(AutogradException.class, () -> Autograd.grad(g.sum(), x()));
    Tensor plain = Autograd.grad(x.relu().sum(), x);
    assertFalse(plain.requiresGrad());
    assertThrows(AutogradException.class, () -> Autograd.grad(plain.sum(), x));
  }

  /** Places and the first three derivatives there, to all digits. */
  private static final double[][] SINC = {
    {0, 0.0, -3.289868133696453, 0.0},
    {1e-300, -3.289868133696453e-300, -3.289868133696453, 1.9481818206800488e-299},
    {1e-8, -3.2898681336964526e-08, -3.289868133696452, 1.9481818206800485e-07},
    {-1e-8, 3.2898681336964526e-08, -3.289868133696452, -1.9481818206800485e-07},
    {1e-4, -0.0003289868101226756, -3.2898680362873622, 0.00194818179778983},
    {-0.01, 0.0328954344817124, -3.2888941000101957, -0.19479529272766102},
    {0.25, -0.7728381398822342, -2.703060757258859, 4.52127228855079},
    {0.3125, -0.932344830348063, -2.3918373279894514, 5.415211414540311},
    {0.625, -1.3651382632176192, -0.27548260112670797, 7.365411026679353},
    {0.75, -1.3429496265407772, 0.619277045336495, 6.828044084839193},
    {1.3125, -0.2696538750438018, 2.401102152975568, -1.3105127939064365},
    {-1.5, -0.14147106052612918, 1.90576702169169, 3.81153404338338},
    {2.25, 0.2698096155319418, -1.2271380889524741, -1.4655333034584255},
    {40.625, -0.009598087985184097, -0.07097247941339231, 0.09821172988392982},
  };

  @Test
  void ofSincAreAccurate() {
    for (double[] row : SINC) {
      for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
        boolean single = dtype == DType.FLOAT32;
        Tensor x = Tensor.scalar(dtype, row[0]).requiresGrad_(true);
        if (x.item() != row[0] && Math.abs(row[0]) < 1e-30) {
          continue; // underflows
        }
        Tensor y = x.sinc();
        for (int order = 1; order <= 3; order++) {
          y = Autograd.grad(y, x, o -> o.createGraph(true));
          double tolerance = Math.abs(row[order]) * (single ? 1e-6 : 1e-14);
          String what = dtype + " order " + order + " at " + row[0];
          assertEquals(row[order], y.item(), tolerance, what);
        }
      }
    }
  }
}
