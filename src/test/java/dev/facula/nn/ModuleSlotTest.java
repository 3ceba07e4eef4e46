package dev.facula.nn;

import static dev.facula.nn.EveryLayer.filled;
import static dev.facula.nn.EveryLayer.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Autograd;
import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.optim.Adam;
import dev.facula.optim.SGD;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Parameters that are tied, computed from others, or given for one call. */
class ModuleSlotTest {
  // ---- ties ---------------------------------------------------------------------------------

  private static Sequential tied() {
    Embedding encoder = new Embedding(5, 3);
    Sequential net = new Sequential(encoder, new Linear(3, 5));
    net.setParameter("1.weight", encoder.weight());
    return filled(net);
  }

  private static final Tensor TOKENS = Tensor.of(new long[] {0, 1, 2, 3, 4, 1}, 6);

  @Test
  void tiedParametersAreOne() {
    Sequential net = tied();
    assertEquals(List.of("0.weight", "1.weight", "1.bias"), names(net.stateDict()));
    assertEquals(List.of("0.weight", "1.bias"), names(net.namedParameters()));
    assertSame(net.getParameter("0.weight"), net.getParameter("1.weight"));
    assertSame(net.getParameter("0.weight"), ((Linear) net.get(1)).weight());
  }

  @Test
  void aTieTrainsAsPyTorchs() {
    Sequential net = tied();
    Adam optimizer = new Adam(net.parameters(), 0.05);
    Tensor next = TOKENS.add(1).remainder(5);
    double[] losses = {1.8191877487579544, 1.7350450153612786, 1.6684181109608867};
    for (double expected : losses) {
      optimizer.zeroGrad();
      Tensor loss = Functional.crossEntropy(net.forward(TOKENS), next);
      loss.backward();
      assertEquals(expected, loss.item(), 1e-12);
      optimizer.step();
    }
    double[] gradient = {
      -0.07452686078551085, -0.013967801435036752, 0.07764172950142809, 0.15332443784474606,
      0.12557542687931336, -0.0009620286298458319, -0.0797333716665925, -0.05501433462731034,
      0.011638285536202178, 0.02621508579410256, 0.05348445524441062, 0.06850029941915202,
      0.03044752950676537, -0.05695273972613822, -0.12960607392347956
    };
    assertArrayEquals(gradient, net.getParameter("1.weight").grad().toDoubleArray(), 1e-12);
  }

  @Test
  void aStateOfATieLoads() {
    Sequential net = tied();
    Map<String, Tensor> state = new LinkedHashMap<>();
    net.stateDict().forEach((name, t) -> state.put(name, t.mul(2)));
    net.loadStateDict(state);
    assertSame(net.getParameter("0.weight"), net.getParameter("1.weight"));
    assertArrayEquals(
        wave(0, 5, 3).mul(2).toDoubleArray(), ((Linear) net.get(1)).weight().toDoubleArray());
  }

