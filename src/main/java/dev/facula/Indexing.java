package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that pick or place elements by index tensors. */
final class Indexing {
  private Indexing() {}

  /** Indices as an array, counted from the front and checked. */
  static int[] indices(String op, Tensor index, int size) {
    requireInteger(op, index);
    Tensor whole = index.detach().cast(DType.INT64).contiguous();
    int[] result = new int[whole.numel()];
    within(op, whole.storage.longs(), whole.layout.offset, result.length, size, result);
    return result;
  }

  static void requireInteger(String op, Tensor index) {
    if (!index.dtype().isInteger()) {
      throw new DTypeException(op + ": the index must be int64 or int32, was " + index.dtype());
    }
  }

  /** Indices counted from the front. */
  static void within(String op, long[] index, int from, int n, int size, int[] y) {
    // one simple loop after the other: the JIT makes vectors of each, but not of all in one
    for (int i = from; i < from + n; i++) {
      if (index[i] < -size || index[i] >= size) {
        throw new ShapeException(
            op + ": index " + index[i] + " is out of range for a dimension of size " + size);
      }
    }
    for (int i = 0; i < n; i++) {
      y[i] = (int) index[from + i];
    }
    for (int i = 0; i < n; i++) {
      y[i] += y[i] >> 31 & size;
    }
  }

  /** The places, in runs, that index names along dim of a contiguous tensor of that shape. */
  private static Positions.Places along(String op, Tensor x, int dim, Tensor index) {
    int size = x.dim() == 0 ? 1 : x.size(dim);
    int[] chosen = indices(op, index, size);
    int run = run(x, dim);
    return (from, n, at) -> {
      for (int i = 0, m; i < n; i += m) {
        int first = (from + i) % chosen.length;
        int block = (from + i) / chosen.length * size * run;
        m = Math.min(n - i, chosen.length - first);
        System.arraycopy(chosen, first, at, i, m);
        for (int k = i; k < i + m; k++) {
          at[k] = block + at[k] * run;
        }
      }
    };
  }

  /** The shape of n slices along dim. */
  private static int[] shape(Tensor x, int dim, int n) {
    return x.dim() == 0 ? Shapes.SCALAR : Shapes.with(x.layout.shape, dim, n);
  }

  /** The elements of one index of a dimension, which are contiguous; at least 1. */
  private static int run(Tensor x, int dim) {
    int run = 1;
    for (int i = Shapes.dim("run", dim, x.dim()) + 1; i < x.dim(); i++) {
      run = Shapes.stride((long) run * Math.max(x.size(i), 1));
    }
    return run;
  }

  /**
   * Of an operand that is indexed along a dimension, the rows of the first one that have no place
   * in common: all there are in the index, unless it is the one.
   */
  static int disjoint(Tensor x, int dim, Tensor index) {
    boolean first = Shapes.dim("index", dim, x.dim()) == 0;
    return first || index.dim() == 0 ? 1 : Math.max(1, index.size(0));
  }

  static Tensor indexSelect(Tensor x, int dim, Tensor index) {
    requireVector("indexSelect", index);
    int d = Shapes.dim("indexSelect", dim, x.dim());
    if (x.dim() == 0 && index.numel() != 1) {
      throw new ShapeException(
          "indexSelect: a tensor without dimensions takes one index, got " + index.numel());
    }
    int[] shape = shape(x, d, index.numel());
    return Positions.take(
        "indexSelect", x, along("indexSelect", x, d, index), run(x, d), disjoint(x, d, x), shape);
  }

