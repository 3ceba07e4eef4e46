package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a case says about outputs and gradients, held against what the library computed. */
final class Expectation {
  private final Map<String, Object> record;
  private final TensorFile tensors;
  private final Function<DType, Tolerance> tolerance;
  private final boolean ordered;

  Expectation(
      Map<String, Object> record, TensorFile tensors, Function<DType, Tolerance> tolerance) {
    this(record, tensors, tolerance, true);
  }

  /**
   * What a case says.
   *
   * @param ordered whether the strides of the outputs count
   */
  Expectation(
      Map<String, Object> record,
      TensorFile tensors,
      Function<DType, Tolerance> tolerance,
      boolean ordered) {
    this.record = record;
    this.tensors = tensors;
    this.tolerance = tolerance;
    this.ordered = ordered && !choosesOrder();
  }

  /**
   * The first difference, or null.
   *
   * @param output what the call returned
   * @param leaves the inputs that require a gradient, in order
   * @param parameters the parameters of a module by name; empty for an operation
   */
  @Nullable String difference(
      @Nullable Object output, List<Tensor> leaves, Map<String, Tensor> parameters) {
    return difference(results(output, leaves, parameters), leaves, parameters, null);
  }

  static Results results(
      @Nullable Object output, List<Tensor> leaves, Map<String, Tensor> parameters) {
    List<Tensor> inputs = new ArrayList<>(leaves);
    inputs.addAll(parameters.values());
    return new Results(output, inputs);
  }

  /**
   * The first difference, or null, where a computation of the same in float64 may settle what
   * PyTorch's own rounding leaves open, see {@link Tolerance#settles}.
   */
  @Nullable String difference(
      Results actual,
      List<Tensor> leaves,
      Map<String, Tensor> parameters,
      @Nullable Results exact) {
    List<@Nullable Object> wanted = new ArrayList<>();
    flattenRecorded(record.get("outputs"), wanted);
    String difference =
        compareAll(actual.outputs(), wanted, exact == null ? null : exact.outputs());
    if (difference != null || !record.containsKey("cotangents")) {
      return difference;
    }
    List<Tensor> cotangents = new ArrayList<>();
    for (Object reference : Json.list(record, "cotangents")) {
      cotangents.add(stored(Json.object(reference)).toTensor());
    }
    List<@Nullable Tensor> gradients = actual.gradients(cotangents);
    List<@Nullable Tensor> precise =
        exact == null ? Collections.nCopies(gradients.size(), null) : exact.gradients(cotangents);
    int n = leaves.size();
    difference =
        compareInputGradients(
            gradients.subList(0, n), Json.list(record, "grads"), precise.subList(0, n));
    return difference != null
        ? difference
        : compareParameterGradients(
            parameters,
            gradients.subList(n, gradients.size()),
            precise.subList(n, gradients.size()));
  }

  private @Nullable String compareAll(
      List<@Nullable Object> actual,
      List<@Nullable Object> wanted,
      @Nullable List<@Nullable Object> exact) {
    if (actual.size() != wanted.size()) {
      return actual.size() + " outputs, wanted " + wanted.size();
    }
    for (int i = 0; i < wanted.size(); i++) {
      Object precise = exact == null ? null : exact.get(i);
      String difference = compare(actual.get(i), wanted.get(i), precise);
      if (difference != null) {
        return "output " + i + ": " + difference;
      }
    }
    return null;
  }

  private @Nullable String compare(
      @Nullable Object actual, @Nullable Object wanted, @Nullable Object exact) {
    if (wanted instanceof Map) {
      if (!(actual instanceof Tensor tensor)) {
        return "no tensor but " + actual;
      }
      Map<String, Object> reference = Json.object(wanted);
      StoredTensor stored = stored(reference);
      boolean gradient = Boolean.TRUE.equals(reference.get("requires_grad"));
      if (gradient != tensor.requiresGrad()) {
        return gradient ? "requires no gradient" : "requires a gradient, but should not";
      }
      Tensor precise = exact instanceof Tensor t ? t : null;
      String difference = stored.difference(tensor, tolerance.apply(stored.dtype()), precise);
      return difference != null || !ordered ? difference : order(tensor, reference.get("strides"));
    }
    if (wanted instanceof Number w && actual instanceof Number a) {
      boolean same =
          w instanceof Long
              ? a.longValue() == w.longValue() && a.doubleValue() == w.doubleValue()
              : Tolerance.of(DType.FLOAT32).accepts(a.doubleValue(), w.doubleValue());
      return same ? null : a + ", wanted " + w;
    }
    return wanted == null ? null : wanted.equals(actual) ? null : actual + ", wanted " + wanted;
  }

