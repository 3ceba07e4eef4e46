package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleTest {
  private static final class Block extends Module {
    private final Linear fc = register("fc", new Linear(2, 3));
    private final Tensor scale = parameter("scale", Tensor.ones(3));
    private final Tensor mean = buffer("mean", Tensor.zeros(3));
    private final Tensor scratch = buffer("scratch", Tensor.zeros(1), false);

    @Override
    public Tensor forward(Tensor x) {
      return fc.forward(x).mul(scale).add(mean).add(scratch);
    }
  }

  private static final class Net extends Module {
    private final Block first = register("first", new Block());
    private final Sequential rest =
        register("rest", new Sequential(new ReLU(), new Linear(3, 1, o -> o.bias(false))));

    @Override
    public Tensor forward(Tensor x) {
      return rest.forward(first.forward(x));
    }
  }

  @Test
  void namesComeInOrder() {
    Net net = new Net();
    assertEquals(
        List.of("first.scale", "first.mean", "first.fc.weight", "first.fc.bias", "rest.1.weight"),
        new ArrayList<>(net.stateDict().keySet()));
    assertEquals(
        List.of("first.scale", "first.fc.weight", "first.fc.bias", "rest.1.weight"),
        new ArrayList<>(net.namedParameters().keySet()));
    assertEquals(
        List.of("first.mean", "first.scratch"), new ArrayList<>(net.namedBuffers().keySet()));
    assertEquals(
        List.of("", "first", "first.fc", "rest", "rest.0", "rest.1"),
        new ArrayList<>(net.namedModules().keySet()));
    assertEquals(List.of("first", "rest"), new ArrayList<>(net.namedChildren().keySet()));
  }

  @Test
  void stateIsSharedAndDetached() {
    Net net = new Net();
    Tensor saved = net.stateDict().get("first.scale");
    assertFalse(saved.requiresGrad());
    saved.fill_(5);
    assertArrayEquals(new float[] {5, 5, 5}, net.first.scale.toFloatArray());
  }

  @Test
  void loadsAState() {
    Net net = new Net();
    Map<String, Tensor> state = new LinkedHashMap<>();
    net.stateDict().forEach((name, t) -> state.put(name, Tensor.full(DType.FLOAT64, 2, t.shape())));
    Module.LoadResult result = net.loadStateDict(state);
    assertTrue(result.missing().isEmpty() && result.unexpected().isEmpty());
    net.stateDict()
        .forEach(
            (name, t) -> {
              assertEquals(DType.FLOAT32, t.dtype(), name);
              assertEquals(2.0 * t.numel(), t.sum().item(), name);
            });
    assertTrue(net.first.scale.requiresGrad());
  }

  @Test
  void oneMessageListsAllThatIsWrongAndNothingIsLoaded() {
    Net net = new Net();
    Map<String, Tensor> state = new LinkedHashMap<>(net.stateDict());
    state.remove("first.mean");
    state.remove("rest.1.weight");
    state.put("second.bias", Tensor.zeros(1));
    state.put("first.scale", Tensor.zeros(4));
    state.put("first.fc.bias", Tensor.full(DType.FLOAT32, 9, 3));
    float[] before = net.first.fc.bias().toFloatArray();
    var error = assertThrows(IllegalArgumentException.class, () -> net.loadStateDict(state));
    assertEquals(
        "loadStateDict: the state is not that of Net: missing: first.mean, rest.1.weight;"
            + " unexpected: second.bias; of another shape: first.scale [4] (here [3])",
        error.getMessage());
    assertArrayEquals(before, net.first.fc.bias().toFloatArray());
    state.remove("first.scale");
    Module.LoadResult result = net.loadStateDict(state, false);
    assertEquals(List.of("first.scale", "first.mean", "rest.1.weight"), result.missing());
    assertEquals(List.of("second.bias"), result.unexpected());
    assertArrayEquals(new float[] {9, 9, 9}, net.first.fc.bias().toFloatArray());
    state.put("first.scale", Tensor.zeros(4));
    assertThrows(IllegalArgumentException.class, () -> net.loadStateDict(state, false));
  }

  private static final class Forgotten extends Module {
    final Linear fc = new Linear(2, 2);
  }

  private static final class ForgottenInList extends Module {
    final List<Module> layers = new ArrayList<>();
  }

  private static final class ForgottenTensor extends Module {
    final Tensor gain = Tensor.ones(2).requiresGrad_(true);
  }

  private static final class Deliberate extends Module {
    final transient Linear teacher = new Linear(2, 2);
    final Linear student = register("student", new Linear(2, 2));
    final Linear again = student;
    final Tensor constant = Tensor.ones(2);
  }

  @Test
  void aModuleThatIsNotRegisteredIsReported() {
    var error = assertThrows(IllegalStateException.class, () -> new Forgotten().parameters());
    assertTrue(
        error.getMessage().startsWith("Forgotten.fc holds a Linear that is not registered: use"),
        error.getMessage());
    Module outer = new Sequential(new Forgotten());
    assertThrows(IllegalStateException.class, outer::parameters);
    assertThrows(IllegalStateException.class, outer::stateDict);
    assertThrows(IllegalStateException.class, outer::train);
    assertThrows(IllegalStateException.class, () -> outer.loadStateDict(Map.of(), false));
    assertThrows(IllegalStateException.class, () -> outer.to(DType.FLOAT64));
  }

  @Test
  void modulesInCollectionsAndTensorsAreReported() {
    ForgottenInList list = new ForgottenInList();
    assertTrue(list.parameters().isEmpty());
    list.layers.add(new ReLU());
    var error = assertThrows(IllegalStateException.class, list::parameters);
    assertTrue(
        error.getMessage().startsWith("ForgottenInList.layers[0] holds a ReLU"),
        error.getMessage());
    var tensor = assertThrows(IllegalStateException.class, () -> new ForgottenTensor().eval());
    assertTrue(
        tensor.getMessage().startsWith("ForgottenTensor.gain holds a tensor that requires"),
        tensor.getMessage());
  }

  @Test
  void transientFieldsAndReferencesToPartsAreFine() {
    assertEquals(2, new Deliberate().parameters().size());
  }

  @Test
  void registrationRefusesBadNames() {
    Sequential parts = new Sequential();
    assertThrows(IllegalArgumentException.class, () -> parts.register("a.b", new ReLU()));
    assertThrows(IllegalArgumentException.class, () -> parts.register("", new ReLU()));
    parts.register("a", new ReLU());
    var error =
        assertThrows(IllegalArgumentException.class, () -> parts.parameter("a", Tensor.zeros(1)));
    assertEquals("Sequential: \"a\" is registered already", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> parts.register("self", parts));
    Tensor result = Tensor.ones(1).requiresGrad_(true).mul(2);
    assertThrows(IllegalArgumentException.class, () -> parts.parameter("p", result));
  }

  @Test
  void aSharedModuleIsCountedOnce() {
    Linear shared = new Linear(2, 2);
    Sequential net = new Sequential(shared, new Tanh(), shared);
    assertEquals(2, net.parameters().size());
    assertEquals(
        List.of("0.weight", "0.bias", "2.weight", "2.bias"),
        new ArrayList<>(net.stateDict().keySet()));
    assertEquals(List.of("", "0", "1"), new ArrayList<>(net.namedModules().keySet()));
  }

  @Test
  void modesReachAllParts() {
    Net net = new Net();
    assertTrue(net.isTraining() && net.first.fc.isTraining());
    assertSame(net, net.eval());
    net.namedModules().values().forEach(m -> assertFalse(m.isTraining()));
    net.first.train();
    assertTrue(net.first.fc.isTraining());
    assertFalse(net.rest.isTraining());
  }

  @Test
  void applyVisitsPartsBeforeTheWhole() {
    List<String> names = new ArrayList<>();
    new Net().apply(m -> names.add(m.name()));
    assertEquals(List.of("Linear", "Block", "ReLU", "Linear", "Sequential", "Net"), names);
  }

  @Test
  void gradientsAreForgottenAndSwitchedOff() {
    Net net = new Net();
    net.forward(Tensor.ones(4, 2)).sum().backward();
    net.parameters().forEach(p -> assertNotNull(p.grad()));
    net.zeroGrad();
    net.parameters().forEach(p -> assertNull(p.grad()));
    net.requiresGrad_(false);
    assertFalse(net.forward(Tensor.ones(4, 2)).requiresGrad());
  }

  @Test
  void conversionKeepsTheParameters() {
    Net net = new Net();
    List<Tensor> before = net.parameters();
    net.forward(Tensor.ones(1, 2)).sum().backward();
    double value = before.get(1).detach().sum().item();
    net.to(DType.FLOAT64);
    List<Tensor> after = net.parameters();
    for (int i = 0; i < before.size(); i++) {
      assertSame(before.get(i), after.get(i));
      assertEquals(DType.FLOAT64, after.get(i).dtype());
      assertEquals(DType.FLOAT64, after.get(i).grad().dtype());
      assertTrue(after.get(i).isLeaf() && after.get(i).requiresGrad());
    }
    assertEquals(value, before.get(1).detach().sum().item(), 1e-6);
    assertEquals(DType.FLOAT64, net.forward(Tensor.ones(DType.FLOAT64, 1, 2)).dtype());
    assertThrows(IllegalArgumentException.class, () -> net.to(DType.INT64));
    BatchNorm1d norm = new BatchNorm1d(2);
    norm.to(DType.FLOAT64);
    assertEquals(DType.INT64, norm.stateDict().get("num_batches_tracked").dtype());
  }

  @Test
  void printsAsPyTorch() {
    assertEquals(
        """
        Net(
          (first): Block(
            (fc): Linear(in_features=2, out_features=3, bias=True)
          )
          (rest): Sequential(
            (0): ReLU()
            (1): Linear(in_features=3, out_features=1, bias=False)
          )
        )\
        """,
        new Net().toString());
    assertEquals(
        """
        ModuleList(
          (0-1): 2 x Linear(in_features=2, out_features=2, bias=True)
          (2): ReLU()
        )\
        """,
        new ModuleList<Module>(new Linear(2, 2), new Linear(2, 2), new ReLU()).toString());
    assertEquals("ModuleList()", new ModuleList<>().toString());
  }

  @Test
  void containersGiveTheirParts() {
    Linear a = new Linear(1, 1);
    ReLU b = new ReLU();
    ModuleList<Module> list = new ModuleList<>(List.of(a, b));
    assertSame(a, list.get(0));
    assertSame(b, list.get(-1));
    assertEquals(2, list.size());
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(2));
    List<Module> seen = new ArrayList<>();
    list.forEach(seen::add);
    assertEquals(List.of(a, b), seen);
    ModuleDict<Module> dict = new ModuleDict<>().put("x", a).put("y", b);
    assertSame(b, dict.get("y"));
    assertEquals(2, dict.size());
    assertThrows(IllegalArgumentException.class, () -> dict.get("z"));
    var missing =
        assertThrows(UnsupportedOperationException.class, () -> list.forward(Tensor.ones(1)));
    assertTrue(missing.getMessage().startsWith("ModuleList has no forward(Tensor)"));
    Map<String, Module> named = new LinkedHashMap<>();
    named.put("in", a);
    named.put("act", b);
    assertEquals(
        List.of("in.weight", "in.bias"),
        new ArrayList<>(new Sequential(named).stateDict().keySet()));
  }
}
