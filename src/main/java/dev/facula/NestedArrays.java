package dev.facula;

import dev.facula.internal.array.Shapes;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
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
    if (!element.isPrimitive() || element == char.class) {
      throw new DTypeException(
          "Tensor.of: nested arrays must be of float, double, long, int, short, byte or boolean,"
              + " not "
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
    } else if (data instanceof short[] a) {
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
      throw Shapes.error(
          "Tensor.of: the nested arrays do not make a shape: in dimension %s there is %s beside a"
              + " length of %s%s; pad the shorter ones",
          dim,
          part == null ? "a null" : "a length of " + length,
          shape[dim],
          part == null ? "" : " (" + length + " != " + shape[dim] + ")");
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

  static <T> T array(Tensor x, Class<T> type) {
    Class<?> element = Objects.requireNonNull(type, "type");
    int rank = 0;
    while (element.isArray()) {
      element = element.getComponentType();
      rank++;
    }
    if (rank == 0 || rank != x.dim()) {
      throw Shapes.error(
          "toArray: %s has %s dimensions, the tensor of shape %s has %s (%s != %s)",
          type.getSimpleName(), rank, x.layout.shape, x.dim(), rank, x.dim());
    }
    return type.cast(nested(elements(x, element), element, x.layout.shape, 0, 0));
  }

  private static Object elements(Tensor x, Class<?> element) {
    if (element == float.class) {
      return x.toFloatArray();
    } else if (element == double.class) {
      return x.toDoubleArray();
    } else if (element == long.class) {
      return x.toLongArray();
    } else if (element == int.class) {
      return x.toIntArray();
    } else if (element == short.class) {
      return x.toShortArray();
    } else if (element == byte.class) {
      return x.toByteArray();
    } else if (element == boolean.class) {
      return x.toBooleanArray();
    }
    throw new DTypeException(
        "toArray: the elements must be float, double, long, int, short, byte or boolean, not "
            + element.getSimpleName());
  }

  /** The part of dimension dim and those behind it that begins at a place in the data. */
  private static Object nested(Object data, Class<?> element, int[] shape, int dim, int at) {
    int[] rest = Arrays.copyOfRange(shape, dim, shape.length);
    Object result = Array.newInstance(element, rest);
    int n = rest[0];
    if (rest.length == 1) {
      System.arraycopy(data, at, result, 0, n);
      return result;
    }
    int step = (int) Shapes.product(Arrays.copyOfRange(rest, 1, rest.length));
    Object[] parts = (Object[]) result;
    for (int i = 0; i < n; i++) {
      parts[i] = nested(data, element, shape, dim + 1, at + i * step);
    }
    return result;
  }
}
