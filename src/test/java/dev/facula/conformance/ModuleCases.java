package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.nn.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a module, loads the recorded state and compares outputs, gradients of inputs and
 * parameters, and the running statistics afterwards.
 */
final class ModuleCases implements CaseRunner {
  private final ModuleBindings bindings = ModuleBindings.ofModules();
  private final long seed;
  private final boolean reversed;

  ModuleCases(long seed, boolean reversed) {
    this.seed = seed;
    this.reversed = reversed;
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    return bindings.find(Json.string(record, "module")) != null;
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    ModuleBindings.Binding binding = bindings.require(Json.string(record, "module"));
    Attempt attempt = attempt(binding, record, new Values(tensors, false, reversed));
    if (attempt.flaw != null) {
      return Outcome.failed(attempt.flaw);
    }
    Expectation expectation = new Expectation(record, tensors, Tolerance::ofSum, !reversed);
    String difference = attempt.difference(expectation, null);
    String first = difference;
    if (difference != null && "float32".equals(record.get("dtype"))) {
      Attempt exact = attempt(binding, record, new Values(tensors, true, reversed));
      attempt = attempt(binding, record, new Values(tensors, false, reversed));
      difference = attempt.difference(expectation, exact.results);
    }
    difference = difference == null ? stateAfter(record, attempt.module, tensors) : difference;
    if (difference != null) {
      return Outcome.failed(difference);
    }
    return first == null ? Outcome.PASSED : Outcome.settled(first);
  }

  /**
   * A module built and called.
   *
   * @param flaw what is wrong with it before its results are looked at, or null
   */
  private record Attempt(
      Module module, List<Tensor> leaves, @Nullable Results results, @Nullable String flaw) {
    @Nullable String difference(Expectation expectation, @Nullable Results exact) {
      return results == null
          ? flaw
          : expectation.difference(results, leaves, module.namedParameters(), exact);
    }
  }

  private Attempt attempt(
      ModuleBindings.Binding binding, Map<String, Object> record, Values values) {
    Arguments made =
        new Arguments(
            values.decodeAll(Json.list(record, "constructor_args")),
            values.decodeAll(Json.object(record, "constructor_kwargs")));
    Facula.manualSeed(seed);
    ModuleBindings.Layer layer = binding.make().apply(made);
    Module module = layer.module();
    if (!made.unread().isEmpty()) {
      return new Attempt(module, List.of(), null, "the binding does not read " + made.unread());
    }
    module.to((DType) values.decode(Map.of("dtype", Json.string(record, "dtype"))));
    Map<String, Tensor> state = tensors(values.decodeAll(Json.object(record, "state_dict")));
    List<String> names = new ArrayList<>(module.stateDict().keySet());
    if (!names.equals(new ArrayList<>(state.keySet()))) {
      return new Attempt(
          module, List.of(), null, "the state is " + names + ", wanted " + state.keySet());
    }
    module.loadStateDict(state);
    module.train(Boolean.TRUE.equals(record.get("training")));
    Arguments arguments =
        new Arguments(
            values.decodeAll(Json.list(record, "args")),
            values.decodeAll(Json.object(record, "kwargs")));
    Facula.manualSeed(seed);
    Object output = layer.call().apply(arguments);
    if (!arguments.unread().isEmpty()) {
      return new Attempt(
          module, List.of(), null, "the binding does not read " + arguments.unread());
    }
    return new Attempt(
        module,
        values.leaves(),
        Expectation.results(output, values.leaves(), module.namedParameters()),
        null);
  }

  private static Map<String, Tensor> tensors(Map<String, @Nullable Object> values) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    values.forEach((name, value) -> result.put(name, (Tensor) value));
    return result;
  }

  private static @Nullable String stateAfter(
      Map<String, Object> record, Module module, TensorFile tensors) {
    Map<String, Tensor> state = module.stateDict();
    for (Map.Entry<String, Object> entry : Json.object(record, "state_dict_after").entrySet()) {
      StoredTensor wanted = tensors.get(Json.string(Json.object(entry.getValue()), "tensor"));
      Tensor actual = state.get(entry.getKey());
      String difference =
          actual == null
              ? "is missing"
              : wanted.difference(actual, Tolerance.ofSum(wanted.dtype()));
      if (difference != null) {
        return entry.getKey() + " afterwards: " + difference;
      }
    }
    return null;
  }
}
