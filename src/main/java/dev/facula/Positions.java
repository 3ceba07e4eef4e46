package dev.facula;

import dev.facula.internal.kernel.Kernels;

/**
 * Reading and writing elements at computed places: the common ground of gather, scatter, advanced
 * indexing and everything that picks. A position counts the elements of an operand in row-major
 * order; {@link #take} and {@link #add} are each other's derivative.
 */
final class Positions {
  /** Runs whose places are known at a time: they stay in the nearest cache. */
  private static final int BLOCK = 1024;

  /** Elements of a run from which on it is worth a call. */
  private static final int LONG_RUN = 8;

  private Positions() {}

  /** Tells at which positions the runs from some number on start. */
  interface Places {
    void fill(int from, int n, int[] at);
  }

  /** What is done with n runs: those of x at some places, and those of y in order. */
  private interface Body {
    void of(Storage x, int xo, int[] at, Storage y, int yo, int n, int run);
  }

  private static Places known(int[] at) {
    return (from, n, to) -> System.arraycopy(at, from, to, 0, n);
  }

  /** The positions of count elements, which come in runs. */
  static int[] all(Places places, int count, int run) {
    int[] at = new int[count];
    places.fill(0, count / run, at);
    spread(at, count, run);
    return at;
  }

  /** Makes the places of runs those of their n elements. */
  private static void spread(int[] at, int n, int run) {
    for (int i = n - 1; i > 0 && run > 1; i--) {
      at[i] = at[i / run] + i % run;
    }
  }

  private static void each(
      Places places, int from, int m, int run, Storage x, int xo, Storage y, int yo, Body body) {
    int width = run < LONG_RUN ? run : 1;
    int[] at = new int[Math.min(BLOCK, m) * width];
    for (int i = 0; i < m; i += BLOCK) {
      int n = Math.min(BLOCK, m - i);
      places.fill(from + i, n, at);
      spread(at, n * width, width);
      body.of(x, xo, at, y, yo + (from + i) * run, n * width, run / width);
    }
  }

  /** y[i] = x[at[i]], under the given shape. */
  static Tensor take(String op, Tensor x, int[] at, int... shape) {
    return take(op, x, known(at), 1, shape);
  }

