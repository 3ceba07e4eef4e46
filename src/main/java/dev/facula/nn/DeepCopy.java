package dev.facula.nn;

import dev.facula.Tensor;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies a module with all that it holds, in PyTorch's manner of {@code copy.deepcopy}: modules,
 * tensors, arrays, collections and records, each once, so that what is one stays one. Anything else
 * is shared, which is an error where it leads back to something that was copied.
 */
final class DeepCopy {
  private final Map<Object, Object> made = new IdentityHashMap<>();
  private final List<Shared> shared = new ArrayList<>();
  private String place = "";

  /** A value that the copy has in common with the original. */
  private record Shared(String place, Object value) {}

  private DeepCopy() {}

  static Module of(Module module) {
    DeepCopy copy = new DeepCopy();
    Module result = copy.module(module);
    for (Shared s : copy.shared) {
      if (Fields.leads(s.value, copy::isPart)) {
        throw new IllegalStateException(
            ("deepCopy: %s holds a %s that leads to parts of the original, and cannot be"
                    + " copied: make it a Module, or a record or collection of the parts")
                .formatted(s.place, s.value.getClass().getSimpleName()));
      }
    }
    return result;
  }

  private boolean isPart(Object o) {
    return (o instanceof Module || o instanceof Tensor || o instanceof Slot) && made.containsKey(o);
  }

  /** The copy of a module. */
  Module module(Module original) {
    Module known = (Module) made.get(original);
    if (known != null) {
      return known;
    }
    Module copy = Objects.requireNonNull(original, "module").shallow();
    made.put(original, copy);
    copy.copyParts(this);
    for (Field f : Fields.of(original)) {
      if (!Fields.open(f, original)) {
        throw Fields.closed("deepCopy", f);
      }
      Object value = Fields.read(f, original);
      place = Fields.name(f);
      boolean around = f.isSynthetic() && !(value instanceof Module);
      Object other = around ? value : value(value);
      if (other != value) {
        if (!f.getType().isInstance(other)) {
          throw new IllegalStateException(
              "deepCopy: %s cannot hold a copy of its value: declare it as List, Set or Map"
                  .formatted(Fields.name(f)));
        }
        Fields.write(f, copy, other);
      }
    }
    return copy;
  }

  /** The copy of a tensor: equal values in its own memory, and the same wish for a gradient. */
  Tensor tensor(Tensor original) {
    Tensor known = (Tensor) made.get(original);
    if (known != null) {
      return known;
    }
    if (!original.isLeaf()) {
      throw new IllegalStateException(
          ("deepCopy: %s holds the result of a recorded operation, which has no copy of"
                  + " its own: detach() it before it is kept")
              .formatted(place));
    }
    Tensor copy = original.detach().clone();
    if (original.requiresGrad()) {
      copy.requiresGrad_(true);
    }
    made.put(original, copy);
    return copy;
  }

  /** The copy of a slot, which is one with that of the module that registered it. */
  Slot slot(Slot original) {
    Slot known = (Slot) made.get(original);
    if (known == null) {
      known = original.copy(this);
      made.put(original, known);
    }
    return known;
  }

  private @Nullable Object value(@Nullable Object original) {
    if (original == null || made.containsKey(original)) {
      return original == null ? null : made.get(original);
    }
    if (original instanceof Module m) {
      return module(m);
    }
    if (original instanceof Tensor t) {
      return tensor(t);
    }
    if (original instanceof Slot s) {
      return slot(s);
    }
    if (original.getClass().isArray()) {
      return array(original);
    }
    boolean ofJava = original.getClass().getName().startsWith("java.util.");
    if (ofJava && original instanceof Collection<?> c) {
      return collection(c);
    }
    if (ofJava && original instanceof Map<?, ?> m) {
      return map(m);
    }
    if (original instanceof Record r) {
      return record(r);
    }
    if (original instanceof Optional<?> optional) {
      return optional.map(this::value);
    }
    shared.add(new Shared(place, original));
    return original;
  }

  private Object array(Object original) {
    int n = Array.getLength(original);
    Object copy = Array.newInstance(original.getClass().getComponentType(), n);
    made.put(original, copy);
    if (original instanceof Object[] from) {
      Object[] to = (Object[]) copy;
      for (int i = 0; i < n; i++) {
        to[i] = value(from[i]);
      }
    } else {
      System.arraycopy(original, 0, copy, 0, n);
    }
    return copy;
  }

  private Object collection(Collection<?> original) {
    Collection<Object> copy = emptied(original);
    if (copy != null) {
      made.put(original, copy);
      original.forEach(e -> copy.add(value(e)));
      return copy;
    }
    List<Object> elements = new ArrayList<>();
    boolean changed = false;
    for (Object e : original) {
      Object other = value(e);
      changed |= other != e;
      elements.add(other);
    }
    if (!changed) {
      return original;
    }
    Object result =
        original instanceof Set
            ? Collections.unmodifiableSet(new LinkedHashSet<>(elements))
            : original.getClass() == Arrays.asList().getClass()
                ? Arrays.asList(elements.toArray())
                : Collections.unmodifiableList(elements);
    made.put(original, result);
    return result;
  }

  private Object map(Map<?, ?> original) {
    Map<Object, Object> copy = emptied(original);
    if (copy != null) {
      made.put(original, copy);
      original.forEach((k, v) -> copy.put(value(k), value(v)));
      return copy;
    }
    Map<Object, Object> entries = new LinkedHashMap<>();
    boolean changed = false;
    for (Map.Entry<?, ?> e : original.entrySet()) {
      Object k = value(e.getKey());
      Object v = value(e.getValue());
      changed |= k != e.getKey() || v != e.getValue();
      entries.put(k, v);
    }
    if (!changed) {
      return original;
    }
    Object result = Collections.unmodifiableMap(entries);
    made.put(original, result);
    return result;
  }

  /** An empty collection or map of the same class and order, or null where there is none. */
  @SuppressWarnings("unchecked")
  private static <T> @Nullable T emptied(Object original) {
    Class<?> type = original.getClass();
    try {
      if (!(original instanceof Cloneable)) {
        return (T) type.getConstructor().newInstance();
      }
      Object copy = type.getMethod("clone").invoke(original);
      type.getMethod("clear").invoke(copy);
      return (T) copy;
    } catch (ReflectiveOperationException e) {
      return null; // of a class that is not public
    }
  }

  private Object record(Record original) {
    @Nullable Object[] values = Fields.components(original);
    boolean changed = false;
    for (int i = 0; i < values.length; i++) {
      Object other = value(values[i]);
      changed |= other != values[i];
      values[i] = other;
    }
    Object result = changed ? Fields.record(original, values) : original;
    made.put(original, result);
    return result;
  }
}
