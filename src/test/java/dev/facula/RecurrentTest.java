package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The fused recurrent layers against the same steps in tensor operations. */
class RecurrentTest {
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int N = 5;

  private static Tensor leaf(int... shape) {
    return Tensor.randn(DType.FLOAT64, shape).mul(0.5).requiresGrad_(true);
  }

  private static List<Tensor> lstmSteps(List<Tensor> in) {
    Tensor h = in.get(1);
    Tensor c = in.get(2);
    List<Tensor> outputs = new ArrayList<>();
    for (int s = 0; s < STEPS; s++) {
      List<Tensor> g = in.get(0).select(0, s).add(h.matmul(in.get(3).t())).chunk(4, 1);
      c = g.get(1).sigmoid().mul(c).add(g.get(0).sigmoid().mul(g.get(2).tanh()));
      h = g.get(3).sigmoid().mul(c.tanh());
      outputs.add(h);
    }
    return List.of(Tensor.stack(outputs, 0), c);
  }

  private static List<Tensor> gruSteps(List<Tensor> in) {
    Tensor h = in.get(1);
    List<Tensor> outputs = new ArrayList<>();
    for (int s = 0; s < STEPS; s++) {
      List<Tensor> x = in.get(0).select(0, s).chunk(3, 1);
      List<Tensor> state = h.matmul(in.get(2).t()).add(in.get(3)).chunk(3, 1);
      Tensor r = x.get(0).add(state.get(0)).sigmoid();
      Tensor z = x.get(1).add(state.get(1)).sigmoid();
      Tensor n = x.get(2).add(r.mul(state.get(2))).tanh();
      h = z.neg().add(1).mul(n).add(z.mul(h));
      outputs.add(h);
    }
    return List.of(Tensor.stack(outputs, 0));
  }

  private static List<Tensor> rnnSteps(List<Tensor> in, boolean relu) {
    Tensor h = in.get(1);
    List<Tensor> outputs = new ArrayList<>();
    for (int s = 0; s < STEPS; s++) {
      Tensor sum = in.get(0).select(0, s).add(h.matmul(in.get(2).t()));
      h = relu ? sum.relu() : sum.tanh();
      outputs.add(h);
    }
    return List.of(Tensor.stack(outputs, 0));
  }

  private static Tensor scalar(List<Tensor> outputs) {
    Tensor total = Tensor.scalar(DType.FLOAT64, 0);
    for (Tensor t : outputs) {
      double[] weights = new double[t.numel()];
      Arrays.setAll(weights, Math::sin);
      total = total.add(t.mul(Tensor.of(weights, t.shape())).sum());
    }
    return total;
  }

  /** Values, first and second derivatives of two ways to compute the same. */
  private static void assertAgree(
      List<Tensor> inputs,
      Function<List<Tensor>, List<Tensor>> fused,
      Function<List<Tensor>, List<Tensor>> steps) {
    List<Tensor> y = fused.apply(inputs);
    List<Tensor> expected = steps.apply(inputs);
    for (int i = 0; i < y.size(); i++) {
      assertArrayEquals(expected.get(i).toDoubleArray(), y.get(i).toDoubleArray(), 1e-12);
    }
    assertClose(gradients(inputs, expected), gradients(inputs, y));
    assertClose(second(inputs, steps), second(inputs, fused));
  }

  private static List<Tensor> gradients(List<Tensor> inputs, List<Tensor> outputs) {
    return Autograd.grad(List.of(scalar(outputs)), inputs);
  }

  private static List<Tensor> second(List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> f) {
    List<Tensor> first =
        Autograd.grad(List.of(scalar(f.apply(inputs))), inputs, null, o -> o.createGraph(true));
    List<Tensor> squares = first.stream().map(Tensor::square).toList();
    return Autograd.grad(List.of(scalar(squares)), inputs);
  }

