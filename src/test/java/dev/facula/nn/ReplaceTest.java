package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Parts that are exchanged: forward uses the new one, or replace throws. */
class ReplaceTest {
  private static final Tensor X = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);

  /** Multiplies, so that it shows in the output. */
  private static final class Times extends Module {
    private final double factor;

    Times(double factor) {
      this.factor = factor;
    }

    @Override
    public Tensor forward(Tensor x) {
      return x.mul(factor);
    }
  }

  private static void assertFactor(double expected, Module module) {
    assertArrayEquals(
        X.mul(expected).toFloatArray(), module.call(X).toFloatArray(), 1e-5f, module.toString());
  }

  private static class Fields extends Module {
    private final Module fixed = register("fixed", new Times(2));
    private Module open = register("open", new Times(3));
    private final Module[] array = {register("array", new Times(5))};
    private Times typed = register("typed", new Times(7));
    private Module again = register("again", open);

    @Override
    public Tensor forward(Tensor x) {
      return again.call(typed.call(array[0].call(open.call(fixed.call(x)))));
    }
  }

  private static final class Below extends Fields {
    @Override
    public Tensor forward(Tensor x) {
      return super.forward(x);
    }
  }

  @Test
  void containersUseTheNewPart() {
    Sequential net = new Sequential(new Times(2), new Sequential(new Times(3)));
    assertFactor(6, net);
    Module old = net.get(0);
    assertSame(old, net.replace("0", new Times(5)));
    assertFactor(15, net);
    net.replace("1.0", new Times(7));
    assertFactor(35, net);
    net.set(-1, new Times(11));
    assertFactor(55, net);
    net.set(0, new Sequential(new Times(2), new Times(2)));
    assertFactor(44, net);
    assertThrows(IndexOutOfBoundsException.class, () -> net.set(2, new Times(1)));
    Sequential named = new Sequential(Map.of("only", new Times(2)));
    named.set(0, new Times(3));
    named.replace("only", new Times(4));
    assertFactor(4, named);
    ModuleList<Module> list = new ModuleList<>(new Times(2), new Times(3));
    Module second = new Times(9);
    list.set(1, second);
    assertSame(second, list.get(1));
    ModuleDict<Module> dict = new ModuleDict<>().put("a", new Times(2)).put("b", new Times(3));
    Module other = new Times(4);
    dict.set("a", other);
    assertSame(other, dict.get("a"));
    assertEquals(List.of("a", "b"), List.copyOf(dict.keys()));
    assertThrows(IllegalArgumentException.class, () -> dict.set("c", new Times(1)));
  }

  @Test
  void fieldsAreWrittenOrNamed() {
    for (Fields net : List.of(new Fields(), new Below())) {
      assertFactor(2 * 3 * 5 * 7 * 3, net);
      net.replace("open", new Times(11)); // again still is the old one, as in PyTorch
      assertFactor(2 * 11 * 5 * 7 * 3, net);
      net.replace("array", new Times(1));
      assertFactor(2 * 11 * 7 * 3, net);
      net.replace("typed", new Times(1));
      assertFactor(2 * 11 * 3, net);
      net.replace("again", new Times(1));
      assertFactor(2 * 11, net);
      String message =
          assertThrows(IllegalStateException.class, () -> net.replace("fixed", new Times(13)))
              .getMessage();
      assertEquals(
          net.name()
              + ".replace: field Fields.fixed is final, so forward would go on with the old module:"
              + " declare the field without final, or hold the part in a Sequential, ModuleList or"
              + " ModuleDict",
          message);
      message =
          assertThrows(IllegalStateException.class, () -> net.replace("typed", new ReLU()))
              .getMessage();
      assertEquals(
          net.name()
              + ".replace: field Fields.typed is for a Times and cannot hold a ReLU: declare it as"
              + " Module, and run it with call(…)",
          message);
      assertFactor(2 * 11, net);
      assertEquals(
          List.of("fixed", "open", "array", "typed", "again"),
          List.copyOf(net.namedChildren().keySet()));
    }
  }

  private static final class Captured extends Module {
    record Held(Module part) {}

    private final Times a = new Times(2);
    private final Held held = new Held(register("held", new Times(3)));
    private final List<Module> list = List.of(register("list", new Times(5)));
    private UnaryOperator<Tensor> lambda = x -> x;

    Captured() {
      register("a", a);
      Module part = register("lambda", new Times(7));
      lambda = part::call;
    }

    @Override
    public Tensor forward(Tensor x) {
      return lambda.apply(list.get(0).call(held.part().call(a.call(x))));
    }
  }

  private static final class ByName extends Module {
    ByName() {
      register("part", new Times(2));
    }

    @Override
    public Tensor forward(Tensor x) {
      return getSubmodule("part").call(x);
    }
  }

  @Test
  void whatCannotBeExchangedIsAnError() {
    Captured net = new Captured();
    for (String name : List.of("a", "held", "list", "lambda")) {
      String message =
          assertThrows(IllegalStateException.class, () -> net.replace(name, new Times(1)), name)
              .getMessage();
      assertTrue(message.startsWith("Captured.replace: field Captured." + name), message);
    }
    assertFactor(2 * 3 * 5 * 7, net);
    ByName byName = new ByName();
    byName.replace("part", new Times(3));
    assertFactor(3, byName);
  }

  @Test
  void wrongNamesAndCyclesAreRefused() {
    Sequential net = new Sequential(new Times(1), new Sequential(new Times(2)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> net.replace("1.1", new Times(1)))
            .getMessage();
    assertEquals("Sequential: no module 1: Sequential has [0]", message);
    assertThrows(IllegalArgumentException.class, () -> net.replace("", new Times(1)));
    assertThrows(IllegalArgumentException.class, () -> net.replace("1.0", net));
    assertThrows(IllegalArgumentException.class, () -> net.replace("0", net));
    Sequential inner = (Sequential) net.get(1);
    assertThrows(IllegalArgumentException.class, () -> inner.append(net));
    assertThrows(IllegalArgumentException.class, () -> inner.append(inner));
    assertEquals(4, net.namedModules().size());
  }

  @Test
  void partsAreFoundByPath() {
    Sequential net = new Sequential(new Linear(2, 3), new Sequential(new BatchNorm1d(3)));
    assertSame(net, net.getSubmodule(""));
    assertSame(net.get(1), net.getSubmodule("1"));
    assertEquals("BatchNorm1d", net.getSubmodule("1.0").name());
    assertSame(net.namedParameters().get("1.0.weight"), net.getParameter("1.0.weight"));
    assertSame(net.namedBuffers().get("1.0.running_var"), net.getBuffer("1.0.running_var"));
    assertThrows(IllegalArgumentException.class, () -> net.getSubmodule("1.0.2"));
    assertThrows(IllegalArgumentException.class, () -> net.getSubmodule("1."));
    assertThrows(IllegalArgumentException.class, () -> net.getParameter("1.0.running_var"));
    assertThrows(IllegalArgumentException.class, () -> net.getBuffer("0.weight"));
  }

  @Test
  void partsOfOurCompositesCanBeReplaced() {
    for (EveryLayer.Case c : EveryLayer.all()) {
      c.module().eval();
      List<String> paths = new ArrayList<>(c.module().namedModules().keySet());
      for (String path : paths) {
        Module old = c.module().getSubmodule(path);
        if (path.isEmpty() || old instanceof ModuleList<?>) {
          continue;
        }
        double[] before = c.run(c.module()).toDoubleArray();
        List<Tensor> seen = new ArrayList<>();
        Module copy = Module.deepCopy(old);
        copy.registerForwardHook(
            (m, in, out) -> {
              seen.add((Tensor) in.get(0));
              return null;
            });
        assertSame(old, c.module().replace(path, copy));
        double[] after = c.run(c.module()).toDoubleArray();
        assertEquals(1, seen.size(), c.name() + " " + path);
        assertArrayEquals(before, after, 1e-9, c.name() + " " + path);
      }
    }
  }

  @Test
  void otherModulesFitIntoOurComposites() {
    TransformerEncoderLayer layer =
        new TransformerEncoderLayer(4, 2, o -> o.dimFeedforward(3).dropout(0));
    layer.eval();
    layer.replace("norm1", new Identity());
    layer.replace("norm2", new Identity());
    layer.replace("linear1", new Identity());
    layer.replace("linear2", new Times(0));
    layer.replace("self_attn.out_proj", new Times(0));
    Tensor x = Tensor.randn(3, 2, 4);
    float[] before = x.toFloatArray();
    assertArrayEquals(before, layer.forward(x).toFloatArray());
    assertArrayEquals(before, x.toFloatArray()); // nothing was computed in place
    assertThrows(IllegalStateException.class, () -> layer.replace("self_attn", new Times(1)));
    TransformerEncoder encoder =
        new TransformerEncoder(() -> new TransformerEncoderLayer(4, 2), 2, new LayerNorm(4));
    encoder.eval();
    encoder.replace("layers.0", new Identity());
    encoder.replace("layers.1", new Times(2));
    encoder.replace("norm", new Times(3));
    assertArrayEquals(x.mul(6).toFloatArray(), encoder.forward(x).toFloatArray());
    assertThrows(IllegalStateException.class, () -> encoder.forward(x, Tensor.zeros(3, 3), null));
    Transformer transformer = new Transformer(4, 2, 1, 1, o -> o.dimFeedforward(3));
    transformer.replace("decoder.layers.0", new Identity());
    assertThrows(IllegalStateException.class, () -> transformer.forward(x, x));
  }
}
