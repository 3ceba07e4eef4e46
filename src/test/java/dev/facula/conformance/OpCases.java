package dev.facula.conformance;

import dev.facula.Facula;
import java.util.Map;

/** Calls an operation and compares outputs and gradients. */
final class OpCases implements CaseRunner {
  /** What PyTorch's operator database seeds every operation with that draws random numbers. */
  private static final long SEED = 42;

  private final Bindings bindings;

  OpCases(Bindings bindings) {
    this.bindings = bindings;
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    return bindings.find(Json.string(record, "op"), Json.string(record, "variant")) != null;
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    Bindings.Binding binding =
        bindings.require(Json.string(record, "op"), Json.string(record, "variant"));
    Values values = new Values(tensors);
    Arguments arguments =
        new Arguments(
            values.decodeAll(Json.list(record, "args")),
            values.decodeAll(Json.object(record, "kwargs")));
    Facula.manualSeed(SEED);
    Object output = binding.call().apply(arguments);
    if (!arguments.unread().isEmpty()) {
      return Outcome.failed("the binding does not read " + arguments.unread());
    }
    String difference =
        new Expectation(record, tensors, binding.tolerance())
            .difference(output, values.leaves(), Map.of());
    return difference == null ? Outcome.PASSED : Outcome.failed(difference);
  }
}
