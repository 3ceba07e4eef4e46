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

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.loss.MSELoss;
import dev.facula.loss.TripletMarginLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Functions of others around the forward of a module. */
class HookTest {
  private static final double EXACT = 1e-12;

  private static final class Outer extends Module {
    private final Linear fc = register("fc", new Linear(3, 2));
    int calls;

    @Override
    public Tensor forward(Tensor x) {
      calls++;
      return fc.forward(x);
    }
  }

  private static List<Double> sums(List<? extends Tensor> tensors) {
    List<Double> result = new ArrayList<>();
    tensors.forEach(t -> result.add(t == null ? null : t.sum().item()));
    return result;
  }

  @Test
  void hooksReplaceInputsOutputsAndGradientsAsInPyTorch() {
    Sequential net = filled(new Sequential(new Linear(3, 3), new ReLU(), new Linear(3, 2)));
    List<Double> seen = new ArrayList<>();
    net.get(0).registerForwardPreHook((m, in) -> List.of(((Tensor) in.get(0)).mul(2)));
    net.get(0)
        .registerForwardHook(
            (m, in, out) -> {
              seen.add(((Tensor) in.get(0)).sum().item());
              seen.add(((Tensor) out).sum().item());
              return null;
            });
    net.get(0).registerForwardHook((m, in, out) -> ((Tensor) out).add(1));
    net.get(1).registerFullBackwardHook((m, in, out) -> List.of(in.get(0).mul(3)));
    net.get(2).registerFullBackwardPreHook((m, out) -> List.of(out.get(0).mul(2)));
    Tensor x = wave(7, 4, 3).requiresGrad_(true);
    Tensor y = net.forward(x);
    y.square().sum().backward();
    assertEquals(2.514909368677015, seen.get(0), EXACT);
    assertEquals(5.014248243403486, seen.get(1), EXACT);
    assertEquals(2, seen.size());
    assertEquals(-4.3407569258207825, y.sum().item(), EXACT);
    double[] gradient = {
      8.120103702170455, 10.383023224775172, 7.762644685554913, 5.2465828837403174,
      5.7410891672206095, 3.535471508364272, 4.953077233315776, 5.379798096166674,
      3.2763158527263156, 8.122948420335671, 10.386524933417814, 7.7651564763846475
    };
    assertArrayEquals(gradient, x.grad().toDoubleArray(), EXACT);
    double[] parameters = {
      122.67505303270498, 151.9900056754278, -73.86593060372603, -17.363027703283127
    };
    for (int i = 0; i < 4; i++) {
      assertEquals(parameters[i], net.parameters().get(i).grad().sum().item(), 1e-10);
    }
  }

  @Test
  void anLstmShowsItsTupleAsInPyTorch() {
    LSTM lstm = filled(new LSTM(3, 2));
    List<Object> outputs = new ArrayList<>();
    List<List<Double>> gradients = new ArrayList<>();
    lstm.registerForwardHook(
        (m, in, out) -> {
          outputs.add(out);
          return null;
        });
    lstm.registerFullBackwardHook(
        (m, in, out) -> {
          gradients.add(sums(in));
          gradients.add(sums(out));
          return null;
        });
    Tensor x = wave(1, 4, 1, 3).requiresGrad_(true);
    LSTM.Result r = lstm.forward(x, null);
    r.output().square().sum().add(r.state().h().sum()).backward();
    assertEquals(1, outputs.size());
    assertTrue(outputs.get(0) instanceof LSTM.Result);
    assertEquals(List.of(1, 2), gradients.stream().map(List::size).toList());
    assertEquals(0.26603982278220795, gradients.get(0).get(0), EXACT);
    assertEquals(-3.7971560954150814, gradients.get(1).get(0), EXACT);
    assertNull(gradients.get(1).get(1));
    assertEquals(0.26603982278220795, x.grad().sum().item(), EXACT);

    gradients.clear();
    Tensor zeros = wave(1, 1, 1, 2).mul(0);
    lstm.forward(x, new LSTM.State(zeros, zeros)).output().sum().backward();
    assertEquals(-2.279716706093107, gradients.get(0).get(0), EXACT);
    assertNull(gradients.get(0).get(1));
    assertEquals(8.0, gradients.get(1).get(0));

    gradients.clear();
    lstm.call(x.detach()).sum().backward(); // at once, since no input wants a gradient
    assertEquals(1, gradients.get(0).size());
    assertNull(gradients.get(0).get(0));
    assertEquals(8.0, gradients.get(1).get(0));
    assertEquals(3, outputs.size());
    assertTrue(outputs.get(2) instanceof LSTM.Result);
  }

