package dev.facula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations that pick or place elements by index tensors. */
final class Indexing {
  private Indexing() {}

  /** Indices as an array, counted from the front and checked. */
  static int[] indices(String op, Tensor index, int size) {
    if (!index.dtype().isInteger()) {
      throw new DTypeException(op + ": the index must be int64 or int32, was " + index.dtype());
    }
    long[] values = index.toLongArray();
    int[] result = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < -size || values[i] >= size) {
        throw new ShapeException(
            op + ": index " + values[i] + " is out of range for a dimension of size " + size);
      }
      result[i] = (int) (values[i] < 0 ? values[i] + size : values[i]);
    }
    return result;
  }

  /** The places that index names along dim of a contiguous tensor of that shape. */
  private static int[] along(String op, int[] shape, int dim, Tensor index) {
    int[] chosen = indices(op, index, shape.length == 0 ? 1 : shape[dim]);
    int inner = 1;
    for (int i = dim + 1; i < shape.length; i++) {
      inner *= shape[i];
    }
    int size = shape.length == 0 ? 1 : shape[dim];
    int outer = 1;
    for (int i = 0; i < dim; i++) {
      outer *= shape[i];
    }
    int[] at = new int[outer * chosen.length * inner];
    int next = 0;
    for (int o = 0; o < outer; o++) {
      for (int k : chosen) {
        int from = (o * size + k) * inner;
        for (int i = 0; i < inner; i++) {
          at[next++] = from + i;
        }
      }
    }
    return at;
  }

  static Tensor indexSelect(Tensor x, int dim, Tensor index) {
    requireVector("indexSelect", index);
    int d = Shapes.dim("indexSelect", dim, x.dim());
    if (x.dim() == 0 && index.numel() != 1) {
      throw new ShapeException(
          "indexSelect: a tensor without dimensions takes one index, got " + index.numel());
    }
    if (d == 0 && x.dim() > 1 && x.isFloatingPoint()) {
      int[] rows = indices("indexSelect", index, x.layout.shape[0]);
      return TableRows.gather("indexSelect", x, Arrays.stream(rows).asLongStream().toArray());
    }
    int[] shape = x.dim() == 0 ? Shapes.SCALAR : Shapes.with(x.layout.shape, d, index.numel());
    return Positions.take("indexSelect", x, along("indexSelect", x.layout.shape, d, index), shape);
  }

  static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source, Number alpha) {
    int[] at = placesFor("indexAdd", x, dim, index, source);
    double factor = alpha.doubleValue();
    if (!x.isFloatingPoint() && factor != Math.rint(factor)) {
      throw new DTypeException("indexAdd: alpha " + alpha + " for a tensor of type " + x.dtype());
    }
    Tensor scaled = factor == 1 ? source : source.mul(alpha).to(x.dtype());
    return Positions.add("indexAdd", x, at, scaled);
  }

  static Tensor indexCopy(Tensor x, int dim, Tensor index, Tensor source) {
    return Positions.put("indexCopy", x, placesFor("indexCopy", x, dim, index, source), source);
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
    int[] at = along("indexFill", x.layout.shape, d, index.dtype().isInteger() ? once : index);
    return Positions.put("indexFill", x, at, value.to(x.dtype()).expand(at.length));
  }

  static Tensor indexReduce(
      Tensor x, int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    int[] at = placesFor("indexReduce", x, dim, index, source);
    if (reduce.equals("sum")) {
      throw new IllegalArgumentException(
          "indexReduce: reduce must be prod, mean, amax or amin, got sum; use indexAdd");
    }
    return PlaceReduction.apply("indexReduce", x, at, source, reduce, includeSelf);
  }

  /** Checks a source that is written to indices of a dimension, and tells where it goes. */
  private static int[] placesFor(String op, Tensor x, int dim, Tensor index, Tensor source) {
    requireVector(op, index);
    int d = Shapes.dim(op, dim, x.dim());
    int[] expected = x.dim() == 0 ? Shapes.SCALAR : Shapes.with(x.layout.shape, d, index.numel());
    boolean scalars = x.dim() == 0 || source.dim() == 0;
    boolean fits =
        scalars
            ? source.numel() == Shapes.numel(op, expected)
            : Arrays.equals(source.layout.shape, expected);
    if (!fits) {
      throw new ShapeException(
          op
              + ": the source's shape "
              + Shapes.format(source.layout.shape)
              + " is not "
              + Shapes.format(expected));
    }
    requireSameType(op, x, source);
    return along(op, x.layout.shape, d, index);
  }

  static void requireSameType(String op, Tensor x, Tensor source) {
    if (source.dtype() != x.dtype()) {
      throw new DTypeException(
          op
              + ": a source of type "
              + source.dtype()
              + " for a tensor of type "
              + x.dtype()
              + "; convert it with to("
              + x.dtype()
              + ")");
    }
  }

  static void requireVector(String op, Tensor index) {
    if (index.dim() > 1) {
      throw new ShapeException(
          op + ": the index must be a vector, has shape " + Shapes.format(index.layout.shape));
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
    for (int i = 0; i < rest.length && shape.length > 0; i++) {
      if (rest[i] != 0) {
        throw new ShapeException(
            "unravelIndex: an index is out of range for shape " + Arrays.toString(shape));
      }
    }
    return result;
  }
}
