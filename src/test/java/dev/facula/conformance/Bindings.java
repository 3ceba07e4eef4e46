package dev.facula.conformance;

import dev.facula.DType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the operations of PyTorch are called here, by PyTorch's name. */
final class Bindings {
  /** The call: arguments to result (a tensor, a number, or a record, list or array of them). */
  interface Call {
    @Nullable Object apply(Arguments a);
  }

  record Binding(Call call, Function<DType, Tolerance> tolerance) {}

  private final Map<String, Binding> bindings = new HashMap<>();
  private final Set<String> leftOut = new HashSet<>();

  /** An operation whose output elements are computed independently of each other. */
  void bind(String name, Call call) {
    put(name, new Binding(call, Tolerance::of));
  }

  /** An operation with a tolerance of its own. */
  void bind(String name, Call call, Function<DType, Tolerance> tolerance) {
    put(name, new Binding(call, tolerance));
  }

  /** A reduction or product, where the order of summation is free. */
  void sums(String name, Call call) {
    put(name, new Binding(call, Tolerance::ofSum));
  }

  /** A variant whose cases cannot be run, in spite of a binding of the operation. */
  void leaveOut(String variant) {
    leftOut.add(variant);
  }

  private void put(String name, Binding binding) {
    if (bindings.put(name, binding) != null) {
      throw new IllegalStateException(name + " is bound twice");
    }
  }

  /** The binding of a variant where it has its own, else that of the operation. */
  @Nullable Binding find(String op, String variant) {
    if (leftOut.contains(op + "." + variant)) {
      return null;
    }
    Binding binding = bindings.get(op + "." + variant);
    return binding != null ? binding : bindings.get(op);
  }

  Binding require(String op, String variant) {
    Binding binding = find(op, variant);
    if (binding == null) {
      throw new IllegalStateException("nothing is bound to " + op);
    }
    return binding;
  }

  static Bindings ofOperations() {
    Bindings bindings = new Bindings();
    SpecialBindings.addTo(bindings);
    ElementwiseBindings.addTo(bindings);
    ReductionBindings.addTo(bindings);
    ShapeBindings.addTo(bindings);
    IndexBindings.addTo(bindings);
    MatrixBindings.addTo(bindings);
    CreationBindings.addTo(bindings);
    FunctionalBindings.addTo(bindings);
    LossBindings.addTo(bindings);
    MaskedBindings.addTo(bindings);
    SampleBindings.addTo(bindings);
    return bindings;
  }
}
