package dev.facula.conformance;

import dev.facula.Autograd;
import dev.facula.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call computed: its outputs one after another, and on demand the gradients. */
final class Results {
  private final List<@Nullable Object> outputs = new ArrayList<>();
  private final List<Tensor> inputs;

  /**
   * The results of a call.
   *
   * @param output what it returned: a tensor, a number, or a record, list or array of them
   * @param inputs what gradients are wanted of
   */
  Results(@Nullable Object output, List<Tensor> inputs) {
    flatten(output, outputs);
    this.inputs = inputs;
  }

  List<@Nullable Object> outputs() {
    return outputs;
  }

  /** The gradients of the sum of outputs times cotangents; null where an input does not count. */
  List<@Nullable Tensor> gradients(List<Tensor> cotangents) {
    List<Tensor> differentiable = new ArrayList<>();
    for (Object output : outputs) {
      if (output instanceof Tensor tensor && tensor.requiresGrad()) {
        differentiable.add(tensor);
      }
    }
    List<Tensor> given = new ArrayList<>();
    for (int i = 0; i < cotangents.size(); i++) {
      given.add(cotangents.get(i).to(differentiable.get(i).dtype()));
    }
    return new ArrayList<>(Autograd.grad(differentiable, inputs, given, o -> o.allowUnused(true)));
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