  @Test
  void everyLayerComputesWithTheTensorThatWasPut() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      Tensor before = c.run(c.module()).detach().clone();
      for (String name : c.module().namedParameters().keySet()) {
        Tensor old = c.module().getParameter(name);
        old.setGrad(null);
        Tensor other = wave(17, old.shape()).mul(1.5);
        c.module().setParameter(name, other);
        assertTrue(other.requiresGrad());
        Tensor after = c.run(c.module());
        assertFalse(same(before, after.detach()), c.name() + " " + name);
        after.square().sum().backward();
        assertNotNull(other.grad(), c.name() + " " + name);
        assertNull(old.grad(), c.name() + " " + name);
        c.module().setParameter(name, old);
      }
    }
  }

  private static boolean same(Tensor a, Tensor b) {
    return a.sub(b).abs().max().item() < 1e-9;
  }

  private static final class Plain extends Module {
    private final Tensor scale = parameter("scale", Tensor.ones(2));
    private Tensor shift = parameter("shift", Tensor.zeros(2));
    private final Tensor mean = buffer("mean", Tensor.zeros(2));

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(scale).add(shift).sub(mean);
    }
  }

  private static final class Hidden extends Module {
    private final transient List<Tensor> all =
        List.of(parameter("a", Tensor.ones(2)), parameter("b", Tensor.ones(2)));

    Hidden() {
      parameter("c", Tensor.ones(1));
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(all.get(0)).add(all.get(1)).mul(getParameter("c"));
    }
  }

  private static final class Scale extends Module {
    private final Slot scale = slot("scale", Tensor.ones(2));
    private final Slot mean = bufferSlot("mean", Tensor.zeros(2), true);

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(scale.get()).sub(mean.get());
    }
  }

  @Test
  void aFinalFieldOfATensorIsAnErrorThatNamesIt() {
    Plain plain = new Plain();
    var error =
        assertThrows(
            IllegalStateException.class, () -> plain.setParameter("scale", Tensor.zeros(2)));
    assertEquals(
        "setParameter: field Plain.scale is final, so forward would go on with the old tensor: hold"
            + " a Slot there, from slot(\"scale\", …), or declare the field without final",
        error.getMessage());
    assertEquals(2, plain.getParameter("scale").sum().item());
    Tensor other = Tensor.full(DType.FLOAT32, 3, 2);
    plain.setParameter("shift", other);
    assertSame(other, plain.getParameter("shift"));
    assertArrayEquals(new float[] {4, 4}, plain.forward(Tensor.ones(2)).toFloatArray());
    assertEquals(2, plain.parameters().size());
    Hidden hidden = new Hidden();
    for (String name : List.of("a", "c")) {
      error =
          assertThrows(
              IllegalStateException.class, () -> hidden.setParameter(name, Tensor.zeros(2)));
      assertTrue(error.getMessage().contains("slot(\"" + name + "\""), error.getMessage());
    }
    Scale scale = new Scale();
    scale.setParameter("scale", other);
    assertArrayEquals(new float[] {3, 3}, scale.forward(Tensor.ones(2)).toFloatArray());
  }

  @Test
  void whatCannotBeAParameterIsRefused() {
    Linear layer = new Linear(2, 2);
    Tensor result = Tensor.ones(2, 2).requiresGrad_(true).mul(2);
    assertThrows(IllegalArgumentException.class, () -> layer.setParameter("weight", result));
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> layer.setParameter("wait", Tensor.ones(2, 2)));
    assertEquals("Linear: no parameter wait: Linear has [weight, bias]", error.getMessage());
    error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Sequential(layer).setParameter("1.weight", Tensor.ones(2, 2)));
    assertEquals("Sequential: no module 1: Sequential has [0]", error.getMessage());
  }

  @Test
  void aFrozenParameterStaysFrozenWhenTied() {
    Sequential net = new Sequential(new Embedding(5, 3), new Linear(3, 5));
    net.get(0).requiresGrad_(false);
    net.setParameter("1.weight", net.getParameter("0.weight"));
    assertFalse(net.getParameter("1.weight").requiresGrad());
  }

  // ---- parametrizations ---------------------------------------------------------------------

  private static final class Symmetric extends Module implements Parametrize.RightInverse {
    @Override
    public Tensor forward(Tensor x) {
      return x.triu().add(x.triu(1).t());
    }

    @Override
    public Tensor rightInverse(Tensor value) {
      return value.triu();
    }
  }

  private static final class LowRank extends Module {
    private final Tensor a;
    private final Tensor b;

    LowRank(int out, int in, int rank) {
      a = parameter("a", wave(3, rank, in));
      b = parameter("b", wave(4, out, rank));
    }

    @Override
    public Tensor forward(Tensor w) {
      return w.add(b.matmul(a).mul(0.5));
    }
  }

  private static final class RankOne extends Module implements Parametrize.SeveralOriginals {
    @Override
    public Tensor forward(List<Tensor> originals) {
      return originals.get(0).unsqueeze(-1).mul(originals.get(1).unsqueeze(-2));
    }

    @Override
    public List<Tensor> rightInverse(Tensor value) {
      return List.of(value.sum(1), value.sum(0));
    }
  }

  private static void train(Linear layer, SGD optimizer, double... losses) {
    Tensor x = wave(7, 4, 3);
    for (double expected : losses) {
      optimizer.zeroGrad();
      Tensor loss = layer.forward(x).square().sum();
      loss.backward();
      assertEquals(expected, loss.item(), 1e-12);
      optimizer.step();
    }
  }

  @Test
  void parametrizationsTrainAsPyTorchs() {
    Linear layer = filled(new Linear(3, 3));
    Tensor original = layer.weight();
    assertSame(layer, Parametrize.register(layer, "weight", new Symmetric()));
    assertTrue(Parametrize.isParametrized(layer) && Parametrize.isParametrized(layer, "weight"));
    assertFalse(Parametrize.isParametrized(layer, "bias"));
    assertSame(original, layer.getParameter("parametrizations.weight.original"));
    assertEquals(List.of("bias", "parametrizations.weight.original"), names(layer.stateDict()));
    train(
        layer,
        new SGD(layer.parameters(), 0.1, o -> o.momentum(0.9)),
        3.0787283613389334,
        0.2464885986515452,
        1.7560993666798677);
    double[] symmetric = {
      -0.19382679996727073, -0.23025368124229117, 0.03160445782104056, -0.23025368124229117,
      0.012920434370434582, -0.18692780379511306, 0.03160445782104056, -0.18692780379511306,
      -0.16158100310976156
    };
    assertArrayEquals(symmetric, layer.weight().toDoubleArray(), 1e-12);

    Parametrize.register(layer, "weight", new LowRank(3, 3, 2));
    assertEquals(
        List.of(
            "bias",
            "parametrizations.weight.original",
            "parametrizations.weight.1.a",
            "parametrizations.weight.1.b"),
        names(layer.stateDict()));
    assertEquals(names(layer.stateDict()), names(layer.namedParameters()));
    train(
        layer,
        new SGD(layer.parameters(), 0.1),
        2.1385556082169046,
        0.08321006486576857,
        0.04201401037240643);
    assertEquals(
        """
        ParametrizedLinear(
          in_features=3, out_features=3, bias=True
          (parametrizations): ModuleDict(
            (weight): ParametrizationList(
              (0): Symmetric()
              (1): LowRank()
            )
          )
        )\
        """,
        layer.toString());
    Parametrize.remove(layer, "weight", true);
    assertEquals(List.of("bias", "weight"), names(layer.stateDict()));
    assertSame(original, layer.weight());
    double[] left = {
      -0.04045071928128534, -0.03556873949424377, 0.18208820279549429, -0.13041383857197258,
      0.12708204363681525, 0.054710948510607024, 0.02950815917118542, -0.10708708538073657,
      -0.06627543158211963
    };
    assertArrayEquals(left, layer.weight().toDoubleArray(), 1e-12);
    assertEquals("Linear(in_features=3, out_features=3, bias=True)", layer.toString());
    assertFalse(Parametrize.isParametrized(layer));
  }

  @Test
  void severalOriginalsTrainAsPyTorchs() {
    Linear layer = filled(new Linear(3, 3));
    Parametrize.register(layer, "weight", new RankOne());
    assertEquals(
        List.of("bias", "parametrizations.weight.original0", "parametrizations.weight.original1"),
        names(layer.stateDict()));
    train(
        layer,
        new SGD(layer.parameters(), 0.05),
        2.1473591608613876,
        0.7723796077270147,
        0.27830607867485024);
    assertThrows(IllegalArgumentException.class, () -> Parametrize.remove(layer, "weight", false));
    double[] value = layer.weight().toDoubleArray();
    Parametrize.remove(layer, "weight", true);
    assertArrayEquals(value, layer.weight().toDoubleArray());
    assertTrue(layer.weight().isLeaf() && layer.weight().requiresGrad());
    assertEquals(List.of("bias", "weight"), names(layer.stateDict()));
  }

  private static final class Twice extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.mul(2);
    }
  }

  @Test
  void everyLayerComputesWithItsParametrizations() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      for (String name : c.module().namedParameters().keySet()) {
        int dot = name.lastIndexOf('.');
        Module owner = c.module().getSubmodule(name.substring(0, Math.max(dot, 0)));
        String own = name.substring(dot + 1);
        Tensor original = c.module().getParameter(name);
        Tensor expected =
            Utils.functionalCall(c.module(), Map.of(name, original.detach().mul(2)), m -> c.run(m));
        Parametrize.register(owner, own, new Twice());
        Tensor actual = c.run(c.module());
        assertTrue(same(expected.detach(), actual.detach()), c.name() + " " + name);
        actual.square().sum().backward();
        assertNotNull(original.grad(), c.name() + " " + name);
        Parametrize.remove(owner, own, false);
        assertSame(original, c.module().getParameter(name));
      }
    }
  }

  @Test
  void originalsCanBeSetAndLeft() {
    Linear layer = filled(new Linear(3, 3));
    Parametrize.register(layer, "weight", new Symmetric());
    Tensor symmetric = wave(1, 3, 3).add(wave(1, 3, 3).t());
    layer.setParameter("weight", symmetric);
    assertTrue(same(symmetric, layer.weight().detach()));
    Parametrize.remove(layer, "weight", false);
    assertTrue(same(symmetric.triu(), layer.weight().detach()));
    Parametrize.register(layer, "weight", new LowRank(3, 3, 1));
    var error =
        assertThrows(
            IllegalStateException.class, () -> layer.setParameter("weight", Tensor.zeros(3, 3)));
    assertTrue(error.getMessage().contains("LowRank"), error.getMessage());
  }

  private static final class Flat extends Module implements Parametrize.RightInverse {
    @Override
    public Tensor forward(Tensor x) {
      return x.flatten();
    }

    @Override
    public Tensor rightInverse(Tensor value) {
      return value.add(100);
    }
  }

  @Test
  void aParametrizationThatChangesTheShapeIsRefused() {
    Linear layer = filled(new Linear(3, 3));
    for (int i = 0; i < 2; i++) {
      double[] before = layer.weight().toDoubleArray();
      List<String> names = names(layer.stateDict());
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () -> Parametrize.register(layer, "weight", new Flat()));
      assertTrue(error.getMessage().contains("unsafe"), error.getMessage());
      assertArrayEquals(before, layer.weight().toDoubleArray());
      assertEquals(names, names(layer.stateDict()));
      Parametrize.register(layer, "weight", new Twice());
    }
    Parametrize.register(layer, "bias", new Flat(), o -> o.unsafe(true));
    assertThrows(
        IllegalArgumentException.class, () -> Parametrize.register(layer, "wait", new Twice()));
    assertThrows(
        IllegalArgumentException.class, () -> Parametrize.remove(new Linear(1, 1), "bias", true));
  }

  @Test
  void modulesOfUsersAreParametrizedBySlots() {
    Scale scale = new Scale();
    Parametrize.register(scale, "scale", new Twice());
    Parametrize.register(scale, "mean", new Twice());
    scale.getBuffer("parametrizations.mean.original").fill_(3);
    assertArrayEquals(new float[] {-4, -4}, scale.forward(Tensor.ones(2)).toFloatArray());
    assertEquals(1, scale.parameters().size());
    var error =
        assertThrows(
            IllegalStateException.class,
            () -> Parametrize.register(new Plain(), "shift", new Twice()));
    assertEquals(
        "Parametrize.register: Plain holds shift as a tensor, which nothing can compute anew: hold"
            + " a Slot, from slot(\"shift\", …)",
        error.getMessage());
  }

  @Test
  void parametrizationsFollowModesTypesAndStates() {
    Linear layer = new Linear(3, 3);
    layer.eval();
    Parametrize.register(layer, "weight", new Symmetric());
    assertFalse(layer.getSubmodule("parametrizations.weight.0").isTraining());
    Linear other = Parametrize.register(new Linear(3, 3), "weight", new Symmetric());
    other.loadStateDict(layer.stateDict());
    assertTrue(same(layer.weight().detach(), other.weight().detach()));
    other.to(DType.FLOAT64);
    assertEquals(DType.FLOAT64, other.weight().dtype());
    assertEquals(DType.FLOAT64, other.forward(wave(1, 2, 3)).dtype());
  }

  // ---- functional calls ---------------------------------------------------------------------

  @Test
  void aFunctionalCallIsPyTorchs() {
    Sequential net =
        filled(new Sequential(new Linear(3, 4), new BatchNorm1d(4), new Tanh(), new Linear(4, 2)));
    Tensor base = wave(2, 1).requiresGrad_(true);
    Map<String, Tensor> tensors = new HashMap<>();
    net.namedParameters().forEach((name, p) -> tensors.put(name, p.detach().mul(base)));
    Tensor y = Utils.functionalCall(net, tensors, wave(7, 4, 3));
    y.square().sum().backward();
    double[] expected = {
      -0.20089085713439767, -0.18826843745601518, -0.11713958554412968, -0.21867712915802096,
      -0.0839674981414654, -0.26617690130183454, -0.20122858124774065, -0.1878051983452968
    };
    assertArrayEquals(expected, y.toDoubleArray(), 1e-7);
    assertEquals(1.4958309860807253, base.grad().item(), 1e-10);
    net.parameters().forEach(p -> assertNull(p.grad()));
    assertArrayEquals(wave(0, 4, 3).toDoubleArray(), net.getParameter("0.weight").toDoubleArray());
    double[] mean = {
      0.02334071597458865, 0.02427254289695721, 0.009396542456440934, 0.005231774064350891
    };
    assertArrayEquals(mean, net.getBuffer("1.running_mean").toDoubleArray(), 1e-12);
  }

  @Test
  void everyLayerComputesWithWhatACallIsGiven() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      c.module().eval();
      Tensor before = c.run(c.module()).detach();
      Module other = Module.deepCopy(c.module());
      Map<String, Tensor> tensors = new HashMap<>();
      other.namedParameters().forEach((n, t) -> t.setData(t.detach().mul(1.5).add(0.1)));
      other.namedParameters().forEach((n, t) -> tensors.put(n, t.detach().requiresGrad_(true)));
      other
          .namedBuffers()
          .forEach(
              (n, t) -> {
                t.setData(t.isFloatingPoint() ? t.mul(1.5).add(0.1) : t);
                tensors.put(n, t);
              });
      Tensor expected = c.run(other).detach();
      Tensor y = Utils.functionalCall(c.module(), tensors, m -> c.run(m));
      assertTrue(same(expected, y.detach()), c.name());
      y.square().sum().backward();
      other.namedParameters().keySet().forEach(n -> assertNotNull(tensors.get(n).grad(), n));
      c.module().parameters().forEach(p -> assertNull(p.grad()));
      assertTrue(same(before, c.run(c.module()).detach()), c.name());
    }
  }

  @Test
  void tiedParametersFollowInACall() {
    Sequential net = tied();
    Tensor w = wave(9, 5, 3);
    double[] first = {
      0.6529835291199604,
      0.4542079870847697,
      0.14751140426947124,
      0.2544785892009938,
      -0.35166197293350454
    };
    Tensor y = Utils.functionalCall(net, Map.of("0.weight", w), TOKENS);
    assertArrayEquals(first, y.select(0, 0).toDoubleArray(), 1e-12);
    assertTrue(same(y, Utils.functionalCall(net, Map.of("1.weight", w), TOKENS)));
    assertTrue(same(y, Utils.functionalCall(net, Map.of("0.weight", w, "1.weight", w), TOKENS)));
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Utils.functionalCall(
                    net, Map.of("0.weight", w, "1.weight", wave(1, 5, 3)), TOKENS));
    assertTrue(error.getMessage().contains("0.weight"), error.getMessage());
    assertTrue(error.getMessage().contains("1.weight"), error.getMessage());
  }

  @Test
  void unknownNamesAndFailuresLeaveTheModuleAsItWas() {
    Sequential net = tied();
    double[] before = net.forward(TOKENS).toDoubleArray();
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Utils.functionalCall(net, Map.of("nope", Tensor.ones(1)), TOKENS));
    assertEquals(
        "functionalCall: Sequential has no parameter or buffer nope; it has 0.weight, 1.weight,"
            + " 1.bias",
        error.getMessage());
    assertThrows(
        RuntimeException.class,
        () -> Utils.functionalCall(net, Map.of("1.weight", Tensor.ones(7)), TOKENS));
    assertArrayEquals(before, net.forward(TOKENS).toDoubleArray());
    Plain plain = new Plain();
    Map<String, Tensor> both = new LinkedHashMap<>();
    both.put("shift", Tensor.ones(2));
    both.put("scale", Tensor.zeros(2));
    assertThrows(
        IllegalStateException.class, () -> Utils.functionalCall(plain, both, Tensor.ones(2)));
    assertArrayEquals(new float[] {1, 1}, plain.forward(Tensor.ones(2)).toFloatArray());
    Tensor shift = Tensor.ones(2).requiresGrad_(true);
    Tensor y = Utils.functionalCall(plain, Map.of("shift", shift.mul(3)), Tensor.ones(2));
    assertArrayEquals(new float[] {4, 4}, y.toFloatArray());
    y.sum().backward();
    assertArrayEquals(new float[] {3, 3}, shift.grad().toFloatArray());
    assertArrayEquals(new float[] {1, 1}, plain.forward(Tensor.ones(2)).toFloatArray());
    assertEquals(0, plain.getParameter("shift").sum().item());
  }

  @Test
  void callsNestAndReachParametrizations() {
    Linear layer = filled(new Linear(3, 3));
    Parametrize.register(layer, "weight", new Symmetric());
    Tensor zeros = Tensor.zeros(DType.FLOAT64, 3, 3);
    Tensor ones = Tensor.ones(DType.FLOAT64, 3, 3);
    String name = "parametrizations.weight.original";
    double inner =
        Utils.functionalCall(
            layer,
            Map.of(name, ones),
            m ->
                m.weight().sum().item()
                    + 100
                        * Utils.functionalCall(m, Map.of(name, zeros), n -> n.weight().sum().item())
                    + 1000 * m.weight().sum().item());
    assertEquals(9009, inner);
    assertTrue(same(wave(0, 3, 3).triu(), layer.getParameter(name).detach()));
  }

  @Test
  void gradientsOfGradientsReachTheGivenTensors() {
    Linear layer = filled(new Linear(3, 1));
    Tensor x = wave(7, 4, 3);
    Tensor w = wave(2, 1, 3).requiresGrad_(true);
    Tensor loss = Utils.functionalCall(layer, Map.of("weight", w), x).square().sum();
    Tensor g = Autograd.grad(List.of(loss), List.of(w), null, o -> o.createGraph(true)).get(0);
    Tensor moved = w.sub(g.mul(0.1));
    Utils.functionalCall(layer, Map.of("weight", moved), x).square().sum().backward();
    assertNotNull(w.grad());
    assertNull(layer.weight().grad());
  }

  @Test
  void otherThreadsFindTheModulesOwnTensors() throws InterruptedException {
    Linear layer = filled(new Linear(3, 2));
    Tensor x = wave(1, 2, 3);
    double[] own = layer.forward(x).toDoubleArray();
    CountDownLatch within = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    List<double[]> seen = new ArrayList<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread other =
        new Thread(
            () -> {
              try {
                within.await();
                seen.add(layer.forward(x).toDoubleArray());
                Tensor ones = Tensor.ones(DType.FLOAT64, 2, 3);
                Tensor y = Utils.functionalCall(layer, Map.of("weight", ones), x);
                seen.add(y.toDoubleArray());
              } catch (InterruptedException | RuntimeException e) {
                failure.set(e);
              } finally {
                done.countDown();
              }
            });
    other.start();
    Tensor zeros = Tensor.zeros(DType.FLOAT64, 2, 3);
    double[] ours =
        Utils.functionalCall(
            layer,
            Map.of("weight", zeros),
            m -> {
              within.countDown();
              try {
                done.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return m.forward(x).toDoubleArray();
            });
    other.join();
    assertNull(failure.get());
    assertArrayEquals(own, seen.get(0));
    Tensor bias = layer.bias();
    assertArrayEquals(
        Functional.linear(x, Tensor.ones(DType.FLOAT64, 2, 3), bias).toDoubleArray(), seen.get(1));
    assertArrayEquals(Functional.linear(x, zeros, bias).toDoubleArray(), ours);
    assertArrayEquals(own, layer.forward(x).toDoubleArray());
  }

  @Test
  void buffersThatAreGivenAreUpdatedInPlace() {
    BatchNorm1d norm = new BatchNorm1d(2);
    Tensor mean = Tensor.zeros(2);
    Tensor count = Tensor.scalar(DType.INT64, 5);
    try (var guard = Facula.noGrad()) {
      Utils.functionalCall(
          norm,
          Map.of("running_mean", mean, "num_batches_tracked", count),
          Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    }
    assertArrayEquals(new float[] {0.2f, 0.3f}, mean.toFloatArray(), 1e-6f);
    assertEquals(6, count.itemLong());
    assertEquals(0, norm.getBuffer("running_mean").sum().item());
    assertEquals(0, norm.getBuffer("num_batches_tracked").itemLong());
  }

  @Test
  void buffersOfLossesCanBeGiven() {
    CrossEntropyLoss loss = new CrossEntropyLoss(o -> o.weight(Tensor.ones(2)));
    Tensor scores = wave(1, 3, 2).to(DType.FLOAT32);
    Tensor classes = Tensor.of(new long[] {0, 1, 0}, 3);
    Tensor weight = Tensor.of(new float[] {1, 3}, 2);
    assertEquals(
        Functional.crossEntropy(scores, classes, o -> o.weight(weight)).item(),
        Utils.functionalCall(loss, Map.of("weight", weight), m -> m.forward(scores, classes))
            .item());
  }

  private static List<String> names(Map<String, Tensor> map) {
    return new ArrayList<>(map.keySet());
  }
}
