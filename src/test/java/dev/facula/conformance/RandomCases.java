package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import dev.facula.data.TensorDataset;
import dev.facula.nn.Init;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws random numbers from a seed and compares them, and the state of the generator after them.
 */
final class RandomCases implements CaseRunner {
  private interface Draw {
    Object from(Arguments a);
  }

  /** A draw and how far it may be from the recorded one: nothing where no function is computed. */
  private record Binding(Draw draw, Function<DType, Tolerance> tolerance) {}

  private final Map<String, Binding> bindings = new HashMap<>();
  private final ModuleBindings modules = ModuleBindings.ofModules();

  RandomCases() {
    draws();
    initialisations();
  }

  private void exact(String name, Draw draw) {
    bindings.put(name, new Binding(draw, dtype -> new Tolerance(0, 0)));
  }

  /** To two units in the last place. */
  private void near(String name, Draw draw) {
    bindings.put(
        name,
        new Binding(
            draw,
            dtype -> {
              double unit = dtype == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
              return new Tolerance(2 * unit, unit * unit);
            }));
  }

  private void draws() {
    exact("rand", a -> Tensor.rand(a.varInts(0, "size")));
    exact("rand64", a -> Tensor.rand(DType.FLOAT64, a.varInts(0, "size")));
    near("randn", a -> Tensor.randn(a.varInts(0, "size")));
    near("randn64", a -> Tensor.randn(DType.FLOAT64, a.varInts(0, "size")));
    exact(
        "randint",
        a -> Tensor.randint(a.longInteger(0, "low"), a.longInteger(1, "high"), a.ints(2, "size")));
    exact("randperm", a -> Tensor.randperm(a.integer(0, "n")));
    near(
        "normal_",
        a -> Tensor.zeros(a.ints(2, "size")).normal_(a.real(0, "mean"), a.real(1, "std")));
    exact(
        "uniform_",
        a -> Tensor.zeros(a.ints(2, "size")).uniform_(a.real(0, "from"), a.real(1, "to")));
    near("exponential_", a -> Tensor.zeros(a.ints(1, "size")).exponential_(a.real(0, "lambd")));
    exact("bernoulli", a -> Tensor.zeros(a.ints(1, "size")).bernoulli_(a.real(0, "p")));
    exact("dropout", a -> Functional.dropout(Tensor.ones(a.ints(1, "size")), a.real(0, "p"), true));
    exact(
        "multinomial",
        a ->
            Tensor.of(a.reals(0, "input"))
                .to(DType.FLOAT32)
                .multinomial(a.integer(1, "num_samples"), a.flag(2, "replacement", false)));
    exact("loader_order", RandomCases::loaderOrder);
  }

  private static Tensor loaderOrder(Arguments a) {
    TensorDataset dataset = new TensorDataset(Tensor.arange(a.integer(0, "n")));
    List<Tensor> order = new ArrayList<>();
    for (Batch batch : new DataLoader(dataset, a.integer(1, "batch_size"), o -> o.shuffle(true))) {
      order.add(batch.input());
    }
    return Tensor.cat(order, 0);
  }

  private void initialisations() {
    exact("xavier_uniform_", a -> Init.xavierUniform_(Tensor.zeros(a.ints(0, "size"))));
    near("xavier_normal_", a -> Init.xavierNormal_(Tensor.zeros(a.ints(0, "size"))));
    exact("kaiming_uniform_", a -> Init.kaimingUniform_(Tensor.zeros(a.ints(0, "size"))));
    near("kaiming_normal_", a -> Init.kaimingNormal_(Tensor.zeros(a.ints(0, "size"))));
    near("trunc_normal_", a -> Init.truncNormal_(Tensor.zeros(a.ints(0, "size"))));
    near("sparse_", a -> Init.sparse_(Tensor.zeros(a.ints(0, "size")), 0.3));
    // a decomposition, whose rounding errors are PyTorch's own
    bindings.put(
        "orthogonal_",
        new Binding(a -> Init.orthogonal_(Tensor.zeros(a.ints(0, "size"))), Tolerance::ofSum));
  }

  private @Nullable Binding find(String draw) {
    ModuleBindings.Binding module = modules.find(draw);
    if (module == null) {
      return bindings.get(draw);
    }
    near(draw, a -> module.make().apply(a).module().stateDict().values());
    return bindings.get(draw);
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    if (!record.containsKey("chain")) {
      return find(Json.string(record, "draw")) != null;
    }
    return Json.list(record, "chain").stream()
        .allMatch(draw -> find(Json.string(Json.object(draw), "draw")) != null);
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    Facula.manualSeed(((Number) record.get("seed")).longValue());
    if (record.containsKey("chain")) {
      for (Object link : Json.list(record, "chain")) {
        Map<String, Object> draw = Json.object(link);
        String difference = draw(draw, tensors);
        if (difference != null) {
          return Outcome.failed(Json.string(draw, "draw") + ": " + difference);
        }
      }
      return Outcome.PASSED;
    }
    String difference = draw(record, tensors);
    if (difference == null) {
      Map<String, Object> next = Map.of("outputs", record.get("next"));
      difference =
          new Expectation(next, tensors, dtype -> new Tolerance(0, 0))
              .difference(Tensor.rand(3), List.of(), Map.of());
      difference = difference == null ? null : "the generator afterwards: " + difference;
    }
    return difference == null ? Outcome.PASSED : Outcome.failed(difference);
  }

  private @Nullable String draw(Map<String, Object> record, TensorFile tensors) {
    Binding binding = find(Json.string(record, "draw"));
    if (binding == null) {
      return "nothing is bound to it";
    }
    Arguments arguments =
        new Arguments(new Values(tensors).decodeAll(Json.list(record, "args")), Map.of());
    Object drawn = binding.draw.from(arguments);
    Collection<?> output = drawn instanceof Collection<?> c ? c : List.of(drawn);
    return new Expectation(record, tensors, binding.tolerance)
        .difference(output, List.of(), Map.of());
  }
}
