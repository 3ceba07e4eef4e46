package dev.facula.optim;

import dev.facula.Tensor;
import dev.facula.internal.fused.TensorMemory;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer remembers of a parameter. A gradient that is put here keeps its memory, which
 * otherwise serves the next ones: seen when it is put, that costs nothing in the steps.
 */
final class ParameterState extends AbstractMap<String, Tensor> {
  private final TensorMemory<Tensor> memory;
  private final Tensor parameter;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  ParameterState(TensorMemory<Tensor> memory, Tensor parameter) {
    this.memory = memory;
    this.parameter = parameter;
  }

  @Override
  public @Nullable Tensor put(String name, Tensor tensor) {
    memory.keep(parameter, tensor);
    return tensors.put(name, tensor);
  }

  @Override
  public @Nullable Tensor get(@Nullable Object name) {
    return tensors.get(name);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return tensors.containsKey(name);
  }

  @Override
  public @Nullable Tensor remove(@Nullable Object name) {
    return tensors.remove(name);
  }

  @Override
  public void clear() {
    tensors.clear();
  }

  /** Read-only, so that all that comes in is put. */
  @Override
  public Set<Map.Entry<String, Tensor>> entrySet() {
    return Collections.unmodifiableMap(tensors).entrySet();
  }
}
