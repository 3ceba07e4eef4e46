package dev.facula;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** Arrays of arrays of numbers, as Java programs write them, to tensors and back. */
final class NestedArrays {
  private NestedArrays() {}

  static Tensor tensor(Object[] nested) {
    Class<?> element = nested.getClass();
    int rank = 0;
    while (element.isArray()) {
      element = element.getComponentType();
      rank++;
    }
    int[] shape = new int[rank];
    Object part = nested;
    for (int d = 0; d < rank && part != null; d++) {
      shape[d] = Array.getLength(part);
      part = shape[d] == 0 || d == rank - 1 ? null : Array.get(part, 0);
    }
    Object data = plain(element, Shapes.numel("Tensor.of", shape), nested);
    fill(nested, shape, 0, data, 0);
    return tensor(data, shape);
  }

  private static Object plain(Class<?> element, int length, Object nested) {
    if (!element.isPrimitive() || element == char.class || element == short.class) {
      throw new DTypeException(
          "Tensor.of: nested arrays must be of float, double, long, int, byte or boolean, not "
              + nested.getClass().getSimpleName());
    }
    return Array.newInstance(element, length);
  }

  private static Tensor tensor(Object data, int[] shape) {
    if (data instanceof float[] a) {
      return Tensor.of(a, shape);
    } else if (data instanceof double[] a) {
      return Tensor.of(a, shape);
    } else if (data instanceof long[] a) {
      return Tensor.of(a, shape);
    } else if (data instanceof int[] a) {
      return Tensor.of(a, shape);
    } else if (data instanceof byte[] a) {
      return Tensor.of(a, shape);
    }
    return Tensor.of((boolean[]) data, shape);
  }

  /** Copies what is nested to a place in the data; gives the place behind it. */
  private static int fill(@Nullable Object part, int[] shape, int dim, Object data, int at) {
    int length = part == null ? -1 : Array.getLength(part);
    if (part == null || length != shape[dim]) {
      throw new ShapeException(
          "Tensor.of: the nested arrays do not make a shape: in dimension "
              + dim
              + " there is "
              + (part == null ? "a null" : "a length of " + length)
              + " beside a length of "
              + shape[dim]
              + (part == null ? "" : " (" + length + " != " + shape[dim] + ")")
              + "; pad the shorter ones");
    }
    if (dim == shape.length - 1) {
      System.arraycopy(part, 0, data, at, length);
      return at + length;
    }
    int next = at;
    for (Object inner : (Object[]) part) {
      next = fill(inner, shape, dim + 1, data, next);
    }
    return next;
  }
}
