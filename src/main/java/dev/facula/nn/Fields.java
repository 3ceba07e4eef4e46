package dev.facula.nn;

import dev.facula.Tensor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The fields of modules: found, read, and given another value where that is allowed. */
final class Fields {
  /** The fields of a class below Module that can hold a part, found once. */
  private static final ClassValue<List<Field>> FIELDS =
      new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
          return find(type);
        }
      };

  private Fields() {}

  private static List<Field> find(Class<?> type) {
    List<Field> result = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Module.class; c = c.getSuperclass()) {
      for (Field f : c.getDeclaredFields()) {
        if (!Modifier.isStatic(f.getModifiers()) && !f.getType().isPrimitive()) {
          f.trySetAccessible();
          result.add(f);
        }
      }
    }
    return List.copyOf(result);
  }

  /** All fields of an object, of any visibility, that hold references. */
  static List<Field> of(Object object) {
    return FIELDS.get(object.getClass());
  }

  /** Whether the field may be looked at. */
  static boolean open(Field f, Object holder) {
    return f.canAccess(holder);
  }

  /** The value of a field that is open. */
  static @Nullable Object read(Field f, Object holder) {
    try {
      return f.get(holder);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("field " + name(f) + " cannot be read", e);
    }
  }

  /** A field as messages show it. */
  static String name(Field f) {
    return f.getDeclaringClass().getSimpleName() + "." + f.getName();
  }

  /** What to say of a class whose fields may not be looked at. */
  static IllegalStateException closed(String op, Field f) {
    Class<?> c = f.getDeclaringClass();
    return new IllegalStateException(
        "%s: field %s may not be looked at: module %s must say `opens %s to dev.facula`"
            .formatted(op, name(f), c.getModule().getName(), c.getPackageName()));
  }

  // ---- exchanging a part --------------------------------------------------------------------

  /**
   * Puts another part into the fields where a module holds one, so that its forward uses it.
   *
   * @param op what asks, for messages
   * @param only the only field that counts, where the same part has several names; else null
   * @param remedy what to do where the part cannot be exchanged
   * @return how many places there were
   * @throws IllegalStateException if forward would go on with the old one; nothing is changed then
   */
  static int exchange(
      String op, Module holder, Object old, Object other, @Nullable String only, String remedy) {
    List<Runnable> writes = new ArrayList<>();
    for (Field f : of(holder)) {
      if (!open(f, holder)) {
        throw closed(op, f);
      }
      Object value = read(f, holder);
      if (value == null || only != null && !only.equals(f.getName())) {
        continue;
      }
      if (value == old) {
        requireType(op, f, f.getType(), other);
        if (Modifier.isFinal(f.getModifiers())) {
          throw new IllegalStateException(
              "%s: field %s is final, so forward would go on with %s"
                  .formatted(op, name(f), remedy));
        }
        writes.add(() -> write(f, holder, other));
      } else if (value instanceof Object[] array) {
        for (int i = 0; i < array.length; i++) {
          int at = i;
          if (array[i] == old) {
            requireType(op, f, array.getClass().getComponentType(), other);
            writes.add(() -> array[at] = other);
          }
        }
      } else if (!(value instanceof Module || value instanceof Slot)
          && leads(value, o -> o == old)) {
        throw new IllegalStateException(
            "%s: field %s holds a %s that leads to the old one, so forward might go on with %s"
                .formatted(op, name(f), value.getClass().getSimpleName(), remedy));
      }
    }
    writes.forEach(Runnable::run);
    return writes.size();
  }

  private static void requireType(String op, Field f, Class<?> type, Object other) {
    if (!type.isInstance(other)) {
      throw new IllegalStateException(
          ("%s: field %s is for a %s and cannot hold a %s: declare it as Module, and run it"
                  + " with call(…)")
              .formatted(op, name(f), type.getSimpleName(), other.getClass().getSimpleName()));
    }
  }

  /** Writes a field, also a final one of an object that nobody else has seen yet. */
  static void write(Field f, Object holder, @Nullable Object value) {
    try {
      f.set(holder, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("field " + name(f) + " cannot be written", e);
    }
  }

  // ---- what an object leads to --------------------------------------------------------------

  /**
   * Whether something is among what an object holds, in its fields or elements, and theirs. Stops
   * at modules, tensors and classes of the JDK that are no collections.
   */
  static boolean leads(Object from, Predicate<Object> wanted) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> left = new ArrayDeque<>();
    left.add(from);
    while (!left.isEmpty()) {
      Object o = left.remove();
      if (wanted.test(o)) {
        return true;
      }
      if (seen.add(o)) {
        held(o, wanted).forEach(h -> left.add(h));
      }
    }
    return false;
  }

  private static List<Object> held(Object o, Predicate<Object> wanted) {
    List<Object> result = new ArrayList<>();
    if (o instanceof Object[] array) {
      result.addAll(Arrays.asList(array));
    } else if (o instanceof Optional<?> optional) {
      optional.ifPresent(result::add);
    } else if (o instanceof AtomicReference<?> reference) {
      result.add(reference.get());
    } else if (o instanceof Collection<?> collection) {
      result.addAll(collection);
    } else if (o instanceof Map<?, ?> map) {
      result.addAll(map.keySet());
      result.addAll(map.values());
    } else if (!ofJava(o) && !(o instanceof Module || o instanceof Tensor || o instanceof Enum)) {
      for (Field f : of(o)) {
        Object value = open(f, o) ? read(f, o) : null;
        // What lies around an inner class counts as far as it is wanted itself.
        if (value != null && (!f.isSynthetic() || !f.getName().startsWith("this$"))) {
          result.add(value);
        } else if (value != null && wanted.test(value)) {
          result.add(value);
        }
      }
    }
    result.removeIf(h -> h == null);
    return result;
  }

  private static boolean ofJava(Object o) {
    return o.getClass().getName().startsWith("java.");
  }

  // ---- records ------------------------------------------------------------------------------

  /** The value of a component of a record. */
  static @Nullable Object component(RecordComponent component, Record r) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(r);
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      throw closed(r.getClass(), e);
    }
  }

  /** A record of the same class with other values. */
  static Record record(Record like, @Nullable Object[] values) {
    Class<?> type = like.getClass();
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (Record) constructor.newInstance(values);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw closed(type, e);
    }
  }

  private static IllegalStateException closed(Class<?> type, Exception cause) {
    return new IllegalStateException(
        "the record "
            + type.getSimpleName()
            + " cannot be read and made anew: it must be public in an exported package, or its"
            + " module say `opens "
            + type.getPackageName()
            + " to dev.facula`",
        cause);
  }

  /** The values of the components of a record. */
  static @Nullable Object[] components(Record r) {
    RecordComponent[] components = r.getClass().getRecordComponents();
    @Nullable Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(components[i], r);
    }
    return values;
  }
}
