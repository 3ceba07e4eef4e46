package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.nn.AveragedModel;
import dev.facula.nn.Dropout;
import dev.facula.nn.Linear;
import dev.facula.nn.Parametrizations;
import dev.facula.nn.Sequential;
import dev.facula.nn.Utils;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Derivatives of functions, checkpoints and hooks of leaves; the numbers are PyTorch's. */
final class TransformsTest {
  private static final Tensor X = Tensor.of(new double[] {1, 2});
  private static final Tensor Y = Tensor.of(new double[] {3, -1});
  private static final Function<List<Tensor>, Tensor> SQUARE =
      xs -> xs.get(0).mul(xs.get(1)).sum().square();

  private static void assertValues(Tensor actual, double... wanted) {
    assertArrayEquals(wanted, actual.reshape(-1).toDoubleArray(), 1e-12);
  }

  @Test
  void derivesByEachPairOfInputs() {
    List<List<Tensor>> h = Autograd.hessian(SQUARE, List.of(X, Y), o -> {});
    assertValues(h.get(0).get(0), 18, -6, -6, 2);
    assertValues(h.get(0).get(1), 8, 12, -2, -2);
    assertValues(h.get(1).get(0), 8, -2, 12, -2);
    assertValues(h.get(1).get(1), 2, 4, 4, 8);
    Autograd.Products p = Autograd.hvp(SQUARE, List.of(X, Y), List.of(Y, X), o -> {});
    assertValues(p.outputs().get(0), 1);
    assertValues(p.products().get(0), 92, -26);
    assertValues(p.products().get(1), 36, 58);
    p =
        Autograd.jvp(
            xs -> List.of(xs.get(0).mul(xs.get(1)), xs.get(0).sum()),
            List.of(X, Y),
            List.of(Y, X),
            o -> {});
    assertValues(p.products().get(0), 10, 5);
    assertValues(p.products().get(1), 2);
  }

  @Test
  void recordsResultsIfAskedAndAlsoUnderNoGrad() {
    Tensor x = X.clone().requiresGrad_(true);
    try (var guard = Facula.noGrad()) {
      assertValues(Autograd.jacobian(t -> t.pow(3), x), 3, 0, 0, 12);
    }
    assertFalse(Autograd.jacobian(t -> t.pow(3), x).requiresGrad());
    Tensor j = Autograd.jacobian(t -> t.pow(3), x, o -> o.createGraph(true));
    assertValues(Autograd.grad(j.sum(), x), 6, 12);
    assertValues(Autograd.hessian(t -> t.pow(3).sum(), X), 6, 0, 0, 12);
  }

  @Test
  void refusesWhatItCannotDerive() {
    assertValues(Autograd.jacobian(t -> Y, X), 0, 0, 0, 0);
    assertThrows(AutogradException.class, () -> Autograd.jacobian(t -> Y, X, o -> o.strict(true)));
    assertThrows(ShapeException.class, () -> Autograd.hessian(t -> t, X));
    assertThrows(ShapeException.class, () -> Autograd.jvp(t -> t, X, Tensor.scalar(1)));
    assertThrows(IllegalArgumentException.class, () -> Autograd.vjp(t -> t, X, null));
    assertEquals(0, Autograd.jacobian(t -> t, Tensor.zeros(0)).numel());
  }

  @Test
  void checkpointsGiveTheSameGradientsWithTheSameRandomNumbers() {
    Sequential net = new Sequential(new Linear(4, 5), new Dropout(0.5), new Linear(5, 2));
    Tensor x = Tensor.randn(new Generator(2), 3, 4);
    List<float[]> found = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      net.zeroGrad();
      Tensor own = x.clone().requiresGrad_(true);
      boolean kept = i == 0;
      try (var guard = Facula.withGenerator(new Generator(3))) {
        Tensor y = kept ? net.forward(own) : Autograd.checkpoint(net::forward, own);
        Tensor.rand(3);
        y.square().sum().backward();
        found.add(own.grad().reshape(-1).toFloatArray());
        found.add(net.parameters().get(0).grad().reshape(-1).toFloatArray());
        found.add(Tensor.rand(3).toFloatArray());
      }
    }
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(found.get(i), found.get(i + 3));
    }
    Tensor plain = Autograd.checkpoint(net::forward, x);
    plain.sum().backward(); // parameters have gradients though the input wants none
    Tensor z = X.clone().requiresGrad_(true);
    assertThrows(
        AutogradException.class,
        () ->
            Autograd.grad(Autograd.checkpoint(Tensor::exp, z).sum(), z, o -> o.createGraph(true)));
  }

  @Test
  void tellsWhenGradIsComplete() {
    Tensor x = X.clone().requiresGrad_(true);
    List<Double> seen = new ArrayList<>();
    Tensor.Hook hook = x.registerPostAccumulateGradHook(t -> seen.add(t.grad().sum().item()));
    x.mul(x).sum().backward();
    x.sum().backward();
    hook.close();
    x.sum().backward();
    assertEquals(List.of(6.0, 8.0), seen);
    assertThrows(AutogradException.class, () -> x.exp().registerPostAccumulateGradHook(t -> {}));
  }

  @Test
  void parametersAreAVectorAndBack() {
    Linear layer = new Linear(2, 3);
    Tensor v = Utils.parametersToVector(layer.parameters());
    assertEquals(9, v.numel());
    Utils.vectorToParameters(v.detach().mul(2), layer.parameters());
    assertTrue(Utils.parametersToVector(layer.parameters()).equal(v.mul(2)));
    assertThrows(
        ShapeException.class, () -> Utils.vectorToParameters(Tensor.zeros(8), layer.parameters()));
  }

  @Test
  void weightNormKeepsTheValueAndScalesByTheNorm() {
    Linear layer = new Linear(2, 3);
    Tensor before = layer.weight().detach().clone();
    Parametrizations.weightNorm(layer);
    assertTrue(layer.weight().sub(before).abs().max().item() < 1e-6);
    Tensor norms = layer.getParameter("parametrizations.weight.original0");
    assertArrayEquals(new int[] {3, 1}, norms.shape());
    try (var guard = Facula.noGrad()) {
      norms.mul_(2);
    }
    assertTrue(layer.weight().sub(before.mul(2)).abs().max().item() < 1e-6);
  }

  @Test
  void averagesTheParametersOfAModel() {
    Linear net = new Linear(1, 1);
    AveragedModel equal = new AveragedModel(net);
    AveragedModel moving = new AveragedModel(net, AveragedModel.ema(0.75));
    for (double w : new double[] {1, 3, 8}) {
      try (var guard = Facula.noGrad()) {
        net.weight().fill_(w);
      }
      equal.updateParameters(net);
      moving.updateParameters(net);
    }
    assertEquals(4, equal.getParameter("module.weight").item(), 1e-6);
    assertEquals(3.125, moving.getParameter("module.weight").item(), 1e-6);
    assertEquals(3, equal.getBuffer("n_averaged").itemLong());
    assertThrows(IllegalArgumentException.class, () -> equal.updateParameters(new Dropout(0.5)));
    assertThrows(IllegalArgumentException.class, () -> AveragedModel.ema(2));
  }
}
