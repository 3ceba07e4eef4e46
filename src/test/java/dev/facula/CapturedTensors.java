package dev.facula;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the tensors that the derivatives of a graph have in their fields without having saved them:
 * their memory may be gone when the derivative reads it.
 */
final class CapturedTensors {
  private CapturedTensors() {}

  /** One line for each, with the name of the node and the way to the tensor. */
  static Set<String> unsaved(Collection<Tensor> outputs) {
    Set<Node> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>();
    for (Tensor y : outputs) {
      if (y.requiresGrad()) {
        open.add(y.edge());
      }
    }
    Set<String> found = new TreeSet<>();
    while (!open.isEmpty()) {
      Node node = open.remove();
      if (nodes.add(node)) {
        Object derivative = field(node, Node.class, "backward");
        if (derivative != null) {
          Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
          look(derivative, node.name, found, seen);
        }
        Arrays.stream(node.next).filter(n -> n != null).forEach(open::add);
      }
    }
    return found;
  }

  private static void look(Object o, String way, Set<String> found, Set<Object> seen) {
    if (o == null || !seen.add(o) || o instanceof Node || o instanceof Enum) {
      return;
    }
    if (o instanceof Tensor t) {
      if ((int) field(t.storage, t.storage.getClass(), "saved") == 0) {
        found.add(way);
      }
    } else if (o instanceof Object[] several) {
      Arrays.stream(several).forEach(e -> look(e, way, found, seen));
    } else if (o instanceof Collection<?> several) {
      several.forEach(e -> look(e, way, found, seen));
    } else if (o.getClass().getName().startsWith("dev.facula.")) {
      for (Field f : o.getClass().getDeclaredFields()) {
        if (!Modifier.isStatic(f.getModifiers()) && !f.getType().isPrimitive()) {
          look(field(o, o.getClass(), f.getName()), way + "." + f.getName(), found, seen);
        }
      }
    }
  }

  private static Object field(Object o, Class<?> type, String name) {
    try {
      Field f = type.getDeclaredField(name);
      f.setAccessible(true);
      return f.get(o);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
