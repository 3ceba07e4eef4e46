package dev.facula.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.AutogradException;
import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all optimizers have in common; their numbers are held against PyTorch's elsewhere. */
final class OptimizerTest {
  private record Maker(String name, Function<List<Tensor>, Optimizer> function) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Maker> makers() {
    return Stream.of(
        new Maker("SGD", p -> new SGD(p, 0.1)),
        new Maker("SGD with momentum", p -> new SGD(p, 0.1, o -> o.momentum(0.9).weightDecay(0.1))),
        new Maker("SGD, Nesterov", p -> new SGD(p, 0.1, o -> o.momentum(0.9).nesterov(true))),
        new Maker("Adam", p -> new Adam(p, 0.1, o -> o.weightDecay(0.1))),
        new Maker("Adam, amsgrad", p -> new Adam(p, 0.1, o -> o.amsgrad(true).maximize(true))),
        new Maker("AdamW", AdamW::new),
        new Maker("RMSprop", p -> new RMSprop(p, 0.1, o -> o.centered(true).momentum(0.5))),
        new Maker("Adagrad", p -> new Adagrad(p, 0.1, o -> o.lrDecay(0.1))),
        new Maker("Adadelta", Adadelta::new),
        new Maker("Adamax", Adamax::new),
        new Maker("NAdam", NAdam::new),
        new Maker("RAdam", RAdam::new),
        new Maker("Rprop", Rprop::new),
        new Maker("ASGD", p -> new ASGD(p, 0.1, o -> o.t0(2))));
  }

  private static Tensor leaf(long seed, int... shape) {
    return Tensor.randn(new Generator(seed), shape).requiresGrad_(true);
  }

  private static Tensor loss(Tensor p) {
    return p.sub(1).pow(4).mean().add(p.square().mean());
  }

  private static void steps(Optimizer optimizer, int count, Tensor... params) {
    for (int i = 0; i < count; i++) {
      optimizer.zeroGrad();
      for (Tensor p : params) {
        loss(p).backward();
      }
      optimizer.step();
    }
  }

  @ParameterizedTest
  @MethodSource("makers")
  void goesOnFromItsState(Maker maker) {
    Tensor a = leaf(1, 4, 3);
    Tensor b = leaf(2, 5);
    Optimizer first = maker.function.apply(List.of(a, b));
    steps(first, 7, a, b);
    Tensor a2 = a.detach().clone().requiresGrad_(true);
    Tensor b2 = b.detach().clone().requiresGrad_(true);
    Optimizer second = maker.function.apply(List.of(a2, b2));
    second.loadStateDict(first.stateDict());
    steps(first, 5, a, b);
    steps(second, 5, a2, b2);
    assertArrayEquals(a.toFloatArray(), a2.toFloatArray());
    assertArrayEquals(b.toFloatArray(), b2.toFloatArray());
  }

  @ParameterizedTest
  @MethodSource("makers")
  void updatesAViewAsItDoesACopy(Maker maker) {
    Tensor plain = leaf(3, 4, 6);
    Tensor turned = plain.detach().clone().t().contiguous().t().detach().requiresGrad_(true);
    assertTrue(!turned.isContiguous());
    steps(maker.function.apply(List.of(plain)), 4, plain);
    steps(maker.function.apply(List.of(turned)), 4, turned);
    assertArrayEquals(plain.toFloatArray(), turned.toFloatArray());
  }

  @ParameterizedTest
  @MethodSource("makers")
  void givesTheSameBitsForAnyNumberOfThreads(Maker maker) {
    int threads = Facula.getNumThreads();
    float[][] results = new float[2][];
    try {
      for (int i = 0; i < 2; i++) {
        Facula.setNumThreads(i == 0 ? 1 : 3);
        Tensor p = leaf(4, 100_001);
        steps(maker.function.apply(List.of(p)), 2, p);
        results[i] = p.toFloatArray();
      }
    } finally {
      Facula.setNumThreads(threads);
    }
    assertArrayEquals(results[0], results[1]);
  }

