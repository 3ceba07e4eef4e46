package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.io.Safetensors;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.loss.MSELoss;
import dev.facula.nn.BatchNorm1d;
import dev.facula.nn.BatchNorm2d;
import dev.facula.nn.Conv1d;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Dropout;
import dev.facula.nn.ELU;
import dev.facula.nn.Embedding;
import dev.facula.nn.GELU;
import dev.facula.nn.GRU;
import dev.facula.nn.LSTM;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxPool1d;
import dev.facula.nn.MaxPool2d;
import dev.facula.nn.Module;
import dev.facula.nn.ModuleDict;
import dev.facula.nn.ModuleList;
import dev.facula.nn.MultiheadAttention;
import dev.facula.nn.ParameterDict;
import dev.facula.nn.ParameterList;
import dev.facula.nn.RNN;
import dev.facula.nn.ReLU;
import dev.facula.nn.Sequential;
import dev.facula.nn.Tanh;
import dev.facula.nn.Transformer;
import dev.facula.nn.TransformerDecoder;
import dev.facula.nn.TransformerDecoderLayer;
import dev.facula.nn.TransformerEncoder;
import dev.facula.nn.TransformerEncoderLayer;
import dev.facula.optim.SGD;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a subclass in another package than that of the layers can do, and containers and ties. */
class OwnModulesTest {
  @TempDir Path folder;

  // ---- subclasses ---------------------------------------------------------------------------

  private static final class Residual extends Sequential {
    Residual(Module... modules) {
      super(modules);
    }

    @Override
    public Tensor forward(Tensor x) {
      return super.forward(x).add(x);
    }
  }

  private static final class Stack extends ModuleList<Linear> {
    Stack(int depth) {
      for (int i = 0; i < depth; i++) {
        append(new Linear(4, 4));
      }
    }

    @Override
    public Tensor forward(Tensor x) {
      for (Linear layer : this) {
        x = layer.forward(x);
      }
      return x;
    }
  }

  private static final class Gated extends TransformerEncoderLayer {
    private final Linear gate = register("gate", new Linear(8, 8));
    private final List<Tensor> seen = new ArrayList<>();

    Gated() {
      super(8, 2, 16, 0);
    }

    @Override
    protected Tensor saBlock(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
      Tensor y = super.saBlock(x, mask, padding);
      seen.add(y);
      return y;
    }

    @Override
    protected Tensor ffBlock(Tensor x) {
      return super.ffBlock(x).mul(gate.forward(x).sigmoid());
    }
  }

  private static final class Halved extends MultiheadAttention {
    Halved() {
      super(8, 2);
    }

    @Override
    public Result forward(Tensor query, Tensor key, Tensor value, Consumer<Call> call) {
      return super.forward(query.mul(0.5), key, value, call);
    }
  }

  private static final class Doubled extends TransformerEncoder {
    Doubled() {
      super(Gated::new, 2);
    }

    @Override
    public Tensor forward(Tensor src, @Nullable Tensor mask, @Nullable Tensor padding) {
      return super.forward(src, mask, padding).mul(2);
    }
  }

  private static int[] hookedOnce(Module m, Runnable forward) {
    int[] calls = new int[1];
    var handle =
        m.registerForwardHook(
            (module, inputs, output) -> {
              calls[0]++;
              return null;
            });
    forward.run();
    handle.remove();
    return calls;
  }

  @Test
  void containersCanBeExtended() {
    Linear a = new Linear(4, 4);
    Residual residual = new Residual(a, new ReLU());
    Tensor x = Tensor.randn(2, 4);
    assertArrayEquals(
        a.forward(x).relu().add(x).toFloatArray(), residual.forward(x).toFloatArray());
    Sequential outer = new Sequential(new Linear(4, 4), residual, new Linear(4, 2));
    Tensor h = outer.get(0).forward(x);
    Tensor expected = outer.get(2).forward(a.forward(h).relu().add(h));
    assertArrayEquals(expected.toFloatArray(), outer.forward(x).toFloatArray());
    assertEquals(1, hookedOnce(residual, () -> outer.forward(x))[0]);
    assertEquals(1, hookedOnce(residual, () -> residual.call(x))[0]);
    Stack stack = new Stack(3);
    assertEquals(6, stack.parameters().size());
    assertArrayEquals(
        stack.get(2).forward(stack.get(1).forward(stack.get(0).forward(x))).toFloatArray(),
        stack.forward(x).toFloatArray());
    Stack copy = Module.deepCopy(stack);
    assertNotSame(stack.get(0), copy.get(0));
    assertArrayEquals(stack.forward(x).toFloatArray(), copy.forward(x).toFloatArray());
  }