  @Test
  void attentionShowsItsTupleAsInPyTorch() {
    MultiheadAttention attention = filled(new MultiheadAttention(4, 2));
    attention.registerForwardHook(
        (m, in, out) -> {
          var r = (MultiheadAttention.Result) out;
          return new MultiheadAttention.Result(r.output().mul(2), r.weights());
        });
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> outputs = new ArrayList<>();
    attention.registerFullBackwardHook(
        (m, in, out) -> {
          inputs.addAll(in);
          outputs.addAll(out);
          return null;
        });
    Tensor x = wave(1, 3, 1, 4).requiresGrad_(true);
    var r = attention.forward(x, x, x);
    r.output().square().sum().backward();
    assertEquals(-8.868349338699275, r.output().sum().item(), EXACT);
    assertEquals(-7.5626315084538085, x.grad().sum().item(), EXACT);
    assertEquals(3, inputs.size());
    assertEquals(0.6877174683673083, inputs.get(0).sum().item(), EXACT);
    assertEquals(2, outputs.size());
    assertNull(outputs.get(1));
  }

  @Test
  void everyLayerRunsItsHooksOnce() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      Module module = c.module();
      double[] expected = c.run(module).toDoubleArray();
      AtomicInteger count = new AtomicInteger();
      AtomicInteger parts = new AtomicInteger();
      List<Hooks.Handle> handles = new ArrayList<>();
      handles.add(
          module.registerForwardPreHook(
              (m, in) -> {
                assertSame(module, m);
                assertTrue(in.size() > 0 && in.get(0) instanceof Tensor);
                count.incrementAndGet();
                return null;
              }));
      handles.add(
          module.registerForwardHook(
              (m, in, out) -> {
                count.incrementAndGet();
                return null;
              }));
      List<Module> inner =
          module.namedModules().values().stream().filter(m -> m != module).toList();
      for (Module part : inner) {
        handles.add(
            part.registerForwardHook(
                (m, in, out) -> {
                  parts.incrementAndGet();
                  return null;
                }));
      }
      long lists = inner.stream().filter(m -> m instanceof ModuleList<?>).count();
      assertArrayEquals(expected, c.run(module).toDoubleArray(), 1e-9, c.name());
      assertEquals(2, count.get(), c.name());
      assertEquals(inner.size() - lists, parts.get(), c.name());
      assertArrayEquals(expected, c.tensor(c.call().apply(module)).toDoubleArray(), 1e-9, c.name());
      assertEquals(4, count.get(), c.name());
      handles.forEach(Hooks.Handle::remove);
      c.run(module);
      assertEquals(4, count.get(), c.name());
    }
  }

  @Test
  void everyLayerShowsItsGradients() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      Module module = c.module();
      c.run(module).square().sum().backward();
      List<Tensor> expected = module.parameters().stream().map(p -> p.grad().clone()).toList();
      module.zeroGrad();
      AtomicInteger count = new AtomicInteger();
      module
          .namedModules()
          .values()
          .forEach(
              m -> {
                m.registerFullBackwardPreHook((n, out) -> out);
                m.registerFullBackwardHook(
                    (n, in, out) -> {
                      count.incrementAndGet();
                      return in;
                    });
              });
      c.run(module).square().sum().backward();
      assertTrue(count.get() > 0, c.name());
      for (int i = 0; i < expected.size(); i++) {
        Tensor actual = module.parameters().get(i).grad();
        assertTrue(expected.get(i).sub(actual).abs().max().item() < 1e-9, c.name() + " " + i);
      }
    }
  }

  @Test
  void whatHooksSawStays() {
    for (boolean training : new boolean[] {true, false}) {
      for (EveryLayer.Case c : EveryLayer.all()) {
        c.module().train(training);
        List<Tensor> seen = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        c.module()
            .namedModules()
            .values()
            .forEach(
                m ->
                    m.registerForwardHook(
                        (n, in, out) -> {
                          seen.add((Tensor) in.get(0));
                          if (out instanceof Tensor t) {
                            seen.add(t);
                          }
                          seen.subList(values.size(), seen.size())
                              .forEach(t -> values.add(t.toDoubleArray()));
                          return null;
                        }));
        c.run(c.module());
        for (int i = 0; i < seen.size(); i++) {
          assertArrayEquals(values.get(i), seen.get(i).toDoubleArray(), c.name() + " " + i);
        }
      }
    }
  }

  @Test
  void aHookOnOnePartOfASequenceSeesWhatPyTorchsWould() {
    Tensor x = wave(5, 2, 4, 6, 6);
    Sequential net =
        filled(
            new Sequential(
                new Conv2d(4, 2, 3),
                new BatchNorm2d(2),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(8, 3),
                new ReLU(),
                new Linear(3, 2)));
    net.eval();
    double[] expected = net.forward(x).toDoubleArray();
    List<double[]> alone = new ArrayList<>();
    Tensor each = x;
    for (Module m : net.asList()) {
      each = m.forward(each);
      alone.add(each.toDoubleArray());
    }
    try (var guard = Facula.noGrad()) {
      for (int i = 0; i < net.size(); i++) {
        List<Tensor> seen = new ArrayList<>();
        var handle =
            net.get(i)
                .registerForwardHook(
                    (m, in, out) -> {
                      seen.add((Tensor) in.get(0));
                      seen.add((Tensor) out);
                      return null;
                    });
        assertArrayEquals(expected, net.forward(x).toDoubleArray(), EXACT);
        assertEquals(2, seen.size());
        assertArrayEquals(
            i == 0 ? x.toDoubleArray() : alone.get(i - 1), seen.get(0).toDoubleArray(), EXACT);
        assertArrayEquals(alone.get(i), seen.get(1).toDoubleArray(), EXACT);
        handle.remove();
      }
    }
  }

  @Test
  void aClassOfOnesOwnRunsThemByCall() {
    Outer outer = new Outer();
    List<String> order = new ArrayList<>();
    outer.registerForwardPreHook(
        (m, in) -> {
          order.add("pre 1");
          return null;
        });
    outer.registerForwardPreHook(
        (m, in) -> {
          order.add("pre 2");
          return null;
        });
    outer.registerForwardHook(
        (m, in, out) -> {
          order.add("post 1");
          return null;
        });
    outer.fc.registerForwardHook(
        (m, in, out) -> {
          order.add("fc");
          return null;
        });
    outer.forward(Tensor.ones(1, 3));
    assertEquals(List.of("fc"), order);
    order.clear();
    outer.call(Tensor.ones(1, 3));
    assertEquals(List.of("pre 1", "pre 2", "fc", "post 1"), order);
    order.clear();
    new Sequential(outer).forward(Tensor.ones(1, 3));
    assertEquals(List.of("pre 1", "pre 2", "fc", "post 1"), order);
    assertEquals(3, outer.calls);
  }

  private static final class Quiet extends Module {
    @Override
    public Tensor forward(Tensor x) {
      if (hooked()) {
        return call(x);
      }
      return x.mul(2);
    }

    @Override
    protected boolean forwardRunsHooks() {
      return true;
    }
  }

  private static final class Loud extends Module {
    @Override
    public Tensor forward(Tensor x) {
      return x.mul(2);
    }
  }

  @Test
  void aPlainForwardThatGoesPastHooksIsLoggedOnce() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Module.class);
    log.start();
    logger.addAppender(log);
    try {
      AtomicInteger count = new AtomicInteger();
      for (Module m : List.of(new Linear(1, 1), new Quiet(), new Loud(), new Loud())) {
        m.registerForwardHook(
            (n, in, out) -> {
              count.incrementAndGet();
              return null;
            });
        m.forward(Tensor.ones(1, 1));
      }
      assertEquals(2, count.get());
      assertEquals(1, log.list.size());
      String message = log.list.get(0).getFormattedMessage();
      assertTrue(message.contains("HookTest$Loud") && message.contains("call("), message);
    } finally {
      logger.detachAppender(log);
    }
  }

  private static final class Pair extends Module {
    record Both(Tensor sum, String note, List<Tensor> all) {}

    final Linear fc = register("fc", new Linear(3, 3));

    Both forward(Tensor a, Tensor b) {
      Tensor sum = fc.forward(a).add(b);
      return new Both(sum, "note", List.of(a, b));
    }

    List<Tensor> parts(Tensor a) {
      return List.of(a.mul(2), a.mul(3));
    }
  }

  @Test
  void forwardsOfOtherTypesAreCalledByReference() {
    Pair pair = new Pair();
    Tensor a = Tensor.ones(1, 3).requiresGrad_(true);
    Tensor b = Tensor.ones(1, 3);
    List<List<Double>> gradients = new ArrayList<>();
    pair.registerFullBackwardHook(
        (m, in, out) -> {
          gradients.add(sums(in));
          gradients.add(sums(out));
          return null;
        });
    Pair.Both both = pair.call(pair::forward, a, b);
    assertEquals("note", both.note());
    both.sum().sum().backward();
    assertEquals(2, gradients.get(0).size());
    assertNotNull(gradients.get(0).get(0));
    assertNull(gradients.get(0).get(1));
    assertEquals(3, gradients.get(1).size());
    assertEquals(3.0, gradients.get(1).get(0));
    gradients.clear();
    List<Tensor> parts = pair.call(pair::parts, a);
    parts.get(1).sum().backward();
    assertEquals(List.of(9.0), gradients.get(0));
    assertNull(gradients.get(1).get(0)); // nothing came from the other one
    assertEquals(3.0, gradients.get(1).get(1));
    pair.registerForwardHook((m, in, out) -> "something else");
    var error = assertThrows(IllegalStateException.class, () -> pair.call(pair::forward, a, b));
    assertEquals(
        "Pair: a forward hook returned a String for an output that is a Both", error.getMessage());
  }

  @Test
  void whatHooksMayNotReturnIsNamed() {
    Linear layer = new Linear(3, 3);
    Tensor x = Tensor.ones(1, 3).requiresGrad_(true);
    var handle = layer.registerForwardPreHook((m, in) -> List.of());
    String message = assertThrows(IllegalStateException.class, () -> layer.forward(x)).getMessage();
    assertEquals(
        "Linear: a forward pre-hook returned null for input 0, which is a Tensor", message);
    handle.remove();
    handle = layer.registerFullBackwardHook((m, in, out) -> List.of());
    Tensor y = layer.forward(x).sum();
    message = assertThrows(IllegalStateException.class, y::backward).getMessage();
    assertEquals("Linear: a full backward hook returned 0 gradients, expected 1", message);
    handle.remove();
    handle = layer.registerFullBackwardHook((m, in, out) -> out);
    Tensor z = layer.forward(x.detach()).sum();
    message = assertThrows(IllegalStateException.class, z::backward).getMessage();
    assertTrue(message.startsWith("Linear: no input requires a gradient"), message);
    handle.remove();
    handle.remove();
    assertTrue(layer.unhooked());
    layer.forward(x).sum().backward();
  }

  @Test
  void inputsOfOtherTypesAreChecked() {
    LSTM lstm = new LSTM(3, 2);
    Tensor x = Tensor.ones(4, 1, 3);
    Tensor one = Tensor.ones(1, 1, 2);
    float[] expected = lstm.forward(x).toFloatArray();
    var handle = lstm.registerForwardPreHook((m, in) -> in.subList(0, 1));
    LSTM.State state = new LSTM.State(one, one);
    assertArrayEquals(expected, lstm.forward(x, state).output().toFloatArray());
    handle.remove();
    lstm.registerForwardPreHook((m, in) -> List.of(in.get(0), "state"));
    String message =
        assertThrows(IllegalStateException.class, () -> lstm.forward(x, state)).getMessage();
    assertEquals(
        "LSTM: a forward pre-hook returned a String for input 1, which is a State", message);
  }

  @Test
  void theSameHookTwiceIsRemovedOneByOne() {
    Linear layer = new Linear(3, 3);
    AtomicInteger count = new AtomicInteger();
    Hooks.ForwardPre hook =
        (m, in) -> {
          count.incrementAndGet();
          return null;
        };
    Hooks.Handle first = layer.registerForwardPreHook(hook);
    Hooks.Handle second = layer.registerForwardPreHook(hook);
    layer.forward(Tensor.ones(1, 3));
    assertEquals(2, count.get());
    first.remove();
    first.remove();
    layer.forward(Tensor.ones(1, 3));
    assertEquals(3, count.get());
    second.remove();
    layer.forward(Tensor.ones(1, 3));
    assertEquals(3, count.get());
  }

  @Test
  void withoutAGraphNothingIsRecorded() {
    Linear layer = new Linear(3, 3);
    layer.registerFullBackwardHook((m, in, out) -> null);
    try (var guard = Facula.noGrad()) {
      assertFalse(layer.forward(Tensor.ones(1, 3)).requiresGrad());
    }
  }

  @Test
  void aHookThatThrowsLeavesTheModuleUsable() {
    Linear layer = new Linear(3, 3);
    var handle =
        layer.registerForwardHook(
            (m, in, out) -> {
              throw new IllegalArgumentException("no");
            });
    assertThrows(IllegalArgumentException.class, () -> layer.forward(Tensor.ones(1, 3)));
    assertThrows(IllegalArgumentException.class, () -> layer.forward(Tensor.ones(1, 3)));
    handle.remove();
    layer.forward(Tensor.ones(1, 3));
  }

  @Test
  void manyThreadsRunTheHooksOfOneModule() {
    Sequential net = new Sequential(new Linear(3, 3), new Outer());
    AtomicInteger count = new AtomicInteger();
    net.namedModules()
        .values()
        .forEach(
            m ->
                m.registerForwardHook(
                    (n, in, out) -> {
                      count.incrementAndGet();
                      return null;
                    }));
    net.eval();
    Tensor x = Tensor.ones(1, 3);
    float[] expected = net.forward(x).toFloatArray();
    count.set(0);
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              Hooks.Handle handle = net.get(0).registerForwardHook((n, in, out) -> null);
              assertArrayEquals(expected, net.forward(x).toFloatArray());
              handle.remove();
            });
    assertEquals(200 * 4, count.get());
  }

  @Test
  void lossesRunThemToo() {
    AtomicInteger count = new AtomicInteger();
    Hooks.Forward counting =
        (m, in, out) -> {
          count.addAndGet(in.size());
          return ((Tensor) out).mul(2);
        };
    MSELoss loss = new MSELoss();
    loss.registerForwardHook(counting);
    assertEquals(2, loss.forward(Tensor.zeros(2), Tensor.ones(2)).item());
    assertEquals(2, count.get());
    TripletMarginLoss three = new TripletMarginLoss();
    three.registerForwardHook(counting);
    three.forward(Tensor.zeros(2, 2), Tensor.ones(2, 2), Tensor.ones(2, 2));
    assertEquals(5, count.get());
    assertTrue(((Module) loss).forwardRunsHooks());
  }
}
