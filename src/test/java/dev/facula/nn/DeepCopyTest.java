package dev.facula.nn;

import static dev.facula.nn.EveryLayer.filled;
import static dev.facula.nn.EveryLayer.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.optim.SGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Copies of modules, which have nothing in common with the original. */
class DeepCopyTest {
  private static void train(EveryLayer.Case c, Module module) {
    SGD optimizer = new SGD(module.parameters(), 0.1);
    c.run(module).square().sum().backward();
    optimizer.step();
  }

  @Test
  void trainingTheCopyOfAnyLayerLeavesTheOriginal() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      Module module = c.module();
      Module copy = Module.deepCopy(module);
      assertSame(module.getClass(), copy.getClass());
      assertEquals(module.toString(), copy.toString());
      assertEquals(
          List.copyOf(module.stateDict().keySet()), List.copyOf(copy.stateDict().keySet()));
      double[] output = c.run(module).toDoubleArray();
      assertArrayEquals(output, c.run(copy).toDoubleArray(), c.name());
      Map<String, double[]> before = values(module);
      train(c, copy);
      values(module).forEach((n, v) -> assertArrayEquals(before.get(n), v, c.name() + " " + n));
      module.parameters().forEach(p -> assertNull(p.grad()));
      Map<String, double[]> trained = values(copy);
      for (String name : copy.namedParameters().keySet()) {
        assertFalse(Arrays.equals(before.get(name), trained.get(name)), c.name() + " " + name);
      }
    }
  }

  private static Map<String, double[]> values(Module module) {
    Map<String, double[]> result = new HashMap<>();
    module.stateDict().forEach((name, t) -> result.put(name, t.toDoubleArray()));
    return result;
  }

  @Test
  void tiesModesAndFlagsAreKept() {
    Sequential net = new Sequential(new Embedding(5, 3), new Linear(3, 5), new Dropout());
    net.setParameter("1.weight", net.getParameter("0.weight"));
    net.getParameter("1.bias").requiresGrad_(false);
    net.get(2).eval();
    net.getParameter("0.weight").setGrad(Tensor.ones(5, 3));
    Sequential copy = Module.deepCopy(net);
    assertSame(copy.getParameter("0.weight"), copy.getParameter("1.weight"));
    assertSame(copy.getParameter("0.weight"), ((Linear) copy.get(1)).weight());
    assertNotSame(net.getParameter("0.weight"), copy.getParameter("0.weight"));
    assertNull(copy.getParameter("0.weight").grad());
    assertFalse(copy.getParameter("1.bias").requiresGrad());
    assertTrue(copy.getParameter("0.weight").requiresGrad());
    assertTrue(copy.isTraining());
    assertFalse(copy.get(2).isTraining());
    Linear shared = new Linear(2, 2);
    Sequential twice = Module.deepCopy(new Sequential(shared, shared));
    assertSame(twice.get(0), twice.get(1));
  }

  private static final class Twice extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.mul(2);
    }
  }

  @Test
  void parametrizationsAndHooksAreKept() {
    Linear layer = filled(new Linear(3, 3));
    Parametrize.register(layer, "weight", new Twice());
    AtomicInteger count = new AtomicInteger();
    Hooks.Handle handle =
        layer.registerForwardHook(
            (m, in, out) -> {
              count.incrementAndGet();
              return null;
            });
    Linear copy = Module.deepCopy(layer);
    handle.remove();
    copy.forward(wave(1, 1, 3));
    assertEquals(1, count.get());
    layer.forward(wave(1, 1, 3));
    assertEquals(1, count.get());
    assertTrue(Parametrize.isParametrized(copy, "weight"));
    double[] weight = layer.weight().toDoubleArray();
    assertArrayEquals(weight, copy.weight().toDoubleArray());
    try (var guard = Facula.noGrad()) {
      copy.getParameter("parametrizations.weight.original").zero_();
    }
    assertEquals(0, copy.weight().abs().sum().item());
    assertArrayEquals(weight, layer.weight().toDoubleArray());
    Parametrize.remove(copy, "weight", true);
    assertEquals(0, copy.getParameter("weight").abs().sum().item());
    assertTrue(Parametrize.isParametrized(layer, "weight"));
  }

  private record Pair(Module first, int[] numbers) {}

  private static class Net extends Module {
    private final Linear fc = register("fc", new Linear(2, 2));
    private final Tensor scale = parameter("scale", Tensor.ones(2));
    private final Tensor mean = buffer("mean", Tensor.zeros(2));
    private final List<Module> list = List.of(fc, register("a", new Linear(2, 2)));
    private final Map<String, Module> map = new HashMap<>();
    private final Module[][] arrays = {{register("b", new Linear(2, 2))}};
    private final Pair pair = new Pair(register("c", new Linear(2, 2)), new int[] {1});
    private final ArrayList<Object> counts = new ArrayList<>(List.of(1));
    private final transient Linear teacher = new Linear(2, 2);
    private final String name = "net";
    private final UnaryOperator<Tensor> activation = Tensor::tanh;
    private int calls;

    Net() {
      map.put("fc", fc);
      map.put("d", register("d", new Linear(2, 2)));
    }

    @Override
    public Tensor forward(Tensor x) {
      calls++;
      x = fc.forward(x).mul(scale).add(mean);
      x = list.get(1).call(list.get(0).call(x));
      x = map.get("d").call(map.get("fc").call(x));
      return activation.apply(pair.first.call(arrays[0][0].call(x)));
    }
  }

  private static final class Deeper extends Net {
    private final Tensor more = parameter("more", Tensor.full(dev.facula.DType.FLOAT32, 3, 2));
    private final transient Net alias = this;

    @Override
    public Tensor forward(Tensor x) {
      return super.forward(x).mul(more);
    }
  }

  @Test
  void modulesOfUsersAreCopiedWithTheirFields() {
    for (Net net : List.of(new Net(), new Deeper())) {
      Tensor x = Tensor.randn(3, 2);
      float[] output = net.forward(x).toFloatArray();
      Net copy = Module.deepCopy(net);
      assertEquals(1, copy.calls);
      assertArrayEquals(output, copy.forward(x).toFloatArray());
      assertEquals(2, copy.calls);
      assertEquals(1, net.calls);
      assertSame(copy.fc, copy.namedChildren().get("fc"));
      assertSame(copy.fc, copy.list.get(0));
      assertSame(copy.fc, copy.map.get("fc"));
      assertSame(copy.scale, copy.getParameter("scale"));
      assertSame(copy.mean, copy.getBuffer("mean"));
      assertNotSame(net.teacher, copy.teacher);
      assertNotSame(net.pair.numbers, copy.pair.numbers);
      assertSame(net.activation, copy.activation);
      copy.counts.add(2);
      assertEquals(1, net.counts.size());
      if (copy instanceof Deeper deeper) {
        assertSame(deeper, deeper.alias);
      }
      SGD optimizer = new SGD(copy.parameters(), 0.5);
      copy.forward(x).sum().backward();
      optimizer.step();
      assertArrayEquals(output, net.forward(x).toFloatArray());
      copy.parameters().forEach(p -> assertTrue(p.grad() != null));
      assertFalse(Arrays.equals(output, copy.forward(x).toFloatArray()));
    }
  }

  private static final class Config {
    final int[] sizes = {2, 2};
    final List<String> names = new ArrayList<>(List.of("a"));
  }

  private static final class Configured extends Module {
    private final Config config = new Config();
    private final int[] sizes = config.sizes;
    private final List<String> names = config.names;
    private final Map<String, Module> parts = new ConcurrentHashMap<>();
    private final Optional<Module> norm = Optional.of(register("norm", new LayerNorm(2)));
    private final Set<Module> set = Set.of(register("set", new Tanh()));
    private final List<Module> fixed = Arrays.asList(register("fixed", new Linear(2, 2)));

    Configured() {
      parts.put("fc", register("fc", new Linear(sizes[0], sizes[1])));
    }

    @Override
    public Tensor forward(Tensor x) {
      Tensor y = norm.get().call(parts.get(names.get(0).equals("a") ? "fc" : "").call(x));
      return fixed.get(0).call(set.iterator().next().call(y));
    }
  }

  @Test
  void collectionsOfAllKindsAreCopied() {
    Configured net = new Configured();
    Configured copy = Module.deepCopy(net);
    assertSame(net.config, copy.config);
    assertNotSame(net.sizes, copy.sizes);
    assertSame(copy.getSubmodule("fc"), copy.parts.get("fc"));
    assertSame(copy.getSubmodule("norm"), copy.norm.get());
    assertSame(copy.getSubmodule("set"), copy.set.iterator().next());
    assertSame(copy.getSubmodule("fixed"), copy.fixed.get(0));
    assertSame(net.parts.getClass(), copy.parts.getClass());
    Tensor x = Tensor.randn(3, 2);
    assertArrayEquals(net.forward(x).toFloatArray(), copy.forward(x).toFloatArray());
  }

  private static final class Lambda extends Module {
    private final Linear fc = register("fc", new Linear(2, 2));
    private final UnaryOperator<Tensor> run = x -> fc.forward(x);

    @Override
    public Tensor forward(Tensor x) {
      return run.apply(x);
    }
  }

  private static final class Caching extends Module {
    private final Linear fc = register("fc", new Linear(2, 2));
    private transient Tensor last = Tensor.zeros(1);

    @Override
    public Tensor forward(Tensor x) {
      last = fc.forward(x);
      return last;
    }
  }

  private static final class Holder {
    final Linear held = new Linear(2, 2);
  }

  private static final class Holding extends Module {
    private final Holder holder = new Holder();

    Holding() {
      register("held", holder.held);
    }

    @Override
    public Tensor forward(Tensor x) {
      return holder.held.forward(x);
    }
  }

  @Test
  void whatWouldUseTheOriginalIsAnError() {
    String message =
        assertThrows(IllegalStateException.class, () -> Module.deepCopy(new Lambda())).getMessage();
    assertTrue(message.startsWith("deepCopy: Lambda.run holds a "), message);
    message =
        assertThrows(IllegalStateException.class, () -> Module.deepCopy(new Holding()))
            .getMessage();
    assertTrue(message.startsWith("deepCopy: Holding.holder holds a Holder"), message);
    Caching caching = new Caching();
    Module.deepCopy(caching);
    caching.forward(Tensor.ones(1, 2));
    message =
        assertThrows(IllegalStateException.class, () -> Module.deepCopy(caching)).getMessage();
    assertTrue(message.contains("Caching.last") && message.contains("detach()"), message);
  }

  private final class Inner extends Module {
    private final Linear fc = register("fc", new Linear(2, 2));

    @Override
    public Tensor forward(Tensor x) {
      return fc.forward(x).mul(factor);
    }
  }

  private final double factor = 2;
  private final Inner inner = new Inner();

  @Test
  void innerClassesKeepWhatIsAroundThem() {
    Inner copy = Module.deepCopy(inner);
    assertNotSame(inner.fc, copy.fc);
    assertArrayEquals(
        inner.forward(Tensor.ones(1, 2)).toFloatArray(),
        copy.forward(Tensor.ones(1, 2)).toFloatArray());
    Module anonymous =
        new Module() {
          private final Linear fc = register("fc", new Linear(2, 2));

          @Override
          public Tensor forward(Tensor x) {
            return fc.forward(x).mul(factor);
          }
        };
    assertEquals(2, Module.deepCopy(anonymous).parameters().size());
  }

  @Test
  void aCopyDrawsNoRandomNumbers() {
    Facula.manualSeed(3);
    float expected = Tensor.rand(1).toFloatArray()[0];
    Facula.manualSeed(3);
    Net net = new Net();
    Facula.manualSeed(3);
    Module.deepCopy(net);
    assertEquals(expected, Tensor.rand(1).toFloatArray()[0]);
  }
}
