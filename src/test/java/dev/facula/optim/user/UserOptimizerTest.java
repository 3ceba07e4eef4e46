package dev.facula.optim.user;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import dev.facula.io.Safetensors;
import dev.facula.optim.Adam;
import dev.facula.optim.AdamW;
import dev.facula.optim.ChainedScheduler;
import dev.facula.optim.GroupOptimizer;
import dev.facula.optim.GroupOptions;
import dev.facula.optim.NAdam;
import dev.facula.optim.Optimizer;
import dev.facula.optim.ParamGroup;
import dev.facula.optim.RMSprop;
import dev.facula.optim.SGD;
import dev.facula.optim.SequentialLR;
import dev.facula.optim.StepLR;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers of a user, who has public and protected methods only. */
class UserOptimizerTest {

  /** Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023. */
  private static final class Lion extends Optimizer {
    Lion(List<Tensor> params, double lr) {
      super(params, Map.of("lr", lr, "betas", List.of(0.9, 0.99), "weight_decay", 0.1));
    }

    @Override
    protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
      double beta1 = group.number("betas", 0);
      elementwise(
          t -> {
            t[0].mul_(1 - group.lr() * group.number("weight_decay"));
            t[0].sub_(t[2].mul(beta1).add_(t[1].mul(1 - beta1)).sign().mul_(group.lr()));
            average(t[2], t[1], group.number("betas", 1));
          },
          p,
          g,
          zeros(state, "exp_avg", p));
    }
  }

  /** Steps along signs, with options that are checked. */
  private static final class SignSGD extends GroupOptimizer<SignSGD.Options> {
    static final class Options extends GroupOptions<Options> {
      private Options() {
        super("SignSGD", 0.01);
        momentum(0);
        nesterov(false);
      }

      Options momentum(double value) {
        return notNegative("momentum", "momentum value", value);
      }

      Options nesterov(boolean on) {
        return set("nesterov", on);
      }

      @Override
      protected void check() {
        require(!flag("nesterov") || number("momentum") > 0, "momentum", 0, "above 0");
      }
    }

    SignSGD(List<Tensor> params, Consumer<Options> options) {
      super(params, Options::new, options);
    }

    @Override
    protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
      assertTrue(count(state) == (long) number(state, "step", 0));
      average(zeros(state, "mean", p), direction(group, p, g), 1 - group.number("momentum"));
      p.sub_(state.get("mean").sign().mul_(group.lr()));
    }
  }

  /** Extrapolates gradients: keeps the last one itself in the state, and no copy. */
  private static final class Optimistic extends Optimizer {
    private final BiConsumer<Map<String, Tensor>, Tensor> keep;

    Optimistic(List<Tensor> params, double lr, BiConsumer<Map<String, Tensor>, Tensor> keep) {
      super(params, Map.of("lr", lr));
      this.keep = keep;
    }

    @Override
    protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
      Tensor before = state.get("before");
      Tensor step = before == null ? g : g.mul(2).sub(before.view(g.shape()));
      p.sub_(step.mul(group.lr()));
      keep.accept(state, g);
    }
  }

  private record Maker(String name, Function<List<Tensor>, Optimizer> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Maker> makers() {
    return Stream.of(
        new Maker("Lion", p -> new Lion(p, 0.01)),
        new Maker("SignSGD", p -> new SignSGD(p, o -> o.lr(0.02).momentum(0.5))),
        optimistic((state, g) -> state.put("before", g)),
        optimistic((state, g) -> state.put("before", g.view(-1))),
        optimistic((state, g) -> state.putAll(Map.of("before", g))),
        optimistic((state, g) -> state.merge("before", g, (last, next) -> next)),
        optimistic((state, g) -> state.compute("before", (name, last) -> g)));
  }

  private static Maker optimistic(BiConsumer<Map<String, Tensor>, Tensor> keep) {
    return new Maker("Optimistic", p -> new Optimistic(p, 0.1, keep));
  }

  private static Tensor leaf(long seed, int... shape) {
    return Tensor.randn(new Generator(seed), shape).requiresGrad_(true);
  }

  private static void steps(Optimizer optimizer, int count, List<Tensor> params) {
    for (int i = 0; i < count; i++) {
      optimizer.zeroGrad();
      for (Tensor p : params) {
        Facula.tidy(() -> p.sub(1).square().mean().add(p.tanh().sum())).backward();
      }
      optimizer.step();
    }
  }

  private static List<Tensor> params() {
    return List.of(leaf(1, 4, 3), leaf(2, 90, 100), leaf(3, 5).to(DType.FLOAT64).detach());
  }

  private static List<Tensor> copies(List<Tensor> params) {
    return params.stream().map(p -> p.detach().clone().requiresGrad_(true)).toList();
  }

  private static void assertSame(List<Tensor> wanted, List<Tensor> found) {
    for (int i = 0; i < wanted.size(); i++) {
      assertArrayEquals(wanted.get(i).toDoubleArray(), found.get(i).toDoubleArray());
    }
  }

  /** Large gradients come from the memory of former ones: no step may see another's contents. */
  @ParameterizedTest
  @MethodSource("makers")
  void memoryThatIsUsedAgainDoesNotHarm(Maker maker) {
    List<Tensor> reused = copies(params());
    List<Tensor> kept = copies(params());
    steps(maker.of.apply(reused), 6, reused);
    Optimizer optimizer = maker.of.apply(kept);
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      optimizer.zeroGrad();
      for (Tensor p : kept) {
        p.sub(1).square().mean().add(p.tanh().sum()).backward();
        gradients.add(p.grad()); // from here on the memory is ours
      }
      optimizer.step();
    }
    assertSame(kept, reused);
  }

  @Test
  void theMemoryOfGradientsIsUsedAgain() {
    List<Tensor> seen = new ArrayList<>();
    Tensor p = leaf(4, 8192);
    Optimizer optimizer =
        new Optimizer(List.of(p), Map.of("lr", 0.1)) {
          @Override
          protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
            seen.add(g);
          }
        };
    steps(optimizer, 1, List.of(p));
    optimizer.zeroGrad();
    String message =
        assertThrows(IllegalStateException.class, () -> seen.get(0).sum()).getMessage();
    assertTrue(message.contains("zeroGrad()"), message);
  }

  @ParameterizedTest
  @MethodSource("makers")
  void goesOnFromItsState(Maker maker) {
    List<Tensor> first = copies(params());
    Optimizer one = maker.of.apply(first);
    steps(one, 4, first);
    List<Tensor> second = copies(first);
    Optimizer other = maker.of.apply(second);
    other.loadStateDict(one.stateDict());
    steps(one, 3, first);
    steps(other, 3, second);
    assertSame(first, second);
  }

  @Test
  void goesOnFromAFile(@TempDir Path dir) throws Exception {
    List<Tensor> first = copies(params());
    Optimizer one = new Lion(first, 0.01);
    steps(one, 3, first);
    Map<String, Tensor> saved = new LinkedHashMap<>();
    for (int i = 0; i < first.size(); i++) {
      for (Map.Entry<String, Tensor> e : one.state(first.get(i)).entrySet()) {
        saved.put("state." + i + "." + e.getKey(), e.getValue());
      }
    }
    Safetensors.save(saved, dir.resolve("lion.safetensors"));
    Map<String, Tensor> loaded = Safetensors.load(dir.resolve("lion.safetensors"));
    Map<Integer, Map<String, Tensor>> state = new LinkedHashMap<>();
    for (int i = 0; i < first.size(); i++) {
      state.put(i, Map.of("exp_avg", loaded.get("state." + i + ".exp_avg")));
    }
    List<Tensor> second = copies(first);
    Optimizer other = new Lion(second, 0.5);
    other.loadStateDict(
        Map.of("state", state, "param_groups", one.stateDict().get("param_groups")));
    steps(one, 3, first);
    steps(other, 3, second);
    assertSame(first, second);
  }

  /** Values of the formulas worked out with PyTorch. */
  @Test
  void stepsAsTheFormulasSay() {
    Tensor p = Tensor.of(new double[] {1, -2, 3}, 3).requiresGrad_(true);
    Optimizer lion = new Lion(List.of(p), 0.1);
    new StepLR(lion, 1).step();
    assertEquals(0.01, lion.paramGroups().get(0).lr(), 1e-17);
    for (double[] g : new double[][] {{1, -1, 0.5}, {-1, 0.01, 0}, {-0.05, -1, 2}}) {
      p.setGrad(Tensor.of(g, 3));
      lion.step();
    }
    assertArrayEquals(LION, p.toDoubleArray(), 1e-15);
  }

  private static final double[] LION = {1.007012989, -1.9640359879999998, 2.9610389870000002};

  @Test
  void groupsAndChecksAreThoseOfOurs() {
    Tensor a = leaf(5, 2);
    var sign = new SignSGD(List.of(a), o -> o.momentum(0.9));
    sign.addParamGroup(List.of(leaf(6, 3)), o -> o.lr(0.5).nesterov(true));
    sign.addParamGroup(List.of(leaf(7, 3)));
    ParamGroup second = sign.paramGroups().get(1);
    assertEquals(0.5, second.lr());
    assertEquals(0.9, second.number("momentum"));
    assertTrue(second.flag("nesterov"));
    assertFalse(sign.paramGroups().get(2).flag("nesterov"));
    assertMessage("SignSGD: invalid learning rate: -1.0", () -> make(o -> o.lr(-1)));
    assertMessage("SignSGD: invalid momentum value: -1.0", () -> make(o -> o.momentum(-1)));
    assertMessage(
        "SignSGD: invalid momentum: 0 (must be above 0)", () -> make(o -> o.nesterov(true)));
    assertMessage("Lion: the list of parameters is empty", () -> new Lion(List.of(), 0.1));
    assertMessage("Lion: parameter 0 is the result", () -> new Lion(List.of(a.mul(2)), 0.1));
    assertMessage("appears twice", () -> sign.addParamGroup(List.of(a)));
    assertTrue(
        sign.toString().startsWith("SignSGD (\nParameter Group 0\n    lr: 0.01\n"), sign::toString);
  }

  /** The classes that ours share are no obstacle to type inference outside of their package. */
  @Test
  void oursMixInOneList() {
    List<Tensor> p = List.of(leaf(9, 2));
    for (var optimizer : List.of(new Adam(p), new AdamW(p), new NAdam(p))) {
      optimizer.zeroGrad();
    }
    for (var optimizer : List.of(new SGD(p), new RMSprop(p))) {
      var scheduler = List.of(new StepLR(optimizer, 2));
      for (var s :
          List.of(
              new SequentialLR(optimizer, scheduler, List.of()), new ChainedScheduler(scheduler))) {
        assertEquals(optimizer.paramGroups().get(0).lr(), s.getLastLr().get(0));
      }
    }
    BiConsumer<Adam.Options, Double> decay = Adam.Options::weightDecay;
    assertEquals(
        0.5, new Adam(p, o -> decay.accept(o, 0.5)).paramGroups().get(0).get("weight_decay"));
  }

  private static void make(Consumer<SignSGD.Options> options) {
    new SignSGD(List.of(leaf(8, 1)), options);
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
