package dev.facula.conformance;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls constructors and methods with the arguments of a Python call: the first parameters by
 * position or name, the others by the setters of an options object that a last parameter takes.
 */
final class Calls {
  private Calls() {}

  static Object construct(Class<?> type, List<String> names, Arguments arguments) {
    return call(type.getConstructors(), null, names, arguments);
  }

  static @Nullable Object forward(Object module, List<String> names, Arguments arguments) {
    Method[] methods =
        Arrays.stream(module.getClass().getMethods())
            .filter(m -> m.getName().equals("forward") && !m.isBridge())
            .toArray(Method[]::new);
    return call(methods, module, names, arguments);
  }

  /** The longest signature that the arguments fit. */
  private static Object call(
      Executable[] candidates, @Nullable Object target, List<String> names, Arguments arguments) {
    Executable[] sorted = candidates.clone();
    Arrays.sort(
        sorted,
        Comparator.comparingInt(Executable::getParameterCount)
            .reversed()
            .thenComparing(
                e -> Arrays.stream(e.getParameterTypes()).filter(Class::isArray).count()));
    Set<String> given = new TreeSet<>();
    for (int i = 0; i < names.size(); i++) {
      if (arguments.has(i, names.get(i))) {
        given.add(names.get(i));
      }
    }
    for (Executable candidate : sorted) {
      Object[] values = fit(candidate, target == null, names, given, arguments);
      if (values != null) {
        return invoke(candidate, target, values);
      }
    }
    throw new Arguments.InexpressibleException(
        "no signature of " + candidates[0].getDeclaringClass().getSimpleName() + " takes " + given);
  }

  private static Object @Nullable [] fit(
      Executable candidate,
      boolean complete,
      List<String> names,
      Set<String> given,
      Arguments arguments) {
    Class<?>[] types = candidate.getParameterTypes();
    boolean options = types.length > 0 && types[types.length - 1] == Consumer.class;
    int leading = options ? types.length - 1 : types.length;
    if (leading > names.size()) {
      return null;
    }
    Object[] values = new Object[types.length];
    Set<String> rest = new TreeSet<>(given);
    for (int i = 0; i < leading; i++) {
      if (rest.remove(names.get(i))) {
        values[i] = Arguments.convert(types[i], arguments.value(i, names.get(i)));
      }
      boolean mayMiss = !complete && !given.contains(names.get(i)) && !types[i].isPrimitive();
      if (values[i] == null && !mayMiss) {
        return null;
      }
    }
    List<String> others = names.subList(leading, names.size());
    if (options) {
      values[leading] =
          arguments
              .options(leading, others.toArray(new String[0]))
              .andThen(arguments.otherOptions());
    }
    return options || rest.isEmpty() ? values : null;
  }

  private static Object invoke(Executable executable, @Nullable Object target, Object[] values) {
    try {
      executable.setAccessible(true);
      return executable instanceof Constructor<?> c
          ? c.newInstance(values)
          : ((Method) executable).invoke(target, values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