  /** Whether the call names a memory format, which has no counterpart here. */
  private boolean choosesOrder() {
    return record.get("kwargs") instanceof Map<?, ?> kwargs && kwargs.containsKey("memory_format");
  }

  /** How the elements lie in memory, if not as in PyTorch; recorded if not in row-major order. */
  private static @Nullable String order(Tensor actual, @Nullable Object recorded) {
    if (recorded == null) {
      return actual.isContiguous()
          ? null
          : "strides " + Arrays.toString(actual.strides()) + ", wanted row-major order";
    }
    int[] wanted = TensorFile.ints(Json.list(recorded));
    int[] strides = actual.strides();
    for (int d = 0; d < wanted.length; d++) {
      if (actual.size(d) > 1 && strides[d] != wanted[d]) {
        return "strides " + Arrays.toString(strides) + ", wanted " + Arrays.toString(wanted);
      }
    }
    return null;
  }

  /**
   * Inputs that PyTorch computed from others were recorded without a gradient: where there are more
   * inputs than recorded gradients, these have to be found among ours in their order.
   */
  private @Nullable String compareInputGradients(
      List<@Nullable Tensor> gradients,
      List<@Nullable Object> wanted,
      List<@Nullable Tensor> exact) {
    int next = 0;
    for (int i = 0; i < wanted.size(); i++) {
      String difference = "is missing";
      while (difference != null && next < gradients.size()) {
        difference = compareGradient(gradients.get(next), wanted.get(i), exact.get(next));
        next++;
        if (difference != null && gradients.size() - next < wanted.size() - i) {
          return "gradient of input " + i + ": " + difference;
        }
      }
      if (difference != null) {
        return "gradient of input " + i + " " + difference;
      }
    }
    return null;
  }

  private @Nullable String compareParameterGradients(
      Map<String, Tensor> parameters,
      List<@Nullable Tensor> gradients,
      List<@Nullable Tensor> exact) {
    if (parameters.isEmpty()) {
      return null;
    }
    Map<String, Object> wanted = Json.object(record, "param_grads");
    int i = 0;
    for (String name : parameters.keySet()) {
      String difference = compareGradient(gradients.get(i), wanted.get(name), exact.get(i));
      i++;
      if (difference != null) {
        return "gradient of " + name + ": " + difference;
      }
    }
    return null;
  }

  private @Nullable String compareGradient(
      @Nullable Tensor actual, @Nullable Object wanted, @Nullable Tensor exact) {
    if (wanted == null) {
      return actual == null ? null : "reaches it, but should not";
    }
    if (actual == null) {
      return "does not reach it";
    }
    StoredTensor stored = stored(Json.object(wanted));
    return stored.difference(actual, Tolerance.ofSum(stored.dtype()), exact);
  }

  private StoredTensor stored(Map<String, Object> reference) {
    return tensors.get(Json.string(reference, "tensor"));
  }

  private static void flattenRecorded(@Nullable Object value, List<@Nullable Object> into) {
    if (value instanceof List) {
      Json.list(value).forEach(v -> flattenRecorded(v, into));
    } else if (value instanceof Map) {
      Map<String, Object> tagged = Json.object(value);
      if (tagged.get("tuple") instanceof List<?> tuple) {
        flattenRecorded(tuple, into);
      } else if (tagged.containsKey("dict")) {
        Json.object(tagged, "dict").values().forEach(v -> flattenRecorded(v, into));
      } else if (tagged.containsKey("float")) {
        into.add(new Values(TensorFile.EMPTY).decode(tagged));
      } else {
        into.add(tagged);
      }
    } else {
      into.add(value);
    }
  }
}
