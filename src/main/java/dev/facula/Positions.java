package dev.facula;

import dev.facula.internal.array.Storage;
import dev.facula.internal.kernel.BinaryKernels;
import dev.facula.internal.parallel.Parallel;

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

  /** What is done with the elements at the places. */
  private static final int TAKE = 0;

  private static final int ADD = 1;
  private static final int PUT = 2;

  private Positions() {}

  /** Tells at which positions the runs from some number on start. */
  interface Places {
    void fill(int from, int n, int[] at);

    /** What fill reads, to be saved for derivatives. */
    default Tensor[] reads() {
      return Graph.none();
    }
  }

  private static Places known(int[] at) {
    return (from, n, to) -> System.arraycopy(at, from, to, 0, n);
  }

  /** The positions of count elements, which come in runs. */
  static int[] all(Places places, int count, int run) {
    int[] at = new int[count];
    places.fill(0, count / run, at);
    spread(at, count / run, run);
    return at;
  }

  /** Makes the places of n runs those of their elements. */
  private static void spread(int[] at, int n, int run) {
    for (int i = n - 1; i >= 0 && run > 1; i--) {
      int start = at[i];
      for (int k = 0; k < run; k++) {
        at[i * run + k] = start + k;
      }
    }
  }

  private static void each(
      int mode, Places places, int from, int m, int run, Storage x, int xo, Storage y, int yo) {
    boolean single = run < LONG_RUN || mode == ADD && !x.dtype.isFloatingPoint();
    int width = single ? run : 1;
    int block = Math.max(1, BLOCK / width);
    int[] at = new int[Math.min(block, m) * width];
    for (int i = 0; i < m; i += block) {
      int n = Math.min(block, m - i);
      places.fill(from + i, n, at);
      spread(at, n, width);
      int to = yo + (from + i) * run;
      if (mode == TAKE) {
        taken(x, xo, at, y, to, n * width, run / width);
      } else if (mode == ADD) {
        added(x, at, y, to, n * width, run / width);
      } else {
        written(x, at, y, to, n * width, run / width);
      }
    }
  }

  /** y[i] = x[at[i]], under the given shape. */
  static Tensor take(String op, Tensor x, int[] at, int... shape) {
    return take(op, x, known(at), 1, 1, shape);
  }

  /**
   * The same for runs of elements.
   *
   * @param disjoint how many parts of the runs, one after the other, have no place in common
   */
  static Tensor take(String op, Tensor x, Places at, int run, int disjoint, int[] shape) {
    Tensor source = x.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), shape);
    Parallel.parallelFor(
        y.numel() / run,
        Parallel.ELEMENT * run,
        (i, end) ->
            each(TAKE, at, i, end - i, run, source.storage, source.layout.offset, y.storage, 0));
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] own = x.layout.shape;
    return Graph.record(
        y,
        op,
        x,
        at.reads(),
        (c, g) -> {
          c.check();
          Tensor zeros = Tensor.zeros(g.dtype(), own);
          return add(op, zeros, at, run, disjoint, g, zeros.detach());
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
    Types.elements(x.dtype).take(x.array(), xo, at, y.array(), yo, n);
  }

  /** A copy of x in which x[at[i]] has become x[at[i]] + source[i]; places may repeat. */
  static Tensor add(String op, Tensor x, int[] at, Tensor source) {
    return add(op, x, known(at), 1, 1, source);
  }

  /** The same for runs of elements. */
  static Tensor add(String op, Tensor x, Places at, int run, int disjoint, Tensor source) {
    return add(op, x, at, run, disjoint, source, x.detach().rowMajorCopy());
  }

  /** Adds to y, which has the elements of x. */
  private static Tensor add(
      String op, Tensor x, Places at, int run, int disjoint, Tensor source, Tensor y) {
    if (Reduced.is(y)) {
      Tensor wide = y.cast(DType.FLOAT32);
      write(ADD, wide, at, run, disjoint, source.detach().cast(DType.FLOAT32));
      Copies.copy(wide.layout, wide.storage, y.layout, y.storage);
    } else {
      write(ADD, y, at, run, disjoint, source);
    }
    if (!Graph.wanted(x, source)) {
      return y;
    }
    int[] shape = source.layout.shape;
    return Graph.record(
        y,
        op,
        Graph.tensors(x, source),
        at.reads(),
        (c, gs) -> {
          c.check();
          Tensor g = Graph.defined(gs);
          return new Tensor[] {
            c.needs(0) ? g : null, c.needs(1) ? take(op, g, at, run, disjoint, shape) : null
          };
        });
  }

  private static void write(int mode, Tensor y, Places at, int run, int disjoint, Tensor source) {
    Tensor values = source.detach().contiguous();
    int from = values.layout.offset;
    int runs = values.numel() / run / disjoint;
    Parallel.parallelFor(
        disjoint,
        Parallel.ELEMENT * runs * run,
        (i, end) ->
            each(mode, at, i * runs, (end - i) * runs, run, y.storage, 0, values.storage, from));
  }

  private static void added(Storage x, int[] at, Storage y, int yo, int n, int run) {
    Object a = x.array();
    Object b = y.array();
    if (run > 1) {
      BinaryKernels<Object> kernels = Types.floating(x.dtype).binary();
      for (int i = 0; i < n; i++) {
        kernels.add(a, at[i], b, yo + i * run, a, at[i], run);
      }
    } else {
      Types.elements(x.dtype).add(a, at, b, yo, n);
    }
  }

  /** A copy of x in which x[at[i]] has become source[i]; of repeated places the last one wins. */
  static Tensor put(String op, Tensor x, int[] at, Tensor source) {
    return put(op, x, known(at), 1, 1, source);
  }

  /** The same for runs of elements. */
  static Tensor put(String op, Tensor x, Places at, int run, int disjoint, Tensor source) {
    Tensor y = x.detach().rowMajorCopy();
    write(PUT, y, at, run, disjoint, source);
    if (!Graph.wanted(x, source)) {
      return y;
    }
    int[] shape = source.layout.shape;
    DType type = source.dtype();
    return Graph.record(
        y,
        op,
        Graph.tensors(x, source),
        at.reads(),
        (c, gs) -> {
          c.check();
          Tensor g = Graph.defined(gs);
          return new Tensor[] {
            c.needs(0) ? put(op, g, at, run, disjoint, Tensor.zeros(type, shape)) : null,
            c.needs(1) ? take(op, g, at, run, disjoint, shape) : null
          };
        });
  }

  private static void written(Storage x, int[] at, Storage y, int yo, int n, int run) {
    Object a = x.array();
    Object b = y.array();
    if (run == 1) {
      Types.elements(x.dtype).put(a, at, b, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      System.arraycopy(b, yo + i * run, a, at[i], run);
    }
  }
}
