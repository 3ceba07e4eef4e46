package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of one case into arguments: tensors, numbers, strings, lists (for tuples too),
 * maps, {@link DType}, {@link Slice} and {@link Ellipsis}.
 */
final class Values {
  /** An index part {@code start:stop:step}; null stands for "from the end that fits". */
  record Slice(@Nullable Integer start, @Nullable Integer stop, @Nullable Integer step) {}

  enum Ellipsis {
    INSTANCE
  }

  /** A device, layout or memory format, which have no counterpart here. */
  record Foreign(String name) {}

  private final TensorFile tensors;
  private final boolean exact;
  private final boolean reversed;
  private final List<Tensor> leaves = new ArrayList<>();

  Values(TensorFile tensors) {
    this(tensors, false, false);
  }

  /**
   * Values of a case.
   *
   * @param exact whether float32 is widened to float64
   * @param reversed whether tensors that were contiguous lie in memory with their first dimension
   *     innermost
   */
  Values(TensorFile tensors, boolean exact, boolean reversed) {
    this.tensors = tensors;
    this.exact = exact;
    this.reversed = reversed;
  }

  /** The tensors decoded so far that require a gradient, in order. */
  List<Tensor> leaves() {
    return leaves;
  }

  List<@Nullable Object> decodeAll(List<Object> values) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object value : values) {
      result.add(decode(value));
    }
    return Collections.unmodifiableList(result);
  }

  Map<String, @Nullable Object> decodeAll(Map<String, Object> values) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    values.forEach((name, value) -> result.put(name, decode(value)));
    return result;
  }

  @Nullable Object decode(@Nullable Object value) {
    if (value instanceof List) {
      return decodeAll(Json.list(value));
    }
    if (!(value instanceof Map)) {
      return value;
    }
    Map<String, Object> tagged = Json.object(value);
    String tag = tagged.keySet().iterator().next();
    return switch (tag) {
      case "tensor" -> tensor(tagged);
      case "tuple" -> decodeAll(Json.list(tagged, tag));
      case "dict" -> decodeAll(Json.object(tagged, tag));
      case "float" -> number(Json.string(tagged, tag));
      case "dtype" -> dtype(Json.string(tagged, tag));
      case "slice" -> slice(Json.list(tagged, tag));
      case "ellipsis" -> Ellipsis.INSTANCE;
      case "torch" -> new Foreign(Json.string(tagged, tag));
      default -> throw new IllegalArgumentException("value with tag '" + tag + "'");
    };
  }

  private Tensor tensor(Map<String, Object> reference) {
    StoredTensor stored = tensors.get(Json.string(reference, "tensor"));
    stored = exact ? stored.widened() : stored;
    Object strides = reference.get("strides");
    Tensor tensor =
        strides != null
            ? stored.toTensor(TensorFile.ints(Json.list(strides)))
            : reversed ? stored.toTensor(stored.columnMajor()) : stored.toTensor();
    if (Boolean.TRUE.equals(reference.get("requires_grad"))) {
      tensor.requiresGrad_(true);
      leaves.add(tensor);
    }
    return tensor;
  }

  private static double number(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  private DType dtype(String name) {
    DType dtype = DType.valueOf(name.toUpperCase(Locale.ROOT));
    return exact && dtype.isFloatingPoint() ? DType.FLOAT64 : dtype;
  }

  private static Slice slice(List<Object> parts) {
    return new Slice(integer(parts.get(0)), integer(parts.get(1)), integer(parts.get(2)));
  }

  private static @Nullable Integer integer(@Nullable Object value) {
    return value == null ? null : Math.toIntExact((Long) value);
  }
}
