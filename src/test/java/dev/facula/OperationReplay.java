package dev.facula;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs operations again by what listeners were told of them. */
final class OperationReplay {
  private static final Object MISSING = new Object();

  private OperationReplay() {}

  /**
   * The results of the call for these operands in the place of its own.
   *
   * @throws IllegalStateException if no method takes what was told
   */
  static List<Tensor> run(OperationCall call, List<@Nullable Tensor> inputs) {
    List<Tensor> outputs = new ArrayList<>();
    RuntimeException failure = null;
    for (Method m : candidates(call.name())) {
      List<@Nullable Tensor> operands = new ArrayList<>(inputs);
      Tensor target =
          Modifier.isStatic(m.getModifiers()) || operands.isEmpty() ? null : operands.remove(0);
      Object[] arguments = fit(m, operands, call.attributes());
      if (arguments == null || target == null && !Modifier.isStatic(m.getModifiers())) {
        continue;
      }
      try {
        ReflectiveCalls.flatten(m.invoke(target, arguments), outputs);
        return outputs;
      } catch (InvocationTargetException e) {
        failure = new IllegalStateException(m + " does not take " + call, e.getCause());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    throw failure == null ? new IllegalStateException("nothing takes " + call) : failure;
  }

  private static List<Method> candidates(String name) {
    return Stream.of(Tensor.class, Functional.class)
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m -> m.getName().equals(name) && Modifier.isPublic(m.getModifiers()))
        .filter(m -> !m.isBridge() && !ReflectiveCalls.reorders(m))
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  /** The arguments if operands and options are used up by the parameters in their order. */
  private static @Nullable Object @Nullable [] fit(
      Method m, List<@Nullable Tensor> operands, Map<String, @Nullable Object> options) {
    Class<?>[] types = m.getParameterTypes();
    @Nullable Object[] result = new Object[types.length];
    List<@Nullable Object> values = new ArrayList<>(options.values());
    List<@Nullable Tensor> tensors = new ArrayList<>(operands);
    if (options.containsKey("indices") && Arrays.asList(types).contains(Object[].class)) {
      ((List<?>) options.get("indices"))
          .stream().filter(t -> t instanceof Tensor).forEach(t -> tensors.remove(0));
    }
    int singles = (int) Arrays.stream(types).filter(t -> t == Tensor.class).count();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == Tensor.class || types[i] == Object.class && !options.containsKey("value")) {
        if (tensors.isEmpty()) {
          return null;
        }
        result[i] = tensors.remove(0);
      } else if (types[i] == List.class || types[i] == Tensor[].class) {
        List<@Nullable Tensor> some = tensors.subList(0, Math.max(0, tensors.size() - singles));
        result[i] = types[i] == List.class ? new ArrayList<>(some) : some.toArray(new Tensor[0]);
        some.clear();
      } else if (types[i].getSimpleName().endsWith("Options")) {
        return null;
      } else if (types[i] == Consumer.class) {
        result[i] = consumer(m.getGenericParameterTypes()[i], options, new ArrayList<>(tensors));
        values.clear();
        tensors.clear();
      } else if (types[i] == Generator.class) {
        result[i] = Facula.defaultGenerator();
      } else {
        Object value = values.isEmpty() ? MISSING : convert(types[i], values.remove(0));
        if (value == MISSING) {
          return null;
        }
        result[i] = value;
      }
    }
    return values.isEmpty() && tensors.isEmpty() ? result : null;
  }

  private static @Nullable Object convert(Class<?> type, @Nullable Object value) {
    if (value == null) {
      return type.isPrimitive() ? MISSING : null;
    }
    if (type == int.class || type == Integer.class) {
      return value instanceof Integer ? value : MISSING;
    } else if (type == long.class) {
      return value instanceof Long ? value : MISSING;
    } else if (type == double.class || type == Double.class) {
      return value instanceof Double ? value : MISSING;
    } else if (type == boolean.class) {
      return value instanceof Boolean ? value : MISSING;
    } else if (type.isEnum() && value instanceof String s) {
      return Stream.<Object>of(type.getEnumConstants())
          .filter(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).equals(s))
          .findFirst()
          .orElse(MISSING);
    } else if (type == Object[].class && value instanceof Collection<?> c) {
      return c.toArray();
    }
    return type.isInstance(value) ? value : MISSING;
  }

  /** Sets all options that were told, and the tensors in the order of the fields. */
  private static Consumer<Object> consumer(
      Type type, Map<String, @Nullable Object> options, List<@Nullable Tensor> tensors) {
    Class<?> c = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    return o -> {
      for (Method m : ReflectiveCalls.Choice.setters(c)) {
        Object value = options.get(m.getName());
        Object converted = value == null ? MISSING : convert(m.getParameterTypes()[0], value);
        if (converted != MISSING) {
          set(m, o, converted);
        }
      }
      int next = 0;
      for (Method m : ReflectiveCalls.tensorSetters(c)) {
        if (next < tensors.size()) {
          set(m, o, tensors.get(next++));
        }
      }
    };
  }

  private static void set(Method setter, Object options, @Nullable Object value) {
    try {
      setter.invoke(options, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(setter + " does not take " + value, e);
    }
  }

  /** Whether two tensors are the same to the last bit. */
  static boolean same(Tensor a, Tensor b) {
    if (a.dtype() != b.dtype() || !Arrays.equals(a.shape(), b.shape())) {
      return false;
    }
    return a.isFloatingPoint()
        ? Arrays.equals(a.toDoubleArray(), b.toDoubleArray())
        : Arrays.equals(a.toLongArray(), b.toLongArray());
  }
}
