package dev.facula.nn;

import dev.facula.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds modules and parameters that a module holds in its fields and has not registered: these
 * would stay untrained in silence. Looks at the fields of a module and one level into arrays,
 * collections and maps. Fields that may not be looked at, in a package that is not open to this
 * module, are left alone, which is logged once; so are {@code transient} ones and those of a class
 * that names a missing type. A native image knows no fields by name: what was built into one was
 * checked on a JVM before.
 */
final class Registration {
  /** Set in a native image, and while one is built. */
  private static final String IMAGE = "org.graalvm.nativeimage.imagecode";

  /** The packages of which was said that they are closed. */
  private static final Set<String> CLOSED = ConcurrentHashMap.newKeySet();

  private Registration() {}

  private static boolean counts(Field f, Module module) {
    if (Modifier.isTransient(f.getModifiers()) || f.isSynthetic()) {
      return false;
    }
    boolean open = Fields.open(f, module);
    Class<?> type = f.getDeclaringClass();
    if (!open && type.getModule().isNamed() && CLOSED.add(type.getPackageName())) {
      LoggerFactory.getLogger(Module.class)
          .warn(
              "Layers and parameters that {} holds without having registered them are not found:"
                  + " add `opens {} to dev.facula;` to the module-info of {}",
              type.getName(),
              type.getPackageName(),
              type.getModule().getName());
    }
    return open;
  }

  /**
   * Looks at the fields of one module.
   *
   * @throws IllegalStateException if a field holds something that is not registered
   */
  static void check(Module module) {
    if (System.getProperty(IMAGE) != null) {
      return;
    }
    for (Field f : fields(module)) {
      if (!counts(f, module)) {
        continue;
      }
      Object value = Fields.read(f, module);
      look(module, f.getName(), f.getName(), value);
      if (value instanceof Object[] array) {
        for (int i = 0; i < array.length; i++) {
          look(module, f.getName(), f.getName() + "[" + i + "]", array[i]);
        }
      } else if (value instanceof Collection<?> collection) {
        int i = 0;
        for (Object element : collection) {
          look(module, f.getName(), f.getName() + "[" + i++ + "]", element);
        }
      } else if (value instanceof Map<?, ?> map) {
        map.forEach((key, element) -> look(module, f.getName(), f.getName() + "." + key, element));
      }
    }
  }

  private static List<Field> fields(Module module) {
    try {
      return Fields.of(module);
    } catch (LinkageError e) {
      return List.of();
    }
  }

  private static void look(Module module, String field, String place, @Nullable Object value) {
    if (value instanceof Module part && !module.holds(part)) {
      throw new IllegalStateException(
          ("%s.%s holds a %s that is not registered: use %s, or declare the field transient"
                  + " if it is no part of the module")
              .formatted(
                  module.name(),
                  place,
                  part.name(),
                  place.equals(field)
                      ? "register(\"" + field + "\", …)"
                      : "a ModuleList or ModuleDict, or register(…) for each"));
    }
    if (value instanceof Tensor t && t.requiresGrad() && t.isLeaf() && !module.holds(t)) {
      throw new IllegalStateException(
          ("%s.%s holds a tensor that requires a gradient and is not registered: use"
                  + " parameter(\"%s\", …), or declare the field transient if it is no part of the"
                  + " module")
              .formatted(module.name(), place, field));
    }
  }
}
