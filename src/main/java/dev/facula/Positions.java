package dev.facula;

/**
 * Reading and writing elements at computed places: the common ground of gather, scatter, advanced
 * indexing and everything that picks. A position counts the elements of an operand in row-major
 * order; {@link #take} and {@link #add} are each other's derivative.
 */
final class Positions {
  private Positions() {}

  /** y[i] = x[at[i]], under the given shape. */
  static Tensor take(String op, Tensor x, int[] at, int... shape) {
    Tensor source = x.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), shape);
    int from = source.layout.offset;
    switch (x.dtype()) {
      case FLOAT32 -> {
        float[] a = source.storage.floats();
        float[] b = y.storage.floats();
        for (int i = 0; i < at.length; i++) {
          b[i] = a[from + at[i]];
        }
      }
      case FLOAT64 -> {
        double[] a = source.storage.doubles();
        double[] b = y.storage.doubles();
        for (int i = 0; i < at.length; i++) {
          b[i] = a[from + at[i]];
        }
      }
      case INT64 -> {
        long[] a = source.storage.longs();
        long[] b = y.storage.longs();
        for (int i = 0; i < at.length; i++) {
          b[i] = a[from + at[i]];
        }
      }
      case INT32 -> {
        int[] a = source.storage.ints();
        int[] b = y.storage.ints();
        for (int i = 0; i < at.length; i++) {
          b[i] = a[from + at[i]];
        }
      }
      case UINT8, BOOL -> {
        byte[] a = source.storage.bytes();
        byte[] b = y.storage.bytes();
        for (int i = 0; i < at.length; i++) {
          b[i] = a[from + at[i]];
        }
      }
    }
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] own = x.layout.shape;
    return Graph.record(
        y, op, x, Graph.none(), (c, g) -> add(op, Tensor.zeros(g.dtype(), own), at, g));
  }

  /** A copy of x in which x[at[i]] has become x[at[i]] + source[i]; places may repeat. */
  static Tensor add(String op, Tensor x, int[] at, Tensor source) {
    Tensor values = source.detach().contiguous();
    Tensor y = x.detach().clone();
    int from = values.layout.offset;
    switch (y.dtype()) {
      case FLOAT32 -> {
        float[] a = values.storage.floats();
        float[] b = y.storage.floats();
        for (int i = 0; i < at.length; i++) {
          b[at[i]] += a[from + i];
        }
      }
      case FLOAT64 -> {
        double[] a = values.storage.doubles();
        double[] b = y.storage.doubles();
        for (int i = 0; i < at.length; i++) {
          b[at[i]] += a[from + i];
        }
      }
      default -> {
        for (int i = 0; i < at.length; i++) {
          y.storage.setLong(at[i], y.storage.getLong(at[i]) + values.storage.getLong(from + i));
        }
      }
    }
    if (!Graph.wanted(x, source)) {
      return y;
    }
    int[] shape = source.layout.shape;
    return Graph.record(
        y,
        op,
        Graph.tensors(x, source),
        Graph.none(),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          return new Tensor[] {c.needs(0) ? g : null, c.needs(1) ? take(op, g, at, shape) : null};
        });
  }

  /** A copy of x in which x[at[i]] has become source[i]; of repeated places the last one wins. */
  static Tensor put(String op, Tensor x, int[] at, Tensor source) {
    Tensor values = source.detach().contiguous();
    Tensor y = x.detach().clone();
    int from = values.layout.offset;
    switch (y.dtype()) {
      case FLOAT32 -> {
        float[] a = values.storage.floats();
        float[] b = y.storage.floats();
        for (int i = 0; i < at.length; i++) {
          b[at[i]] = a[from + i];
        }
      }
      case FLOAT64 -> {
        double[] a = values.storage.doubles();
        double[] b = y.storage.doubles();
        for (int i = 0; i < at.length; i++) {
          b[at[i]] = a[from + i];
        }
      }
      default -> {
        for (int i = 0; i < at.length; i++) {
          y.storage.setLong(at[i], values.storage.getLong(from + i));
        }
      }
    }
    if (!Graph.wanted(x, source)) {
      return y;
    }
    int[] shape = source.layout.shape;
    DType type = source.dtype();
    return Graph.record(
        y,
        op,
        Graph.tensors(x, source),
        Graph.none(),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          return new Tensor[] {
            c.needs(0) ? put(op, g, at, Tensor.zeros(type, shape)) : null,
            c.needs(1) ? take(op, g, at, shape) : null
          };
        });
  }
}
