package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.nn.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a module, loads the recorded state and compares outputs, gradients of inputs and
 * parameters, and the running statistics afterwards.
 */
final class ModuleCases implements CaseRunner {
  private final ModuleBindings bindings = ModuleBindings.ofModules();
  private final long seed;

  ModuleCases(long seed) {
    this.seed = seed;
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    return bindings.find(Json.string(record, "module")) != null;
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    ModuleBindings.Binding binding = bindings.require(Json.string(record, "module"));
    Values values = new Values(tensors);
    Arguments made =
        new Arguments(
            values.decodeAll(Json.list(record, "constructor_args")),
            values.decodeAll(Json.object(record, "constructor_kwargs")));
    Facula.manualSeed(seed);
    ModuleBindings.Layer layer = binding.make().apply(made);
    if (!made.unread().isEmpty()) {
      return Outcome.failed("the binding does not read " + made.unread());
    }
    Module module = layer.module();
    module.to(DType.valueOf(Json.string(record, "dtype").toUpperCase(Locale.ROOT)));
    Map<String, Tensor> state = tensors(values.decodeAll(Json.object(record, "state_dict")));
    List<String> names = new ArrayList<>(module.stateDict().keySet());
    if (!names.equals(new ArrayList<>(state.keySet()))) {
      return Outcome.failed("the state is " + names + ", wanted " + state.keySet());
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
      return Outcome.failed("the binding does not read " + arguments.unread());
    }
    String difference =
        new Expectation(record, tensors, Tolerance::ofSum)
            .difference(output, values.leaves(), module.namedParameters());
    difference = difference == null ? stateAfter(record, module, tensors) : difference;
    return difference == null ? Outcome.PASSED : Outcome.failed(difference);
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
