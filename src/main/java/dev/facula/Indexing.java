package dev.facula;

/** Operations that pick or place elements by index tensors. */
final class Indexing {
  private Indexing() {}

  /** Indices as an array, counted from the front and checked. */
  static int[] indices(String op, Tensor index, int size) {
    if (!index.dtype().isInteger()) {
      throw new DTypeException(
          op + ": the index must be int64 or int32, was " + index.dtype());
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
    int[] shape =
        x.dim() == 0 ? Shapes.SCALAR : Shapes.with(x.layout.shape, d, index.numel());
    return Positions.take("indexSelect", x, along("indexSelect", x.layout.shape, d, index), shape);
  }

  static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source) {
    requireVector("indexAdd", index);
    int d = Shapes.dim("indexAdd", dim, x.dim());
    int[] expected =
        x.dim() == 0 ? Shapes.SCALAR : Shapes.with(x.layout.shape, d, index.numel());
    if (source.numel() != Shapes.numel("indexAdd", expected)) {
      throw new ShapeException(
          "indexAdd: the source's shape " + Shapes.format(source.layout.shape) + " is not "
              + Shapes.format(expected));
    }
    if (source.dtype() != x.dtype()) {
      throw new DTypeException(
          "indexAdd: source of type " + source.dtype() + " for a tensor of type " + x.dtype());
    }
    return Positions.add("indexAdd", x, along("indexAdd", x.layout.shape, d, index), source);
  }

  private static void requireVector(String op, Tensor index) {
    if (index.dim() > 1) {
      throw new ShapeException(
          op + ": the index must be a vector, has shape " + Shapes.format(index.layout.shape));
    }
  }
}
