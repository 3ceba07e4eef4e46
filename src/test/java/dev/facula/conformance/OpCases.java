package dev.facula.conformance;

import dev.facula.Facula;
import java.util.Map;

/** Calls an operation and compares outputs and gradients. */
final class OpCases implements CaseRunner {
  /** What PyTorch's operator database seeds every operation with that draws random numbers. */
  private static final long SEED = 42;

  private final Bindings bindings;
  private final boolean reversed;

  /**
   * Cases of operations.
   *
   * @param reversed whether operands lie in memory with their first dimension innermost
   */
  OpCases(Bindings bindings, boolean reversed) {
    this.bindings = bindings;
    this.reversed = reversed;
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    return bindings.find(Json.string(record, "op"), Json.string(record, "variant")) != null;
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    Bindings.Binding binding =
        bindings.require(Json.string(record, "op"), Json.string(record, "variant"));
    Values values = new Values(tensors, false, reversed);
    Arguments arguments = arguments(record, values);
    Results results;
    try {
      results = call(binding, arguments, values);
    } catch (Arguments.InexpressibleException e) {
      return new Outcome(Outcome.Status.UNSUPPORTED, String.valueOf(e.getMessage()));
    }
    if (!arguments.unread().isEmpty()) {
      return Outcome.failed("the binding does not read " + arguments.unread());
    }
    Expectation expectation = new Expectation(record, tensors, binding.tolerance(), !reversed);
    String difference = expectation.difference(results, values.leaves(), Map.of(), null);
    String first = difference;
    if (difference != null && !"float64".equals(record.get("dtype"))) {
      Values again = new Values(tensors, false, reversed);
      Values widened = new Values(tensors, true, reversed);
      Results exact = call(binding, arguments(record, widened), widened);
      results = call(binding, arguments(record, again), again);
      difference = expectation.difference(results, again.leaves(), Map.of(), exact);
    }
    if (difference != null) {
      return Outcome.failed(difference);
    }
    return first == null ? Outcome.PASSED : Outcome.settled(first);
  }

  private static Results call(Bindings.Binding binding, Arguments arguments, Values values) {
    Facula.manualSeed(SEED);
    Object output = binding.call().apply(arguments);
    return Expectation.results(output, values.leaves(), Map.of());
  }

  private static Arguments arguments(Map<String, Object> record, Values values) {
    return new Arguments(
        values.decodeAll(Json.list(record, "args")),
        values.decodeAll(Json.object(record, "kwargs")));
  }
}
