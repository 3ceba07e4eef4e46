package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.facula.Autograd;
import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Holds first and second derivatives against central differences, in float64. */
final class Gradients {
  private static final double STEP = 1e-6;

  private Gradients() {}

  static Tensor random(long seed, int... shape) {
    return Tensor.randn(DType.FLOAT64, new Generator(seed), shape).requiresGrad_(true);
  }

  /** Checks the derivatives of a function of some tensors in each of them, first and second. */
  static void check(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    List<Tensor> all = List.of(inputs);
    Tensor weight = likeRandom(11, f.apply(all));
    Function<List<Tensor>, Tensor> first = in -> f.apply(in).mul(weight).sum();
    compare("first", first, all);
    List<Tensor> directions = new ArrayList<>();
    for (Tensor t : all) {
      directions.add(likeRandom(13 + directions.size(), t));
    }
    compare(
        "second",
        in -> {
          List<Tensor> g =
              Autograd.grad(List.of(first.apply(in)), in, null, o -> o.createGraph(true));
          Tensor sum = Tensor.scalar(DType.FLOAT64, 0);
          for (int i = 0; i < in.size(); i++) {
            sum = sum.add(g.get(i).mul(directions.get(i)).sum());
          }
          return sum;
        },
        all);
  }

  private static Tensor likeRandom(long seed, Tensor t) {
    return Tensor.randn(DType.FLOAT64, new Generator(seed), t.shape());
  }

  private static void compare(String which, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    Tensor value = f.apply(inputs);
    List<Tensor> gradients =
        value.requiresGrad()
            ? Autograd.grad(List.of(value), inputs, null, o -> o.allowUnused(true))
            : new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor t = inputs.get(i);
      Tensor g = gradients.isEmpty() ? null : gradients.get(i);
      double[] analytic = g == null ? new double[t.numel()] : g.toDoubleArray();
      for (int k = 0; k < t.numel(); k++) {
        double up = shifted(f, inputs, i, k, STEP);
        double down = shifted(f, inputs, i, k, -STEP);
        double numeric = (up - down) / (2 * STEP);
        assertEquals(
            numeric,
            analytic[k],
            1e-5 * Math.max(1, Math.abs(numeric)),
            which + " derivative in input " + i + ", element " + k);
      }
    }
    assertNotNull(value);
  }

  private static double shifted(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, int which, int k, double by) {
    double[] values = inputs.get(which).toDoubleArray();
    values[k] += by;
    List<Tensor> moved = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor t = inputs.get(i);
      moved.add((i == which ? Tensor.of(values, t.shape()) : t.detach()).requiresGrad_(true));
    }
    try (var guard = Facula.enableGrad()) {
      return f.apply(moved).item();
    }
  }
}
