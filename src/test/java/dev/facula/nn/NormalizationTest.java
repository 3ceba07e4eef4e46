package dev.facula.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Autograd;
import dev.facula.DType;
import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  /** A pass that ends in leaves may overwrite gradients on its way, one for chosen inputs not. */
  @Test
  void theGradientMayTakeTheMemoryOfTheOneBefore() {
    for (Module layer : List.of(new BatchNorm2d(3), new LayerNorm(new int[] {3, 4, 5}))) {
      Tensor x = Tensor.randn(2, 3, 4, 5).requiresGrad_(true);
      Tensor weights = Tensor.randn(2, 3, 4, 5);
      Tensor gamma = layer.namedParameters().get("weight");
      gamma.setGrad(null);
      Supplier<Tensor> loss = () -> layer.forward(x.mul(2)).mul(weights).sum();
      List<Tensor> apart = Autograd.grad(List.of(loss.get()), List.of(x, gamma));
      loss.get().backward();
      assertArrayEquals(apart.get(0).toFloatArray(), requireNonNull(x.grad()).toFloatArray());
      assertArrayEquals(apart.get(1).toFloatArray(), requireNonNull(gamma.grad()).toFloatArray());
    }
  }

  @Test
  void derivativesOfBatchNorm() {
    Tensor mean = Tensor.of(new double[] {0.1, -0.2, 0.3});
    Tensor var = Tensor.of(new double[] {1.5, 0.5, 2});
    for (boolean training : new boolean[] {true, false}) {
      Gradients.check(
          in ->
              Functional.batchNorm(
                  in.get(0), mean.clone(), var.clone(), in.get(1), in.get(2), training, 0.1, 1e-5),
          Gradients.random(1, 4, 3, 2),
          Gradients.random(2, 3),
          Gradients.random(3, 3));
    }
    Gradients.check(
        in -> Functional.batchNorm(in.get(0), null, null, null, null, true, 0.1, 1e-5),
        Gradients.random(4, 5, 2));
    Gradients.check(
        in -> Functional.batchNorm(in.get(0), null, null, null, in.get(1), true, 0.1, 1e-5),
        Gradients.random(5, 5, 2),
        Gradients.random(6, 2));
  }

  @Test
  void derivativesOfTheOthers() {
    int[][] shapes = {{4}, {3, 4}, {2, 3, 4}};
    for (int[] shape : shapes) {
      Gradients.check(
          in -> Functional.layerNorm(in.get(0), shape, in.get(1), in.get(2), 1e-5),
          Gradients.random(1, 2, 3, 4),
          Gradients.random(2, shape),
          Gradients.random(3, shape));
    }
    Gradients.check(
        in -> Functional.layerNorm(in.get(0), new int[] {3}, null, null, 1e-5),
        Gradients.random(4, 2, 3));
    Gradients.check(
        in -> Functional.groupNorm(in.get(0), 2, in.get(1), in.get(2), 1e-5),
        Gradients.random(5, 2, 4, 3),
        Gradients.random(6, 4),
        Gradients.random(7, 4));
    Gradients.check(
        in -> Functional.instanceNorm(in.get(0), null, null, null, null, true, 0.1, 1e-5),
        Gradients.random(8, 2, 2, 4));
    Gradients.check(
        in -> Functional.rmsNorm(in.get(0), new int[] {3}, in.get(1), null),
        Gradients.random(9, 2, 3),
        Gradients.random(10, 3));
  }

  @Test
  void runningStatisticsFollowTheBatches() {
    BatchNorm1d layer = new BatchNorm1d(2);
    layer.to(DType.FLOAT64);
    Tensor x = Gradients.random(1, 8, 2).detach();
    layer.forward(x);
    double mean = x.select(1, 0).mean().item();
    double var = x.select(1, 0).sub(mean).square().sum().item() / 7; // unbiased
    assertEquals(0.1 * mean, layer.runningMean().select(0, 0).item(), 1e-12);
    assertEquals(0.9 + 0.1 * var, layer.runningVar().select(0, 0).item(), 1e-12);
    assertEquals(1, layer.stateDict().get("num_batches_tracked").itemLong());
    layer.eval();
    Tensor y = layer.forward(x);
    assertEquals(
        (x.select(0, 3).select(0, 0).item() - 0.1 * mean) / Math.sqrt(0.9 + 0.1 * var + 1e-5),
        y.select(0, 3).select(0, 0).item(),
        1e-9);
    assertEquals(1, layer.stateDict().get("num_batches_tracked").itemLong());
  }

  @Test
  void withoutMomentumTheMeanOverAllBatchesIsKept() {
    BatchNorm1d layer = new BatchNorm1d(2, o -> o.momentum(null));
    layer.to(DType.FLOAT64);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      Tensor x = Gradients.random(i, 8, 2).detach();
      layer.forward(x);
      sum += x.select(1, 1).mean().item();
    }
    assertEquals(sum / 4, layer.runningMean().select(0, 1).item(), 1e-12);
    layer.resetRunningStats();
    assertArrayEquals(new double[2], layer.runningMean().toDoubleArray());
    assertArrayEquals(new double[] {1, 1}, layer.runningVar().toDoubleArray());
  }

  @Test
  void withoutRunningStatisticsTheBatchIsAlwaysUsed() {
    BatchNorm1d layer = new BatchNorm1d(2, o -> o.trackRunningStats(false).affine(false));
    assertEquals(0, layer.stateDict().size());
    assertNull(layer.runningMean());
    layer.eval();
    Tensor y = layer.forward(Tensor.randn(16, 2));
    assertEquals(0, y.mean().item(), 1e-6);
    assertEquals(1, y.square().mean().item(), 1e-3);
  }

  @Test
  void rowsAreNormalised() {
    Tensor x = Tensor.randn(5, 7).mul(3).add(10);
    Tensor y = new LayerNorm(7).forward(x);
    for (int i = 0; i < 5; i++) {
      assertEquals(0, y.select(0, i).mean().item(), 1e-5);
      assertEquals(1, y.select(0, i).square().mean().item(), 1e-3);
    }
    Tensor groups = new GroupNorm(2, 4).forward(Tensor.randn(3, 4, 5));
    assertEquals(0, groups.select(0, 1).narrow(0, 2, 2).mean().item(), 1e-5);
    assertArrayEquals(new int[] {4, 5}, new InstanceNorm1d(4).forward(Tensor.randn(4, 5)).shape());
  }

  @Test
  void noSamplesLeaveGradientsOfZero() {
    int[][] shapes = {{0, 3}, {0, 3, 4}, {2, 3, 0}, {0, 3, 4, 4}};
    for (int[] shape : shapes) {
      for (boolean training : new boolean[] {true, false}) {
        Module norm = shape.length == 4 ? new BatchNorm2d(3) : new BatchNorm1d(3);
        norm.train(training);
        Tensor x = Tensor.zeros(shape).requiresGrad_(true);
        Tensor y = norm.forward(x);
        assertArrayEquals(shape, y.shape());
        y.sum().backward();
        assertArrayEquals(shape, requireNonNull(x.grad()).shape());
        for (Tensor p : norm.parameters()) {
          assertArrayEquals(new float[3], requireNonNull(p.grad()).toFloatArray());
        }
        assertArrayEquals(
            new float[3], requireNonNull(norm.stateDict().get("running_mean")).toFloatArray());
        assertArrayEquals(
            new float[] {1, 1, 1},
            requireNonNull(norm.stateDict().get("running_var")).toFloatArray());
        assertEquals(
            training ? 1 : 0, requireNonNull(norm.stateDict().get("num_batches_tracked")).item());
      }
    }
  }

  /** Only a single sample is refused, in training and in evaluation alike, as in PyTorch. */
  @Test
  void groupsOfOneValueAreAnError() {
    Object[][] refused = {
      {3, new int[] {1, 3}},
      {1, new int[] {1, 1}},
      {3, new int[] {1, 3, 1, 1}},
      {2, new int[] {1, 2}}
    };
    for (Object[] one : refused) {
      int groups = (int) one[0];
      Tensor x = Tensor.zeros((int[]) one[1]);
      var e =
          assertThrows(
              ShapeException.class, () -> Functional.groupNorm(x, groups, null, null, 1e-5));
      assertTrue(e.getMessage().contains("expected more than 1 value per channel"));
      Module norm = new GroupNorm(groups, x.size(1));
      assertThrows(ShapeException.class, () -> norm.forward(x));
      norm.eval();
      assertThrows(ShapeException.class, () -> norm.forward(x));
    }
    int[][] fine = {{2, 3}, {1, 3, 2}, {0, 3}, {2, 3, 0}, {3, 3, 1, 1}};
    for (int[] shape : fine) {
      assertArrayEquals(shape, new GroupNorm(3, 3).forward(Tensor.zeros(shape)).shape());
    }
  }
}
