package dev.facula.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.Autograd;
import dev.facula.AutogradException;
import dev.facula.DType;
import dev.facula.Functional;
import dev.facula.GradCheck;
import dev.facula.Reduction;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The loss of alignments; numbers are those of torch 2.13. */
class CTCLossTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static Tensor scores() {
    return Tensor.arange(24).to(DType.FLOAT64).reshape(4, 2, 3).mul(0.7).sin();
  }

  private static Tensor input() {
    return Functional.logSoftmax(scores(), -1);
  }

  private static Tensor longs(long... values) {
    return Tensor.of(values);
  }

  private static Tensor loss(Tensor x, Tensor targets, long[] steps, long[] labels, Reduction r) {
    return Functional.ctcLoss(x, targets, longs(steps), longs(labels), o -> o.reduction(r));
  }

  private static void near(Tensor actual, double... wanted) {
    assertArrayEquals(wanted, actual.reshape(-1).toDoubleArray(), 1e-12);
  }

  @Test
  void agreesWithPyTorch() {
    Tensor x = input();
    Tensor rows = longs(1, 2, 2, 2).reshape(2, 2);
    long[] all = {4, 4};
    long[] sizes = {2, 1};
    near(loss(x, rows, all, sizes, Reduction.MEAN), 1.3284968860804316);
    near(loss(x, rows, all, sizes, Reduction.SUM), 3.612788562315918);
    near(loss(x, rows, all, sizes, Reduction.NONE), 1.9115895803101095, 1.7011989820058084);
    Tensor joined = loss(x, longs(1, 2, 2), new long[] {4, 3}, sizes, Reduction.NONE);
    near(joined, 1.9115895803101095, 1.262605975235118);
    Tensor one =
        new CTCLoss(o -> o.blank(2)).forward(x.select(1, 0), longs(0, 1), longs(4), longs(2));
    near(one, 0.8676526222700627);
    assertEquals(0, one.dim());
  }

  @Test
  void gradientsAreThoseOfPyTorch() {
    Tensor x = input().requiresGrad_(true);
    Tensor rows = longs(1, 2, 2, 2).reshape(2, 2);
    loss(x, rows, new long[] {4, 3}, new long[] {2, 1}, Reduction.MEAN).backward();
    Tensor g = Objects.requireNonNull(x.grad());
    near(g.get(1, 0), 0.00016830562682196293, -0.054298912327135254, 0.054130606700313284);
    near(g.get(2, 1), -0.04048152306072206, 0.1412660715103991, -0.1007845484496771);
    near(g.get(3, 1), 0, 0, 0);
    Tensor s = scores().requiresGrad_(true);
    GradCheck.check(
        t ->
            List.of(
                loss(
                    Functional.logSoftmax(t.get(0), -1),
                    rows,
                    new long[] {4, 3},
                    new long[] {2, 1},
                    Reduction.NONE)),
        List.of(s));
    Tensor first = loss(x, rows, new long[] {4, 4}, new long[] {2, 2}, Reduction.SUM);
    Tensor dx = Autograd.grad(first, x);
    assertEquals(3, dx.dim());
    Tensor again = loss(x, rows, new long[] {4, 4}, new long[] {2, 2}, Reduction.SUM).square();
    assertThrows(AutogradException.class, () -> Autograd.grad(again, x, o -> o.createGraph(true)));
  }

  @Test
  void whatDoesNotFitIsInfiniteOrLeftOut() {
    Tensor x = input().requiresGrad_(true);
    Tensor rows = longs(2, 2, 1, 1).reshape(2, 2);
    near(
        loss(x, rows, new long[] {2, 3}, new long[] {2, 0}, Reduction.NONE),
        INF,
        3.5109827449878184);
    Tensor zero =
        Functional.ctcLoss(
            x, rows, longs(2, 3), longs(2, 0), o -> o.reduction(Reduction.NONE).zeroInfinity(true));
    near(zero, 0, 3.5109827449878184);
    zero.sum().backward();
    Tensor g = Objects.requireNonNull(x.grad());
    near(g.get(0, 0), 0, 0, 0);
    near(g.get(0, 1), -0.4699633460995398, 0.3125376512643101, 0.15742569483522947);
  }

  @Test
  void mistakesAreTold() {
    Tensor x = input();
    Tensor rows = longs(1, 2, 2, 2).reshape(2, 2);
    long[] two = {2, 2};
    Reduction mean = Reduction.MEAN;
    assertThrows(IllegalArgumentException.class, () -> loss(x, rows, new long[] {5, 4}, two, mean));
    assertThrows(ShapeException.class, () -> loss(x, rows, new long[] {4}, two, mean));
    assertThrows(ShapeException.class, () -> loss(x, rows, two, new long[] {3, 1}, mean));
    assertThrows(ShapeException.class, () -> loss(x, longs(1, 2), two, two, mean));
    assertThrows(
        IllegalArgumentException.class, () -> loss(x, rows.mul(0), new long[] {4, 4}, two, mean));
    assertThrows(ShapeException.class, () -> loss(x.flatten(), rows, two, two, mean));
    assertThrows(
        IllegalArgumentException.class,
        () -> Functional.ctcLoss(x, rows, longs(4, 4), longs(two), o -> o.blank(3)));
  }
}