  /** Blocks, tasks and the ends of vectors lie elsewhere in the pieces. */
  @ParameterizedTest
  @MethodSource("makers")
  void updatesALargeTensorAsItsPieces(Maker maker) {
    int size = 1_999;
    Tensor whole = leaf(8, 50 * size);
    List<Tensor> pieces = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pieces.add(whole.detach().narrow(0, i * size, size).clone().requiresGrad_(true));
    }
    Optimizer one = maker.function.apply(List.of(whole));
    Optimizer many = maker.function.apply(pieces);
    for (int step = 0; step < 8; step++) {
      Tensor gradient = Tensor.randn(new Generator(step), 50 * size);
      whole.setGrad(gradient);
      for (int i = 0; i < 50; i++) {
        pieces.get(i).setGrad(gradient.narrow(0, i * size, size).clone());
      }
      one.step();
      many.step();
    }
    assertArrayEquals(Tensor.cat(pieces, 0).toFloatArray(), whole.toFloatArray());
  }

  /** Its steps are those of a parameter in row-major order, whatever the order of the gradient. */
  @ParameterizedTest
  @MethodSource("makers")
  void updatesATransposedParameter(Maker maker) {
    Tensor plain = leaf(8, 30, 70);
    Tensor turned = plain.detach().t().contiguous().t().requiresGrad_(true);
    Optimizer first = maker.function.apply(List.of(plain));
    Optimizer second = maker.function.apply(List.of(turned));
    for (int step = 0; step < 8; step++) {
      Tensor gradient = Tensor.randn(new Generator(step), 30, 70);
      plain.setGrad(gradient);
      turned.setGrad(step % 2 == 0 ? gradient.clone() : gradient.t().contiguous().t());
      first.step();
      second.step();
    }
    assertArrayEquals(plain.toFloatArray(), turned.toFloatArray());
  }

  @ParameterizedTest
  @MethodSource("makers")
  void leavesAloneWhatHasNoGradient(Maker maker) {
    Tensor used = leaf(5, 3);
    Tensor unused = leaf(6, 3);
    Tensor empty = leaf(7, 0);
    float[] before = unused.toFloatArray();
    steps(maker.function.apply(List.of(used, unused, empty)), 2, used);
    assertArrayEquals(before, unused.toFloatArray());
  }

  @Test
  void stepsAsTheFormulaSays() {
    Tensor p = Tensor.of(new double[] {1, -2}).requiresGrad_(true);
    var sgd = new SGD(List.of(p), 0.1, o -> o.momentum(0.9).dampening(0.5).weightDecay(0.2));
    p.setGrad(Tensor.of(new double[] {0.5, 1}));
    sgd.step();
    // d = g + 0.2 p; in the first step the momentum is d itself
    assertArrayEquals(new double[] {1 - 0.1 * 0.7, -2 - 0.1 * 0.6}, p.toDoubleArray(), 1e-15);
    sgd.step();
    double b0 = 0.9 * 0.7 + 0.5 * (0.5 + 0.2 * 0.93);
    double b1 = 0.9 * 0.6 + 0.5 * (1 + 0.2 * -2.06);
    assertArrayEquals(new double[] {0.93 - 0.1 * b0, -2.06 - 0.1 * b1}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void groupsHaveTheirOwnOptions() {
    Tensor a = leaf(8, 2);
    Tensor b = leaf(9, 2);
    float[] startA = a.toFloatArray();
    float[] startB = b.toFloatArray();
    var sgd = new SGD(List.of(a), 0.1, o -> o.maximize(true));
    sgd.addParamGroup(List.of(b), o -> o.lr(1).maximize(false));
    a.setGrad(Tensor.ones(2));
    b.setGrad(Tensor.ones(2));
    sgd.step();
    assertEquals(startA[0] + 0.1f, a.toFloatArray()[0], 1e-6);
    assertEquals(startB[1] - 1f, b.toFloatArray()[1], 1e-6);
    assertEquals(2, sgd.paramGroups().size());
    assertTrue(sgd.paramGroups().get(0).flag("maximize"));
    sgd.paramGroups().get(0).setLr(0);
    sgd.step();
    assertEquals(startA[0] + 0.1f, a.toFloatArray()[0], 1e-6);
    String message =
        assertThrows(IllegalArgumentException.class, () -> sgd.paramGroups().get(0).number("alpha"))
            .getMessage();
    assertTrue(message.contains("no option 'alpha'"), message);
  }

  @Test
  void clearsGradients() {
    Tensor p = leaf(10, 2);
    var sgd = new SGD(List.of(p), 0.1);
    p.setGrad(Tensor.ones(2));
    sgd.zeroGrad(false);
    assertArrayEquals(new float[2], p.grad().toFloatArray());
    sgd.zeroGrad();
    assertNull(p.grad());
  }

  @Test
  void runsAClosureWithGradients() {
    Tensor p = leaf(11, 2);
    var sgd = new SGD(List.of(p), 0.1);
    try (var guard = Facula.noGrad()) {
      Tensor value =
          sgd.step(
              () -> {
                sgd.zeroGrad();
                Tensor loss = loss(p);
                loss.backward();
                return loss;
              });
      assertEquals(1, value.numel());
    }
    assertNotNull(p.grad());
  }

  @Test
  void aStepIsSeenByTheGraph() {
    for (double momentum : new double[] {0, 0.9}) {
      Tensor p = leaf(12, 2);
      var sgd = new SGD(List.of(p), 0.1, o -> o.momentum(momentum));
      Tensor y = p.square().sum();
      p.setGrad(Tensor.ones(2));
      sgd.step();
      assertThrows(AutogradException.class, y::backward);
    }
  }

  @Test
  void keepsItsStateInPyTorchsStructure() {
    Tensor p = leaf(13, 2);
    Tensor q = leaf(14, 3);
    var adam = new Adam(List.of(p, q), 0.1, o -> o.amsgrad(true));
    steps(adam, 3, q);
    Map<String, Object> state = adam.stateDict();
    assertEquals(List.of("state", "param_groups"), List.copyOf(state.keySet()));
    Map<?, ?> own = (Map<?, ?>) ((Map<?, ?>) state.get("state")).get(1);
    assertEquals(1, ((Map<?, ?>) state.get("state")).size());
    assertEquals(
        List.of("step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"), List.copyOf(own.keySet()));
    assertEquals(3, ((Tensor) own.get("step")).item());
    Map<?, ?> group = (Map<?, ?>) ((List<?>) state.get("param_groups")).get(0);
    assertEquals(List.of(0, 1), group.get("params"));
    assertEquals(List.of(0.9, 0.999), group.get("betas"));
    assertEquals(0.1, group.get("lr"));

    Tensor wide = q.detach().to(DType.FLOAT64).requiresGrad_(true);
    var other = new Adam(List.of(wide.detach().clone().requiresGrad_(true), wide));
    other.loadStateDict(state);
    assertEquals(0.1, other.paramGroups().get(0).lr());
    steps(other, 1, wide);

    var fewer = new Adam(List.of(p), 0.1);
    assertMessage("has 2 parameters, that of the optimizer 1", () -> fewer.loadStateDict(state));
    fewer.addParamGroup(List.of(q), o -> {});
    assertMessage("has 1 parameter groups, the optimizer 2", () -> fewer.loadStateDict(state));
  }

  @Test
  void checksItsParameters() {
    Tensor p = leaf(15, 2);
    assertMessage("the list of parameters is empty", () -> new SGD(List.of(), 0.1));
    assertMessage("parameter 1 is the result", () -> new SGD(List.of(p, p.mul(2)), 0.1));
    assertMessage("parameter 1 of the group appears twice", () -> new SGD(List.of(p, p), 0.1));
    var sgd = new SGD(List.of(p), 0.1);
    assertMessage("appears twice", () -> sgd.addParamGroup(List.of(p), o -> {}));
  }

  @Test
  void checksItsOptions() {
    List<Tensor> p = List.of(leaf(16, 2));
    assertMessage("SGD: invalid learning rate: -0.1", () -> new SGD(p, -0.1));
    assertMessage("SGD: invalid learning rate: NaN", () -> new SGD(p, Double.NaN));
    assertMessage("momentum value: -1.0", () -> new SGD(p, 0.1, o -> o.momentum(-1)));
    assertMessage("weight_decay value: -0.5", () -> new SGD(p, 0.1, o -> o.weightDecay(-0.5)));
    assertMessage("was momentum 0.0", () -> new SGD(p, 0.1, o -> o.nesterov(true)));
    assertMessage(
        "dampening 0.1", () -> new SGD(p, 0.1, o -> o.nesterov(true).momentum(0.9).dampening(0.1)));
    assertMessage("beta at index 0: 1.0", () -> new Adam(p, 0.1, o -> o.betas(1, 0.9)));
    assertMessage("beta at index 1: -0.1", () -> new AdamW(p, 0.1, o -> o.betas(0, -0.1)));
    assertMessage("AdamW: invalid epsilon value: -1.0", () -> new AdamW(p, 0.1, o -> o.eps(-1)));
    assertMessage("alpha value: -1.0", () -> new RMSprop(p, 0.1, o -> o.alpha(-1)));
    assertMessage("lr_decay value: -1.0", () -> new Adagrad(p, 0.1, o -> o.lrDecay(-1)));
    assertMessage(
        "initial_accumulator_value value: -1.0",
        () -> new Adagrad(p, 0.1, o -> o.initialAccumulatorValue(-1)));
    assertMessage("rho value: 1.5", () -> new Adadelta(p, 1, o -> o.rho(1.5)));
    assertMessage("eta values: 0.5, 0.9", () -> new Rprop(p, 1, o -> o.etas(0.5, 0.9)));
    var sgd = new SGD(p, 0.1);
    List<Tensor> more = List.of(leaf(17, 2));
    assertMessage("learning rate: -1.0", () -> sgd.addParamGroup(more, o -> o.lr(-1)));
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  /** Three steps towards 0 .. 5, with PyTorch's last loss and parameters. */
  private static void assertSteps(
      Function<List<Tensor>, Optimizer> maker, double tolerance, double loss, double... wanted) {
    Tensor p = Tensor.of(new double[] {1, -2, 0.5, 3, -1, 0.25}).view(3, 2).requiresGrad_(true);
    Tensor target = Tensor.arange(6).to(DType.FLOAT64).view(3, 2);
    Optimizer optimizer = maker.apply(List.of(p));
    List<String> order = new ArrayList<>();
    optimizer.registerStepPreHook(o -> order.add("pre"));
    optimizer.registerStepPostHook(o -> order.add("post"));
    Tensor last = p;
    try (var guard = Facula.noGrad()) {
      for (int i = 0; i < 3; i++) {
        last =
            optimizer.step(
                () -> {
                  optimizer.zeroGrad();
                  Tensor l = p.sub(target).pow(4).mean().add(p.square().mean());
                  l.backward();
                  return l;
                });
        if (i == 1) { // a state that was saved goes on as before
          optimizer.loadStateDict(optimizer.stateDict());
        }
      }
    }
    assertEquals(List.of("pre", "post", "pre", "post", "pre", "post"), order);
    assertEquals(loss, last.item(), tolerance);
    assertArrayEquals(wanted, p.detach().reshape(-1).toDoubleArray(), tolerance);
  }

  @Test
  void quasiNewtonFactoredAndOrthogonalStepsAreThoseOfPyTorch() {
    assertSteps(
        p -> new LBFGS(p, 1, o -> o.maxIter(4)),
        1e-9,
        5.600902580065321,
        -0.0007749131729732558,
        0.4118814173956817,
        1.1643567845524179,
        1.9999292242903386,
        2.8717893876174916,
        3.765488926318844);
    assertSteps(
        p -> new LBFGS(p, 1, o -> o.maxIter(4).historySize(2).lineSearchFn("strong_wolfe")),
        1e-9,
        5.598259956002701,
        0.0008097287339931328,
        0.41057642829490776,
        1.1668709920005396,
        2.0012074328284126,
        2.8727566891319607,
        3.7661551764982453);
    assertSteps(
        p -> new Adafactor(p, 0.1, o -> o.weightDecay(0.1)),
        1e-9,
        154.95178469280373,
        0.9359303046660364,
        -1.3426792837875714,
        0.8983847558451845,
        2.5843862242992586,
        -0.5387388902970073,
        0.6629272028713925);
    assertSteps(
        p -> new Muon(p, 0.1),
        1e-9,
        183.403483444654,
        0.8246475318136601,
        -1.7369436432988798,
        0.5122765463861999,
        2.8835337118100917,
        -0.7595400226880885,
        0.39368271971717045);
  }

  @Test
  void saysWhatLbfgsAndMuonCannotHave() {
    Optimizer lbfgs = new LBFGS(List.of(leaf(1, 2)));
    assertThrows(UnsupportedOperationException.class, lbfgs::step);
    assertThrows(IllegalArgumentException.class, () -> lbfgs.addParamGroup(List.of(leaf(2, 2))));
    assertThrows(IllegalArgumentException.class, () -> new Muon(List.of(leaf(1, 2))));
  }
}