  private static void assertClose(List<Tensor> expected, List<Tensor> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i).toDoubleArray(), actual.get(i).toDoubleArray(), 1e-10);
    }
  }

  @Test
  void lstmAgreesWithItsSteps() {
    List<Tensor> in =
        List.of(leaf(STEPS, BATCH, 4 * N), leaf(BATCH, N), leaf(BATCH, N), leaf(4 * N, N));
    assertAgree(
        in, l -> Recurrent.lstm(l.get(0), l.get(1), l.get(2), l.get(3)), RecurrentTest::lstmSteps);
  }

  @Test
  void lstmWithTheInputsProductAgreesWithItsSteps() {
    int m = 3;
    List<Tensor> in =
        List.of(
            leaf(STEPS, BATCH, m),
            leaf(BATCH, N),
            leaf(BATCH, N),
            leaf(4 * N, N),
            leaf(4 * N, m),
            leaf(4 * N));
    for (boolean bias : new boolean[] {false, true}) {
      assertAgree(
          bias ? in : in.subList(0, 5),
          l ->
              Recurrent.lstm(
                  l.get(0), l.get(1), l.get(2), l.get(4), l.get(3), bias ? l.get(5) : null),
          l -> {
            Tensor gates = Functional.linear(l.get(0), l.get(4), bias ? l.get(5) : null);
            return lstmSteps(List.of(gates, l.get(1), l.get(2), l.get(3)));
          });
    }
  }

  @Test
  void gruAgreesWithItsSteps() {
    List<Tensor> in =
        List.of(leaf(STEPS, BATCH, 3 * N), leaf(BATCH, N), leaf(3 * N, N), leaf(3 * N));
    assertAgree(
        in,
        l -> List.of(Recurrent.gru(l.get(0), l.get(1), l.get(2), l.get(3))),
        RecurrentTest::gruSteps);
  }

  @Test
  void rnnAgreesWithItsSteps() {
    List<Tensor> in = List.of(leaf(STEPS, BATCH, N), leaf(BATCH, N), leaf(N, N));
    for (boolean relu : new boolean[] {false, true}) {
      assertAgree(
          in,
          l -> List.of(Recurrent.rnn(l.get(0), l.get(1), l.get(2), relu)),
          l -> rnnSteps(l, relu));
    }
  }

  /** PyTorch refuses these, too: a weight that was changed is not the one of the way there. */
  @Test
  void weightsThatWereChangedInPlaceAreFound() {
    List<Function<Tensor, Tensor>> layers =
        List.of(
            w -> Recurrent.rnn(leaf(STEPS, BATCH, N), leaf(BATCH, N), w, false),
            w -> Recurrent.gru(leaf(STEPS, BATCH, 3 * N), leaf(BATCH, N), w, leaf(3 * N)),
            w ->
                Recurrent.lstm(leaf(STEPS, BATCH, 4 * N), leaf(BATCH, N), leaf(BATCH, N), w)
                    .get(0));
    int[] gates = {1, 3, 4};
    for (int i = 0; i < gates.length; i++) {
      Tensor w = leaf(gates[i] * N, N);
      Tensor loss = layers.get(i).apply(w).sum();
      try (var guard = Facula.noGrad()) {
        w.mul_(2);
      }
      Throwable thrown = assertThrows(RuntimeException.class, loss::backward);
      assertTrue(thrown.getMessage().contains("changed in place"), thrown.getMessage());
    }
  }

  /** A batch that is cut for the threads gives the bits of one that is not. */
  @Test
  void sameBitsOnAnyNumberOfThreads() {
    int n = 40;
    int[][] shapes = {{20, 35, 4 * n}, {35, n}, {35, n}, {4 * n, n}};
    List<Tensor> lstm = floats(shapes);
    assertSameBits(lstm, l -> Recurrent.lstm(l.get(0), l.get(1), l.get(2), l.get(3)));
    List<Tensor> whole =
        floats(new int[][] {{20, 35, 24}, {35, n}, {35, n}, {4 * n, 24}, {4 * n, n}, {4 * n}});
    assertSameBits(
        whole, l -> Recurrent.lstm(l.get(0), l.get(1), l.get(2), l.get(3), l.get(4), l.get(5)));
    List<Tensor> gru = floats(new int[][] {{20, 35, 3 * n}, {35, n}, {3 * n, n}, {3 * n}});
    assertSameBits(gru, l -> List.of(Recurrent.gru(l.get(0), l.get(1), l.get(2), l.get(3))));
    List<Tensor> rnn = floats(new int[][] {{60, 35, n}, {35, n}, {n, n}});
    assertSameBits(rnn, l -> List.of(Recurrent.rnn(l.get(0), l.get(1), l.get(2), false)));
  }

  private static List<Tensor> floats(int[][] shapes) {
    return Arrays.stream(shapes).map(s -> Tensor.randn(s).mul(0.3).requiresGrad_(true)).toList();
  }

  private static void assertSameBits(
      List<Tensor> inputs, Function<List<Tensor>, List<Tensor>> layer) {
    int threads = Facula.getNumThreads();
    List<float[]> expected = new ArrayList<>();
    try {
      for (int count = 1; count <= 4; count++) {
        Facula.setNumThreads(count);
        List<Tensor> results = new ArrayList<>(layer.apply(inputs));
        results.addAll(gradients(inputs, results));
        for (int i = 0; i < results.size(); i++) {
          float[] values = results.get(i).toFloatArray();
          if (count == 1) {
            expected.add(values);
          } else {
            assertArrayEquals(expected.get(i), values);
          }
        }
      }
    } finally {
      Facula.setNumThreads(threads);
    }
  }

  /** Where one operand was computed from another, each path must count once. */
  @Test
  void secondDerivativesOfDependentOperands() {
    List<Tensor> in = List.of(leaf(STEPS, BATCH, N), leaf(N, N));
    assertAgree(
        in,
        l -> List.of(Recurrent.rnn(l.get(0), l.get(1).narrow(0, 0, BATCH), l.get(1), false)),
        l -> rnnSteps(List.of(l.get(0), l.get(1).narrow(0, 0, BATCH), l.get(1)), false));
  }

  @Test
  void wrongShapesAreNamed() {
    Tensor gates = Tensor.zeros(STEPS, BATCH, 4 * N);
    Tensor state = Tensor.zeros(BATCH, N + 1);
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> Recurrent.lstm(gates, state, state, Tensor.zeros(4 * N, N)));
    assertTrue(e.getMessage().contains("[4, 3, 20]") && e.getMessage().contains("[3, 6]"));
  }
}