  /** The same for runs of elements. */
  static Tensor take(String op, Tensor x, Places at, int run, int[] shape) {
    Tensor source = x.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), shape);
    RowParts.each(
        y.numel() / run,
        run,
        Iteration.CHUNK,
        (i, n) ->
            each(
                at,
                i,
                n,
                run,
                source.storage,
                source.layout.offset,
                y.storage,
                0,
                Positions::taken));
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] own = x.layout.shape;
    return Graph.record(
        y,
        op,
        x,
        Graph.none(),
        (c, g) -> {
          Tensor zeros = Tensor.zeros(g.dtype(), own);
          return add(op, zeros, at, run, g, zeros.detach());
        });
  }

  private static void taken(Storage x, int xo, int[] at, Storage y, int yo, int n, int run) {
    if (run > 1) {
      Object a = x.array();
      Object b = y.array();
      for (int i = 0; i < n; i++) {
        System.arraycopy(a, xo + at[i], b, yo + i * run, run);
      }
      return;
    }
    switch (x.dtype) {
      case FLOAT32 -> {
        float[] a = x.floats();
        float[] b = y.floats();
        for (int i = 0; i < n; i++) {
          b[yo + i] = a[xo + at[i]];
        }
      }
      case FLOAT64 -> {
        double[] a = x.doubles();
        double[] b = y.doubles();
        for (int i = 0; i < n; i++) {
          b[yo + i] = a[xo + at[i]];
        }
      }
      case INT64 -> {
        long[] a = x.longs();
        long[] b = y.longs();
        for (int i = 0; i < n; i++) {
          b[yo + i] = a[xo + at[i]];
        }
      }
      case INT32 -> {
        int[] a = x.ints();
        int[] b = y.ints();
        for (int i = 0; i < n; i++) {
          b[yo + i] = a[xo + at[i]];
        }
      }
      case UINT8, BOOL -> {
        byte[] a = x.bytes();
        byte[] b = y.bytes();
        for (int i = 0; i < n; i++) {
          b[yo + i] = a[xo + at[i]];
        }
      }
    }
  }

  /** A copy of x in which x[at[i]] has become x[at[i]] + source[i]; places may repeat. */
  static Tensor add(String op, Tensor x, int[] at, Tensor source) {
    return add(op, x, known(at), 1, source);
  }

  /** The same for runs of elements. */
  static Tensor add(String op, Tensor x, Places at, int run, Tensor source) {
    return add(op, x, at, run, source, x.detach().clone());
  }

  /** Adds to y, which has the elements of x. */
  private static Tensor add(String op, Tensor x, Places at, int run, Tensor source, Tensor y) {
    write(y, at, run, source, Positions::added);
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
          return new Tensor[] {
            c.needs(0) ? g : null, c.needs(1) ? take(op, g, at, run, shape) : null
          };
        });
  }

  private static void write(Tensor y, Places at, int run, Tensor source, Body body) {
    Tensor values = source.detach().contiguous();
    each(
        at, 0, values.numel() / run, run, y.storage, 0, values.storage, values.layout.offset, body);
  }

  private static void added(Storage x, int xo, int[] at, Storage y, int yo, int n, int run) {
    if (run > 1 && x.dtype == DType.FLOAT32) {
      float[] a = x.floats();
      float[] b = y.floats();
      for (int i = 0; i < n; i++) {
        Kernels.F32.add(a, at[i], b, yo + i * run, a, at[i], run);
      }
    } else if (run > 1) {
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < run; k++) {
          add(x, at[i] + k, y, yo + i * run + k);
        }
      }
    } else if (x.dtype == DType.FLOAT32) {
      float[] a = x.floats();
      float[] b = y.floats();
      for (int i = 0; i < n; i++) {
        a[at[i]] += b[yo + i];
      }
    } else if (x.dtype == DType.FLOAT64) {
      double[] a = x.doubles();
      double[] b = y.doubles();
      for (int i = 0; i < n; i++) {
        a[at[i]] += b[yo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        add(x, at[i], y, yo + i);
      }
    }
  }

  private static void add(Storage x, int at, Storage y, int i) {
    if (x.dtype.isFloatingPoint()) {
      x.setDouble(at, x.getDouble(at) + y.getDouble(i));
    } else {
      x.setLong(at, x.getLong(at) + y.getLong(i));
    }
  }

  /** A copy of x in which x[at[i]] has become source[i]; of repeated places the last one wins. */
  static Tensor put(String op, Tensor x, int[] at, Tensor source) {
    return put(op, x, known(at), 1, source);
  }

  /** The same for runs of elements. */
  static Tensor put(String op, Tensor x, Places at, int run, Tensor source) {
    Tensor y = x.detach().clone();
    write(y, at, run, source, Positions::written);
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
            c.needs(0) ? put(op, g, at, run, Tensor.zeros(type, shape)) : null,
            c.needs(1) ? take(op, g, at, run, shape) : null
          };
        });
  }

  private static void written(Storage x, int xo, int[] at, Storage y, int yo, int n, int run) {
    Object a = x.array();
    Object b = y.array();
    if (run == 1 && a instanceof float[] p) {
      float[] q = (float[]) b;
      for (int i = 0; i < n; i++) {
        p[at[i]] = q[yo + i];
      }
    } else if (run == 1 && a instanceof double[] p) {
      double[] q = (double[]) b;
      for (int i = 0; i < n; i++) {
        p[at[i]] = q[yo + i];
      }
    } else if (run == 1 && a instanceof long[] p) {
      long[] q = (long[]) b;
      for (int i = 0; i < n; i++) {
        p[at[i]] = q[yo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        System.arraycopy(b, yo + i * run, a, at[i], run);
      }
    }
  }
}