  static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source, Number alpha) {
    Positions.Places at = placesFor("indexAdd", x, dim, index, source);
    double factor = alpha.doubleValue();
    if (!x.isFloatingPoint() && factor != Math.rint(factor)) {
      throw new DTypeException("indexAdd: alpha " + alpha + " for a tensor of type " + x.dtype());
    }
    Tensor scaled = factor == 1 ? source : source.mul(alpha).to(x.dtype());
    return Positions.add("indexAdd", x, at, run(x, dim), disjoint(x, dim, x), scaled);
  }

  static Tensor indexCopy(Tensor x, int dim, Tensor index, Tensor source) {
    Positions.Places at = placesFor("indexCopy", x, dim, index, source);
    return Positions.put("indexCopy", x, at, run(x, dim), disjoint(x, dim, x), source);
  }

  static Tensor indexFill(Tensor x, int dim, Tensor index, Tensor value) {
    requireVector("indexFill", index);
    if (value.dim() != 0) {
      throw new ShapeException(
          "indexFill: the value must have no dimensions, has shape "
              + Shapes.format(value.layout.shape));
    }
    int d = Shapes.dim("indexFill", dim, x.dim());
    // named twice or once, an index is filled once: it counts once in the value's gradient
    Tensor once = Tensor.of(Arrays.stream(index.toLongArray()).distinct().toArray());
    Positions.Places at = along("indexFill", x, d, index.dtype().isInteger() ? once : index);
    int n = x.dim() == 0 ? once.numel() : Shapes.numel("indexFill", shape(x, d, once.numel()));
    Tensor values = value.to(x.dtype()).expand(n);
    Tensor y = Positions.put("indexFill", x, at, run(x, dim), disjoint(x, dim, x), values);
    return Copies.asIn(y, x);
  }

  static Tensor indexReduce(
      Tensor x, int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    Positions.Places places = placesFor("indexReduce", x, dim, index, source);
    if (reduce.equals("sum")) {
      throw new IllegalArgumentException(
          "indexReduce: reduce must be prod, mean, amax or amin, got sum; use indexAdd");
    }
    int[] at = Positions.all(places, source.numel(), run(x, dim));
    return PlaceReduction.apply("indexReduce", x, at, source, reduce, includeSelf);
  }

  /** Checks a source that is written to indices of a dimension, and tells where it goes. */
  private static Positions.Places placesFor(
      String op, Tensor x, int dim, Tensor index, Tensor source) {
    requireVector(op, index);
    int d = Shapes.dim(op, dim, x.dim());
    int[] expected = shape(x, d, index.numel());
    boolean scalars = x.dim() == 0 || source.dim() == 0;
    boolean fits =
        scalars
            ? source.numel() == Shapes.numel(op, expected)
            : Arrays.equals(source.layout.shape, expected);
    if (!fits) {
      throw Shapes.error("%s: the source's shape %s is not %s", op, source.layout.shape, expected);
    }
    requireSameType(op, x, source);
    return along(op, x, d, index);
  }

  static void requireSameType(String op, Tensor x, Tensor source) {
    if (source.dtype() != x.dtype()) {
      throw new DTypeException(
          "%s: a source of type %s for a tensor of type %s; convert it with to(%s)"
              .formatted(op, source.dtype(), x.dtype(), x.dtype()));
    }
  }

  static void requireVector(String op, Tensor index) {
    if (index.dim() > 1) {
      throw new ShapeException(
          op + ": the index must be a vector, has shape " + Shapes.format(index.layout.shape));
    }
  }

  static void fillDiagonal(Tensor x, Number value, boolean wrap) {
    int[] shape = x.layout.shape;
    if (shape.length < 2) {
      throw Shapes.error("fillDiagonal_: needs two dimensions or more, has shape %s", shape);
    }
    Tensor diagonal = x;
    for (int i = 1; i < shape.length; i++) {
      if (shape.length > 2 && shape[i] != shape[0]) {
        throw Shapes.error(
            "fillDiagonal_: more than two dimensions have to be of equal size, has shape %s (%s !="
                + " %s)",
            shape, shape[0], shape[i]);
      }
      diagonal = diagonal.diagonal(0, 0, 1).movedim(-1, 0);
    }
    diagonal.fill_(value);
    int again = shape[1] + 1;
    for (int from = again; wrap && shape.length == 2 && from < shape[0]; from += again) {
      x.narrow(0, from, shape[0] - from).diagonal(0, 0, 1).fill_(value);
    }
  }

  /** The coordinates of places in a tensor of that shape, which need not fit into memory. */
  static List<Tensor> unravel(Tensor index, long[] shape) {
    if (!index.dtype().isInteger()) {
      throw new DTypeException(
          "unravelIndex: the index must be int64 or int32, was " + index.dtype());
    }
    long[] rest = index.toLongArray();
    List<Tensor> result = new ArrayList<>();
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] < 0) {
        throw new ShapeException("unravelIndex: negative size in " + Arrays.toString(shape));
      }
      long[] coordinates = new long[rest.length];
      for (int i = 0; i < rest.length && shape[d] > 0; i++) {
        coordinates[i] = Math.floorMod(rest[i], shape[d]);
        rest[i] = Math.floorDiv(rest[i], shape[d]);
      }
      result.add(0, Tensor.of(coordinates, index.layout.shape).to(index.dtype()));
    }
    return result.isEmpty() ? result : Tensor.stack(result, -1).unbind(-1);
  }
}
