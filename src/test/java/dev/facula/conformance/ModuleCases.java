package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.nn.Module;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a module, loads its recorded state, and compares outputs, gradients and the new state. */
final class ModuleCases implements CaseRunner {
  private final ModuleBindings bindings = new ModuleBindings();
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
    ModuleBindings.Binding binding = bindings.find(Json.string(record, "module"));
    if (binding == null) {
      throw new IllegalStateException("nothing is bound to " + record.get("module"));
    }
    Facula.manualSeed(seed);
    Arguments forConstructor = arguments(record, tensors, "constructor_");
    Module module =
        (Module) Calls.construct(binding.type(), binding.constructor(), forConstructor);
    if (!forConstructor.unread().isEmpty()) {
      return Outcome.failed("the constructor does not take " + forConstructor.unread());
    }
    module.to(DType.valueOf(Json.string(record, "dtype").toUpperCase(Locale.ROOT)));
    String difference = load(module, Json.object(record, "state_dict"), tensors);
    if (difference == null) {
      module.train(Boolean.TRUE.equals(record.get("training")));
      difference = compare(module, binding, record, tensors);
    }
    return difference == null ? Outcome.PASSED : Outcome.failed(difference);
  }

  private static Arguments arguments(Map<String, Object> record, TensorFile tensors, String prefix) {
    Values values = new Values(tensors);
    return new Arguments(
        values.decodeAll(Json.list(record, prefix + "args")),
        values.decodeAll(Json.object(record, prefix + "kwargs")));
  }

  private static @Nullable String load(
      Module module, Map<String, Object> recorded, TensorFile tensors) {
    if (!module.stateDict().keySet().equals(recorded.keySet())) {
      return "state " + module.stateDict().keySet() + ", wanted " + recorded.keySet();
    }
    Map<String, Tensor> state = new LinkedHashMap<>();
    recorded.forEach((name, reference) -> state.put(name, stored(reference, tensors).toTensor()));
    module.loadStateDict(state);
    return null;
  }

  private @Nullable String compare(
      Module module,
      ModuleBindings.Binding binding,
      Map<String, Object> record,
      TensorFile tensors) {
    Values values = new Values(tensors);
    Arguments arguments =
        new Arguments(
            values.decodeAll(Json.list(record, "args")),
            values.decodeAll(Json.object(record, "kwargs")));
    Facula.manualSeed(seed);
    Object output = Calls.forward(module, binding.forward(), arguments);
    if (!arguments.unread().isEmpty()) {
      return "forward does not take " + arguments.unread();
    }
    Map<String, Tensor> parameters = module.namedParameters();
    Map<String, Object> gradients = Json.object(record, "param_grads");
    if (record.containsKey("cotangents") && !parameters.keySet().equals(gradients.keySet())) {
      return "parameters " + parameters.keySet() + ", wanted " + gradients.keySet();
    }
    String difference =
        new Expectation(record, tensors, binding.tolerance())
            .difference(output, values.leaves(), parameters);
    return difference != null
        ? difference
        : compareState(module, Json.object(record, "state_dict_after"), tensors);
  }

  private static @Nullable String compareState(
      Module module, Map<String, Object> recorded, TensorFile tensors) {
    Map<String, Tensor> state = module.stateDict();
    for (Map.Entry<String, Object> entry : recorded.entrySet()) {
      StoredTensor wanted = stored(entry.getValue(), tensors);
      Tensor actual = state.get(entry.getKey());
      String difference =
          actual == null
              ? "is missing"
              : wanted.difference(actual, Tolerance.ofSum(wanted.dtype()));
      if (difference != null) {
        return "state " + entry.getKey() + " afterwards: " + difference;
      }
    }
    return null;
  }

  private static StoredTensor stored(Object reference, TensorFile tensors) {
    return tensors.get(Json.string(Json.object(reference), "tensor"));
  }
}