  @Test
  void transformersCanBeExtended() {
    Tensor x = Tensor.randn(5, 2, 8);
    Gated gated = new Gated();
    Tensor y = gated.forward(x);
    assertEquals(1, gated.seen.size());
    Tensor first = gated.norm1().forward(x.add(gated.seen.get(0))); // it was not released
    Tensor network =
        gated
            .linear2()
            .forward(gated.linear1().forward(first).relu())
            .mul(gated.gate.forward(first).sigmoid());
    assertArrayEquals(
        gated.norm2().forward(first.add(network)).toFloatArray(), y.toFloatArray(), 1e-6f);
    assertEquals(1, hookedOnce(gated, () -> gated.forward(x))[0]);
    assertEquals(1, hookedOnce(gated, () -> gated.call(x))[0]);
    Doubled encoder = new Doubled();
    assertEquals(Gated.class, encoder.layers().get(1).getClass());
    gated.seen.clear();
    TransformerEncoder same = new TransformerEncoder(gated, 1);
    assertArrayEquals(y.toFloatArray(), same.forward(x).toFloatArray());
    assertNotSame(gated, same.layers().get(0));
    Tensor plain = encoder.layers().get(1).forward(encoder.layers().get(0).forward(x));
    assertArrayEquals(plain.mul(2).toFloatArray(), encoder.forward(x).toFloatArray());
    assertEquals(1, hookedOnce(encoder, () -> encoder.call(x))[0]);
    TransformerDecoder decoder =
        new TransformerDecoder(new TransformerDecoderLayer(8, 2, 16, 0), 1);
    Transformer net = new Transformer(encoder, decoder);
    assertArrayEquals(
        decoder.forward(x, encoder.forward(x)).toFloatArray(), net.forward(x, x).toFloatArray());
  }

  @Test
  void attentionCanBeExtended() {
    Halved halved = new Halved();
    MultiheadAttention usual = new MultiheadAttention(8, 2);
    usual.loadStateDict(halved.stateDict());
    Tensor x = Tensor.randn(5, 2, 8);
    float[] expected = usual.forward(x.mul(0.5), x, x).output().toFloatArray();
    assertArrayEquals(expected, halved.forward(x, x, x).output().toFloatArray());
    TransformerEncoderLayer layer = new TransformerEncoderLayer(8, 2, 16, 0);
    layer.replace("self_attn", halved);
    assertSame(halved, layer.selfAttn());
    Tensor first = layer.norm1().forward(x.add(halved.forward(x, x, x).output()));
    Tensor second = layer.linear2().forward(layer.linear1().forward(first).relu());
    assertArrayEquals(
        layer.norm2().forward(first.add(second)).toFloatArray(),
        layer.forward(x).toFloatArray(),
        1e-6f);
  }

  // ---- fused steps --------------------------------------------------------------------------

  private static final class Net extends Module {
    private final Conv2d conv = register("conv", new Conv2d(3, 4, 3));
    private final BatchNorm2d norm = register("norm", new BatchNorm2d(4));
    private final ReLU relu = register("relu", new ReLU());
    private final MaxPool2d pool = register("pool", new MaxPool2d(2));
    private final Linear fc = register("fc", new Linear(16, 2));

    @Override
    public Tensor forward(Tensor x) {
      return fc.forward(Sequential.run(x, conv, norm, relu, pool).flatten(1));
    }

    Tensor oneByOne(Tensor x) {
      return fc.forward(pool.forward(norm.forward(conv.forward(x)).relu()).flatten(1));
    }
  }

  @Test
  void ownModulesRunFused() {
    Net net = new Net();
    Tensor x = Tensor.randn(2, 3, 6, 6);
    net.forward(x).sum().backward();
    List<float[]> gradients = new ArrayList<>();
    net.parameters().forEach(p -> gradients.add(p.grad().toFloatArray()));
    net.zeroGrad();
    net.oneByOne(x).sum().backward();
    for (int i = 0; i < gradients.size(); i++) {
      assertArrayEquals(gradients.get(i), net.parameters().get(i).grad().toFloatArray(), 1e-6f);
    }
    net.eval();
    try (var guard = Facula.noGrad()) {
      float[] kept = x.toFloatArray();
      assertArrayEquals(net.oneByOne(x).toFloatArray(), net.forward(x).toFloatArray());
      assertArrayEquals(kept, x.toFloatArray());
    }
    assertSame(x, Sequential.run(x));
  }

  // ---- containers ---------------------------------------------------------------------------

