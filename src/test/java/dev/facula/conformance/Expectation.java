package dev.facula.conformance;

import dev.facula.Autograd;
import dev.facula.DType;
import dev.facula.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a case says about outputs and gradients, held against what the library computed. */
final class Expectation {
  private final Map<String, Object> record;
  private final TensorFile tensors;
  private final Function<DType, Tolerance> tolerance;

  Expectation(
      Map<String, Object> record, TensorFile tensors, Function<DType, Tolerance> tolerance) {
    this.record = record;
    this.tensors = tensors;
    this.tolerance = tolerance;
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
    List<@Nullable Object> actual = new ArrayList<>();
    flatten(output, actual);
    List<@Nullable Object> wanted = new ArrayList<>();
    flattenRecorded(record.get("outputs"), wanted);
    String difference = compareAll(actual, wanted);
    if (difference != null || !record.containsKey("cotangents")) {
      return difference;
    }
    return compareGradients(actual, wanted, leaves, parameters);
  }

  private @Nullable String compareAll(
      List<@Nullable Object> actual, List<@Nullable Object> wanted) {
    if (actual.size() != wanted.size()) {
      return actual.size() + " outputs, wanted " + wanted.size();
    }
    for (int i = 0; i < wanted.size(); i++) {
      String difference = compare(actual.get(i), wanted.get(i));
      if (difference != null) {
        return "output " + i + ": " + difference;
      }
    }
    return null;
  }

  private @Nullable String compare(@Nullable Object actual, @Nullable Object wanted) {
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
      return stored.difference(tensor, tolerance.apply(stored.dtype()));
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

  private @Nullable String compareGradients(
      List<@Nullable Object> actual,
      List<@Nullable Object> wanted,
      List<Tensor> leaves,
      Map<String, Tensor> parameters) {
    List<Tensor> outputs = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (actual.get(i) instanceof Tensor tensor && tensor.requiresGrad()) {
        outputs.add(tensor);
      }
    }
    List<Tensor> cotangents = new ArrayList<>();
    for (Object reference : Json.list(record, "cotangents")) {
      cotangents.add(stored(Json.object(reference)).toTensor());
    }
    List<Tensor> inputs = new ArrayList<>(leaves);
    inputs.addAll(parameters.values());
    List<@Nullable Tensor> gradients =
        new ArrayList<>(Autograd.grad(outputs, inputs, cotangents, o -> o.allowUnused(true)));
    String difference =
        compareInputGradients(gradients.subList(0, leaves.size()), Json.list(record, "grads"));
    return difference != null
        ? difference
        : compareParameterGradients(parameters, gradients.subList(leaves.size(), gradients.size()));
  }

  /**
   * Inputs that PyTorch computed from others were recorded without a gradient: where there are more
   * inputs than recorded gradients, these have to be found among ours in their order.
   */
  private @Nullable String compareInputGradients(
      List<@Nullable Tensor> gradients, List<@Nullable Object> wanted) {
    int next = 0;
    for (int i = 0; i < wanted.size(); i++) {
      String difference = "is missing";
      while (difference != null && next < gradients.size()) {
        difference = compareGradient(gradients.get(next++), wanted.get(i));
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
      Map<String, Tensor> parameters, List<@Nullable Tensor> gradients) {
    if (parameters.isEmpty()) {
      return null;
    }
    Map<String, Object> wanted = Json.object(record, "param_grads");
    int i = 0;
    for (String name : parameters.keySet()) {
      String difference = compareGradient(gradients.get(i++), wanted.get(name));
      if (difference != null) {
        return "gradient of " + name + ": " + difference;
      }
    }
    return null;
  }

  private @Nullable String compareGradient(@Nullable Tensor actual, @Nullable Object wanted) {
    if (wanted == null) {
      return actual == null ? null : "reaches it, but should not";
    }
    if (actual == null) {
      return "does not reach it";
    }
    StoredTensor stored = stored(Json.object(wanted));
    return stored.difference(actual, Tolerance.ofSum(stored.dtype()));
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

  private static void flatten(@Nullable Object value, List<@Nullable Object> into) {
    if (value instanceof Iterable<?> list && !(value instanceof Tensor)) {
      list.forEach(v -> flatten(v, into));
    } else if (value instanceof Object[] array) {
      Arrays.asList(array).forEach(v -> flatten(v, into));
    } else if (value instanceof int[] array) {
      for (int v : array) {
        into.add((long) v);
      }
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        flatten(read(value, component), into);
      }
    } else {
      into.add(value);
    }
  }

  private static @Nullable Object read(Object value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
