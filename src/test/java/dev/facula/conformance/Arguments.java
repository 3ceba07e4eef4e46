package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a recorded Python call, read by position or by name, with defaults. What a
 * binding did not read is remembered, so that no argument is dropped in silence.
 */
final class Arguments {
  /** An argument that no value of the wanted Java type can stand for. */
  static final class InexpressibleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InexpressibleException(String message) {
      super(message);
    }
  }

  /** Where tensors live and how they lie in memory is not this library's choice. */
  private static final Set<String> FOREIGN =
      Set.of("device", "layout", "memory_format", "pin_memory");

  private static final Object ABSENT = new Object();

  private final List<@Nullable Object> positional;
  private final Map<String, @Nullable Object> named;
  private final Set<Integer> readPositions = new HashSet<>();
  private final Set<String> readNames = new HashSet<>(FOREIGN);

  Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    this.positional = positional;
    this.named = named;
  }

  /** What no accessor has asked for. */
  Set<String> unread() {
    Set<String> result = new TreeSet<>();
    for (int i = 0; i < positional.size(); i++) {
      if (!readPositions.contains(i)) {
        result.add("#" + i);
      }
    }
    for (String name : named.keySet()) {
      if (!readNames.contains(name)) {
        result.add(name);
      }
    }
    return result;
  }

  int size() {
    return positional.size();
  }

  /** Whether the argument is there and not None. */
  boolean has(int position, String name) {
    Object value = find(position, name);
    return value != ABSENT && value != null;
  }

  @Nullable Object value(int position, String name) {
    Object value = find(position, name);
    return value == ABSENT ? null : value;
  }

  Tensor tensor(int position, String name) {
    return cast(Tensor.class, position, name, require(position, name));
  }

  @Nullable Tensor optionalTensor(int position, String name) {
    return has(position, name) ? tensor(position, name) : null;
  }

  List<Tensor> tensors(int position, String name) {
    List<Tensor> result = new ArrayList<>();
    for (Object item : list(position, name)) {
      result.add(cast(Tensor.class, position, name, item));
    }
    return result;
  }

  /**
   * All positional arguments from one on, as tensors; or those of the one list that stands there.
   */
  List<Tensor> varTensors(int position, String name) {
    if (value(position, name) instanceof List) {
      return tensors(position, name);
    }
    List<Tensor> result = new ArrayList<>();
    for (int i = position; i < positional.size(); i++) {
      result.add(tensor(i, name));
    }
    return result;
  }

  List<@Nullable Object> list(int position, String name) {
    Object value = require(position, name);
    if (value instanceof List) {
      @SuppressWarnings("unchecked")
      List<@Nullable Object> list = (List<@Nullable Object>) value;
      return list;
    }
    throw wrong(position, name, value, "a list");
  }

  int integer(int position, String name) {
    return toInt(position, name, require(position, name));
  }

  int integer(int position, String name, int otherwise) {
    return has(position, name) ? integer(position, name) : otherwise;
  }

  long longInteger(int position, String name) {
    Object value = require(position, name);
    if (value instanceof Long l) {
      return l;
    }
    throw wrong(position, name, value, "an integer");
  }

  /** The integers of a list, or the one that stands there alone. */
  int[] ints(int position, String name) {
    Object value = require(position, name);
    if (!(value instanceof List)) {
      return new int[] {toInt(position, name, value)};
    }
    List<@Nullable Object> list = list(position, name);
    int[] result = new int[list.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = toInt(position, name, list.get(i));
    }
    return result;
  }

  int[] ints(int position, String name, int... otherwise) {
    return has(position, name) ? ints(position, name) : otherwise;
  }

  /** All positional arguments from one on, as integers; or those of the list that stands there. */
  int[] varInts(int position, String name) {
    if (value(position, name) instanceof List || positional.size() <= position) {
      return ints(position, name);
    }
    int[] result = new int[positional.size() - position];
    for (int i = 0; i < result.length; i++) {
      result[i] = integer(position + i, name);
    }
    return result;
  }

  /** The integers of a list, or the one that stands there alone. */
  long[] longs(int position, String name) {
    Object value = require(position, name);
    if (value instanceof Long l) {
      return new long[] {l};
    }
    return list(position, name).stream().mapToLong(v -> (Long) v).toArray();
  }

  /** A number; Python's booleans count as the integers 0 and 1. */
  Number number(int position, String name) {
    return toNumber(position, name, require(position, name));
  }

  Number number(int position, String name, Number otherwise) {
    return has(position, name) ? number(position, name) : otherwise;
  }

  double real(int position, String name) {
    return number(position, name).doubleValue();
  }

  double real(int position, String name, double otherwise) {
    return has(position, name) ? real(position, name) : otherwise;
  }

  @Nullable Double optionalReal(int position, String name) {
    return has(position, name) ? (Double) real(position, name) : null;
  }

  double[] reals(int position, String name) {
    return list(position, name).stream()
        .mapToDouble(v -> toNumber(position, name, v).doubleValue())
        .toArray();
  }

  boolean flag(int position, String name, boolean otherwise) {
    if (!has(position, name)) {
      return otherwise;
    }
    Object value = require(position, name);
    if (value instanceof Boolean b) {
      return b;
    }
    if (value instanceof Long l && (l == 0 || l == 1)) {
      return l == 1;
    }
    throw wrong(position, name, value, "a boolean");
  }

  String string(int position, String name, String otherwise) {
    return has(position, name)
        ? cast(String.class, position, name, require(position, name))
        : otherwise;
  }

  @Nullable DType dtype(int position, String name) {
    return has(position, name) ? cast(DType.class, position, name, require(position, name)) : null;
  }

  /** Sets those of the options that the call names, by the setter of the same camel case name. */
  <O> Consumer<O> options(int position, String... names) {
    return options -> {
      for (int i = 0; i < names.length; i++) {
        int at = position < 0 ? -1 : position + i;
        Object value = find(at, names[i]);
        if (value != ABSENT && value != null) {
          set(options, names[i], value);
        }
      }
    };
  }

  /** Sets all options that the call names and nothing has read yet. */
  <O> Consumer<O> otherOptions() {
    return options -> {
      for (String name : named.keySet()) {
        Object value = readNames.contains(name) ? null : find(-1, name);
        if (value != null) {
          set(options, name, value);
        }
      }
    };
  }

  private static <O> void set(O options, String name, Object value) {
    String setter = camelCase(name);
    List<Object> values = value instanceof List<?> l ? new ArrayList<>(l) : List.of(value);
    for (Method method : options.getClass().getMethods()) {
      if (!method.getName().equals(setter) || method.getParameterCount() == 0) {
        continue;
      }
      Object[] converted = convert(method.getParameterTypes(), value, values);
      if (converted != null) {
        invoke(options, method, converted);
        return;
      }
    }
    throw new InexpressibleException("no option " + setter + " that takes " + value);
  }

  private static void invoke(Object options, Method method, Object[] values) {
    try {
      method.setAccessible(true);
      method.invoke(options, values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object @Nullable [] convert(Class<?>[] types, Object value, List<Object> values) {
    if (types.length == 1) {
      Object converted = convert(types[0], value);
      if (converted != null) {
        return new Object[] {converted};
      }
    }
    if (types.length != values.size()) {
      return null;
    }
    Object[] result = new Object[types.length];
    for (int i = 0; i < result.length; i++) {
      Object converted = convert(types[i], values.get(i));
      if (converted == null) {
        return null;
      }
      result[i] = converted;
    }
    return result;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static @Nullable Object convert(Class<?> type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if ((type == int.class || type == Integer.class) && value instanceof Long l) {
      return Math.toIntExact(l);
    }
    if (type == long.class && value instanceof Long l) {
      return l;
    }
    if ((type == double.class || type == Double.class) && value instanceof Number n) {
      return n.doubleValue();
    }
    if (type == int[].class && value instanceof Long l) {
      return new int[] {Math.toIntExact(l)};
    }
    if (type == int[].class && value instanceof List<?> l) {
      boolean integers = l.stream().allMatch(v -> v instanceof Long);
      return integers ? l.stream().mapToInt(v -> Math.toIntExact((Long) v)).toArray() : null;
    }
    if (type == double[].class && value instanceof Number n) {
      return new double[] {n.doubleValue()};
    }
    if (type == double[].class && value instanceof List<?> l) {
      boolean numbers = l.stream().allMatch(v -> v instanceof Number);
      return numbers ? l.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray() : null;
    }
    if (type == boolean.class) {
      return value instanceof Boolean ? value : null;
    }
    if (type.isEnum() && value instanceof String s) {
      for (Object constant : type.getEnumConstants()) {
        if (constant.toString().equalsIgnoreCase(s.replace("-", "_"))) {
          return constant;
        }
      }
      return null;
    }
    if (type.isRecord() && value instanceof List<?> l) {
      return record(type, l);
    }
    return type.isInstance(value) ? value : null;
  }

  private static @Nullable Object record(Class<?> type, List<?> components) {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    if (constructor.getParameterCount() != components.size()) {
      return null;
    }
    try {
      return constructor.newInstance(components.toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  static String camelCase(String name) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i > 0 && i + 1 < name.length()) {
        result.append(Character.toUpperCase(name.charAt(++i)));
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private @Nullable Object find(int position, String name) {
    if (position >= 0 && position < positional.size()) {
      readPositions.add(position);
      return positional.get(position);
    }
    if (named.containsKey(name)) {
      readNames.add(name);
      return named.get(name);
    }
    return ABSENT;
  }

  private @Nullable Object require(int position, String name) {
    Object value = find(position, name);
    if (value == ABSENT) {
      throw new InexpressibleException("argument '" + name + "' is missing");
    }
    return value;
  }

  private static int toInt(int position, String name, @Nullable Object value) {
    if (value instanceof Long l && l >= Integer.MIN_VALUE && l <= Integer.MAX_VALUE) {
      return l.intValue();
    }
    throw wrong(position, name, value, "an int");
  }

  private static Number toNumber(int position, String name, @Nullable Object value) {
    if (value instanceof Boolean b) {
      return b ? 1L : 0L;
    }
    return cast(Number.class, position, name, value);
  }

  private static <T> T cast(Class<T> type, int position, String name, @Nullable Object value) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw wrong(position, name, value, "a " + type.getSimpleName());
  }

  private static InexpressibleException wrong(
      int position, String name, @Nullable Object value, String wanted) {
    String kind = value == null ? "None" : value.getClass().getSimpleName();
    return new InexpressibleException(
        "argument '" + name + "' (#" + position + ") is of type " + kind + ", not " + wanted);
  }
}