  @Test
  void sequentialsAreChangedAsPythonLists() {
    Sequential net = new Sequential(new ReLU(), new Tanh());
    net.insert(1, new GELU());
    Module elu = new ELU();
    net.insert(-1, elu);
    assertEquals("[ReLU, GELU, ELU, Tanh]", names(net));
    assertEquals(List.of("0", "1", "2", "3"), List.copyOf(net.namedChildren().keySet()));
    net.pop(0);
    assertSame(elu, net.pop(-2));
    assertEquals("[GELU, Tanh]", names(net));
    assertEquals(List.of("0", "1"), List.copyOf(net.namedChildren().keySet()));
    net.extend(net);
    assertEquals("[GELU, Tanh, GELU, Tanh]", names(net));
    assertEquals(2, net.children().size()); // each once
    assertEquals("[Tanh, GELU]", names(net.slice(1, -1)));
    assertEquals("[GELU, Tanh]", names(net.slice(-2, 99)));
    assertEquals(0, net.slice(5, 9).size());
    assertThrows(IndexOutOfBoundsException.class, () -> net.insert(5, elu));
    Sequential named = new Sequential(Map.entry("a", elu), Map.entry("b", new Tanh()));
    named.addModule("c", new GELU()).insert(1, new ReLU());
    assertEquals(List.of("a", "1", "b", "c"), List.copyOf(named.namedChildren().keySet()));
    assertEquals(List.of("1", "b"), List.copyOf(named.slice(1, 3).namedChildren().keySet()));
    assertThrows(IllegalArgumentException.class, () -> named.addModule("a", elu));
    IllegalArgumentException order =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Sequential(Map.of("a", elu, "b", new ReLU())));
    assertTrue(order.getMessage().contains("LinkedHashMap"), order.getMessage());
    ModuleList<Module> list = new ModuleList<>(net.slice(0, 2).asList());
    assertEquals("[Sequential]", names(new Sequential(net))); // one of one, not of its parts
    assertEquals("[Tanh]", names(list.slice(1, 2)));
    assertThrows(IllegalArgumentException.class, () -> list.append(list));
  }

  private static String names(Iterable<Module> modules) {
    List<String> names = new ArrayList<>();
    modules.forEach(m -> names.add(m.getClass().getSimpleName()));
    return names.toString();
  }

  @Test
  void dictionariesAreChangedAsPythonDicts() {
    Linear a = new Linear(1, 2);
    Linear b = new Linear(2, 3);
    ModuleDict<Linear> dict = new ModuleDict<>(Map.of("b", b, "a", a));
    assertEquals("[a, b]", dict.keys().toString()); // a map without an order: that of the names
    dict.update(new LinkedHashMap<>(Map.of("c", new Linear(3, 4))));
    dict.put("b", new Linear(5, 6));
    assertEquals(5, dict.get("b").inFeatures());
    assertEquals(List.of("a", "b", "c"), List.copyOf(dict.items().keySet()));
    assertSame(a, dict.pop("a"));
    assertFalse(dict.containsKey("a"));
    assertThrows(IllegalArgumentException.class, () -> dict.pop("a"));
    List<String> keys = new ArrayList<>();
    dict.forEach(keys::add);
    assertEquals(List.of("b", "c"), keys);
    assertEquals(2, dict.values().size());
    assertThrows(UnsupportedOperationException.class, () -> dict.keys().clear());
    dict.clear();
    assertEquals(0, dict.size());
  }

  @Test
  void parametersAreHeldInContainers() {
    ParameterList list = new ParameterList(Tensor.ones(2), Tensor.ones(3));
    list.append(Tensor.ones(4));
    assertEquals(List.of("0", "1", "2"), List.copyOf(list.namedParameters().keySet()));
    assertEquals(4, list.get(-1).size(0));
    assertTrue(list.get(0).requiresGrad());
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(3));
    ParameterDict dict = new ParameterDict(Map.of("w", Tensor.ones(2), "b", Tensor.ones(3)));
    assertEquals("[b, w]", dict.keys().toString());
    assertEquals(5, dict.parameterCount());
    assertThrows(IllegalArgumentException.class, () -> dict.get("x"));
  }

  private static final class Shared extends Module {
    Shared() {
      Linear a = register("a", new Linear(2, 2));
      register("b", a);
      register("c", new Sequential(a, new BatchNorm1d(2)));
    }
  }

  @Test
  void whatIsSharedIsListedOnce() {
    Shared net = new Shared();
    assertEquals(List.of("", "a", "c", "c.1"), List.copyOf(net.namedModules().keySet()));
    assertEquals(4, net.modules().size());
    assertSame(net, net.modules().get(0));
    assertEquals(List.of("a", "c"), List.copyOf(net.namedChildren().keySet()));
    assertEquals(2, net.children().size());
    assertEquals(
        List.of("a.weight", "a.bias", "c.1.weight", "c.1.bias"),
        List.copyOf(net.namedParameters().keySet()));
    assertEquals(List.of(), net.parameters(false));
    assertEquals(2, net.children().get(0).parameters(false).size());
    assertEquals(10, net.parameterCount());
    assertEquals(3, net.buffers().size());
    assertEquals(11, net.stateDict().size());
  }

  // ---- tied weights -------------------------------------------------------------------------

  private static final class Language extends Module {
    private final Embedding in;
    private final Linear out;

    Language(boolean tableFirst) {
      if (tableFirst) {
        in = register("in", new Embedding(6, 4));
        out = register("out", new Linear(in.weight(), o -> o.bias(false)));
      } else {
        out = register("out", new Linear(4, 6, false));
        in = register("in", new Embedding(out.weight()));
      }
    }

    @Override
    public Tensor forward(Tensor index) {
      return out.forward(in.forward(index));
    }
  }

  /** PyTorch 2.13 with seed 0 and SGD of momentum 0.9. */
  @Test
  void aTiedWeightIsTrainedAsOne() {
    Facula.manualSeed(0);
    Language net = new Language(true);
    assertEquals(1, net.parameters().size());
    assertEquals(24, net.parameterCount());
    assertEquals(List.of("in.weight", "out.weight"), List.copyOf(net.stateDict().keySet()));
    SGD optimizer = new SGD(net.parameters(), 0.1, o -> o.momentum(0.9));
    double[] losses = {5.221785545349121, 4.382109642028809};
    for (double expected : losses) {
      optimizer.zeroGrad();
      Tensor loss =
          new CrossEntropyLoss()
              .forward(
                  net.forward(Tensor.of(new long[] {1, 3}, 2)), Tensor.of(new long[] {2, 0}, 2));
      loss.backward();
      optimizer.step();
      assertEquals(expected, loss.item(), 2e-6);
    }
    assertArrayEquals(
        new float[] {0.7394891977310181f, 0.5524486303329468f, -0.005969330668449402f, -1.6031646f},
        net.in.weight().select(0, 1).detach().toFloatArray(),
        2e-6f);
  }

  @Test
  void aTiedWeightIsSavedAndCopied() throws IOException {
    for (boolean tableFirst : new boolean[] {true, false}) {
      Language net = new Language(tableFirst);
      assertSame(net.in.weight(), net.out.weight());
      Path file = folder.resolve("tied" + tableFirst + ".safetensors");
      Safetensors.save(net.stateDict(), file);
      Language other = new Language(!tableFirst);
      other.loadStateDict(Safetensors.load(file));
      assertSame(other.in.weight(), other.out.weight());
      assertArrayEquals(
          net.in.weight().detach().toFloatArray(), other.out.weight().detach().toFloatArray());
      Language copy = Module.deepCopy(net);
      assertSame(copy.in.weight(), copy.out.weight());
      assertNotSame(net.in.weight(), copy.in.weight());
    }
    Language later = new Language(true);
    Tensor fresh = Tensor.randn(6, 4);
    later.setParameter("in.weight", fresh);
    later.setParameter("out.weight", fresh);
    assertEquals(List.of(fresh), later.parameters());
    assertThrows(ShapeException.class, () -> new Linear(Tensor.ones(3)));
    assertThrows(ShapeException.class, () -> new Embedding(Tensor.ones(3, 4, 5)));
    assertEquals(3, new Linear(Tensor.ones(3, 4)).bias().size(0));
  }

  /** Their common classes are public: arrays of them can be made here. */
  @Test
  void relatedLayersFitIntoOneList() {
    List<Module> all = new ArrayList<>();
    all.addAll(Arrays.asList(new LSTM(2, 3), new GRU(2, 3), new RNN(2, 3)));
    all.addAll(Arrays.asList(new Conv1d(1, 1, 1), new Conv2d(1, 1, 1)));
    all.addAll(Arrays.asList(new MaxPool1d(2), new MaxPool2d(2)));
    all.addAll(Arrays.asList(new BatchNorm1d(2), new BatchNorm2d(2)));
    all.addAll(Arrays.asList(new CrossEntropyLoss(), new MSELoss()));
    all.addAll(Arrays.asList(new ReLU(), new Dropout(0.1)));
    assertEquals(13, all.size());
  }
}
