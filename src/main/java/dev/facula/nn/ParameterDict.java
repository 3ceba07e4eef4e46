package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Parameters under names that are parts of the module that holds the dictionary. It has no forward.
 *
 * <pre>{@code
 * var weights = new ParameterDict().put("left", Tensor.ones(3)).put("right", Tensor.ones(4));
 * Tensor left = weights.get("left");
 * }</pre>
 */
public class ParameterDict extends Layer {
  /** An empty dictionary. */
  public ParameterDict() {}

  /**
   * A dictionary of these tensors, which require a gradient from now on.
   *
   * @param values in the order of the map; in that of their names if it has none, as that of Map.of
   */
  public ParameterDict(Map<String, Tensor> values) {
    (ModuleDict.unordered(values) ? new TreeMap<>(values) : values).forEach(this::put);
  }

  /**
   * Adds a parameter.
   *
   * @param name not empty, without dots, not taken
   * @return this
   */
  public final ParameterDict put(String name, Tensor value) {
    slot(name, value);
    return this;
  }

  /**
   * The parameter of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final Tensor get(String name) {
    Slot slot = parameterSlots().get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          "%s: no parameter %s in %s".formatted(name(), name, keys()));
    }
    return slot.get();
  }

  /** Whether there is a parameter of that name. */
  public final boolean containsKey(String name) {
    return parameterSlots().containsKey(name);
  }

  /** The names in their order. */
  public final Set<String> keys() {
    return Collections.unmodifiableSet(parameterSlots().keySet());
  }

  /** The parameters in their order. */
  public final Collection<Tensor> values() {
    return items().values();
  }

  /** The parameters under their names, in their order. */
  public final Map<String, Tensor> items() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    parameterSlots().forEach((name, s) -> result.put(name, s.get()));
    return result;
  }

  /** How many parameters there are. */
  public final int size() {
    return parameterSlots().size();
  }
}
