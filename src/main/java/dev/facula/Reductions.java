package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import dev.facula.internal.kernel.ArithmeticKernels;
import dev.facula.internal.kernel.ReduceKernels;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Reductions over dimensions: sums, means and extremes. */
final class Reductions {
  /** Elements that a task sums: fixed, so that the order of summation is. */
  private static final int CHUNK = 1 << 16;

  private Reductions() {}

  /** An operand brought into the form [outer, reduced, inner], all adjacent. */
  record Form(Tensor x, int outer, int reduced, int inner, int[] shape) {
    static Form of(String op, Tensor x, int[] dims, boolean keepdim) {
      int[] shape = x.layout.shape;
      boolean dense = x.layout.contiguous;
      if (dense && dims.length == 0 && !keepdim) {
        return new Form(x, 1, x.numel(), 1, Shapes.SCALAR);
      }
      boolean[] over = new boolean[shape.length];
      for (int d : Shapes.dims(op, dims, shape.length)) {
        if (d < over.length) {
          over[d] = true;
        }
      }
      int[] result = Shapes.reduced(shape, over, keepdim);
      int first = 0;
      while (first < over.length && !over[first]) {
        first++;
      }
      int end = first;
      while (end < over.length && over[end]) {
        end++;
      }
      boolean adjacent = true;
      for (int i = end; i < over.length; i++) {
        adjacent &= !over[i];
      }
      int reduced = 1;
      for (int i = 0; i < over.length; i++) {
        reduced *= over[i] ? shape[i] : 1;
      }
      if (!dense) {
        Layout keptLast = x.layout.permute(order(over, true));
        if (keptLast.contiguous) {
          return new Form(new Tensor(x.storage, keptLast), 1, reduced, numel(result), result);
        }
      }
      Layout keptFirst = dense && adjacent ? x.layout : x.layout.permute(order(over, false));
      if (adjacent && (dense || !keptFirst.contiguous)) {
        int inner = 1;
        for (int i = end; i < over.length; i++) {
          inner *= shape[i];
        }
        int outer = 1;
        for (int i = 0; i < first; i++) {
          outer *= shape[i];
        }
        return new Form(dense(x), outer, reduced, inner, result);
      }
      Tensor moved = dense(new Tensor(x.storage, keptFirst));
      int outer = reduced == 0 ? numel(result) : x.numel() / reduced;
      return new Form(moved, outer, reduced, 1, result);
    }

    /** The dimensions, those that are reduced one after another. */
    private static int[] order(boolean[] over, boolean reducedFirst) {
      int[] order = new int[over.length];
      int at = 0;
      for (int i = 0; i < 2 * over.length; i++) {
        int d = i % over.length;
        if (over[d] == (i < over.length) == reducedFirst) {
          order[at++] = d;
        }
      }
      return order;
    }

    private static int numel(int[] shape) {
      return Shapes.numel("reduce", shape);
    }

    private static Tensor dense(Tensor x) {
      return new Tensor(x.storage, x.layout).contiguous(); // outside of any graph
    }
  }

  static Tensor sum(Tensor x, int[] dims, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> sum(t, dims, keepdim));
    }
    if (x.dtype().isInteger() && x.dtype() != DType.INT64) {
      return sum(x.cast(DType.INT64), dims, keepdim);
    }
    Tensor y = sumOf(x, dims, keepdim);
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] shape = x.layout.shape;
    int[] kept = kept("sum", x, dims);
    return Graph.record(y, "sum", x, Graph.none(), (c, g) -> g.reshape(kept).expand(shape));
  }

  /**
   * The sum without a graph. Where dimensions inside and outside of the kept ones are reduced, as
   * for the bias of a convolution, the inside comes first, since that needs no copy.
   */
  private static Tensor sumOf(Tensor x, int[] dims, boolean keepdim) {
    Tensor source = x;
    if (dims.length > 1 && x.layout.contiguous) {
      int[] inside = inside(x, dims);
      source = inside.length > 0 ? sumOf(x, inside, true) : x;
    }
    Form rows = Form.of("sum", source, dims, keepdim);
    DType type = x.dtype() == DType.BOOL ? DType.INT64 : x.dtype();
    if (rows.reduced == 0) {
      return Tensor.zeros(type, rows.shape);
    }
    Tensor y = Tensor.empty(type, rows.shape);
    sum(rows, y);
    return y;
  }

  /** The last dimensions if they are reduced and so is one outside of what is kept. */
  private static int[] inside(Tensor x, int[] dims) {
    boolean[] over = new boolean[x.dim()];
    for (int d : Shapes.dims("sum", dims, x.dim())) {
      if (d < over.length) {
        over[d] = true;
      }
    }
    int kept = over.length - 1;
    while (kept >= 0 && over[kept]) {
      kept--;
    }
    int outside = 0;
    while (outside < kept && !over[outside]) {
      outside++;
    }
    return outside < kept ? IntStream.range(kept + 1, over.length).toArray() : new int[0];
  }

  /** The shape with the reduced dimensions as 1, under which a result broadcasts back. */
  static int[] kept(String op, Tensor x, int[] dims) {
    int[] kept = x.layout.shape.clone();
    for (int d : Shapes.dims(op, dims, x.dim())) {
      if (d < kept.length) {
        kept[d] = 1;
      }
    }
    return kept;
  }

  private static void sum(Form rows, Tensor y) {
    int outer = rows.outer;
    int n = rows.reduced;
    int inner = rows.inner;
    if (rows.x.dtype() == DType.BOOL && inner == 1) {
      countRows(rows, y.storage.longs());
      return;
    }
    Tensor x = rows.x.cast(y.dtype());
    ReduceKernels<Object> kernels = Types.kernels(y.dtype()).reduce();
    int from = x.layout.offset;
    Object a = x.storage.array();
    Object b = y.storage.array();
    if (inner == 1 && outer == 1 && n > CHUNK) {
      int parts = (n + CHUNK - 1) / CHUNK;
      Object partial = Storage.allocate(y.dtype(), parts).array();
      Parallel.run(
          parts,
          i -> kernels.sumRows(a, from + i * CHUNK, 1, Math.min(CHUNK, n - i * CHUNK), partial, i));
      kernels.sumRows(partial, 0, 1, parts, b, 0);
    } else if (inner == 1) {
      Parallel.parallelFor(
          outer,
          Parallel.ELEMENT * n,
          (at, end) -> kernels.sumRows(a, from + at * n, end - at, n, b, at));
    } else if (outer == 1 && n * inner >= 2 * CHUNK && inner <= CHUNK / 16) {
      sumTall(kernels, y.dtype(), a, from, n, inner, b);
    } else {
      Parallel.parallelFor(
          outer,
          Parallel.ELEMENT * n * inner,
          (at, end) ->
              kernels.sumColumns(a, from + at * n * inner, end - at, n, inner, b, at * inner));
    }
  }

  /** How many of each row are true. */
  private static void countRows(Form rows, long[] y) {
    byte[] a = rows.x.storage.bytes();
    int n = rows.reduced;
    for (int o = 0, from = rows.x.layout.offset; o < rows.outer; o++, from += n) {
      int s = 0;
      for (int i = from; i < from + n; i++) {
        s += a[i];
      }
      y[o] = s;
    }
  }

  /** The sums of a matrix's columns, blocks of rows one beside the other. */
  private static void sumTall(
      ReduceKernels<Object> kernels, DType type, Object a, int from, int n, int inner, Object b) {
    int block = CHUNK / inner;
    int blocks = (n + block - 1) / block;
    Object partial = Storage.allocate(type, blocks * inner).array();
    Parallel.run(
        blocks,
        i ->
            kernels.sumColumns(
                a,
                from + i * block * inner,
                1,
                Math.min(block, n - i * block),
                inner,
                partial,
                i * inner));
    kernels.sumColumns(partial, 0, 1, blocks, inner, b, 0);
  }

  static Tensor mean(Tensor x, int[] dims, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> mean(t, dims, keepdim));
    }
    Promotion.requireFloating("mean", x);
    int count = 1;
    for (int d : Shapes.dims("mean", dims, x.dim())) {
      count *= d < x.dim() ? x.layout.shape[d] : 1;
    }
    return sum(x, dims, keepdim).div(count);
  }

  static Tensor amax(Tensor x, int[] dims, boolean keepdim) {
    return extreme("amax", x, dims, keepdim, true);
  }

  static Tensor amin(Tensor x, int[] dims, boolean keepdim) {
    return extreme("amin", x, dims, keepdim, false);
  }

  private static Tensor extreme(String op, Tensor x, int[] dims, boolean keepdim, boolean largest) {
    Form rows = Form.of(op, x, dims, keepdim);
    Tensor y = Tensor.empty(x.dtype(), rows.shape);
    if (rows.reduced == 0 && y.numel() > 0) {
      throw new ShapeException(
          op
              + ": no elements to choose from in a tensor of shape "
              + Shapes.format(x.layout.shape));
    }
    if (y.numel() > 0) {
      extreme(rows, y, largest);
    }
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] kept = kept(op, x, dims);
    int[] over = Shapes.dims(op, dims, x.dim());
    return Graph.record(
        y,
        op,
        x,
        Graph.tensors(x, y),
        (c, g) -> {
          Tensor winners = c.saved(0).detach().eq(c.saved(1).detach().reshape(kept)).to(g.dtype());
          Tensor ties = winners.dim() == 0 ? winners : winners.sum(over, true);
          return winners.mul(g.reshape(kept).div(ties));
        });
  }

  private static void extreme(Form rows, Tensor y, boolean largest) {
    DType type = Types.computed(y.dtype());
    if (type != y.dtype()) {
      Tensor wide = Tensor.empty(type, y.layout.shape);
      Form cast = new Form(rows.x.cast(type), rows.outer, rows.reduced, rows.inner, rows.shape);
      extreme(cast, wide, largest);
      Copies.copy(wide.layout, wide.storage, y.layout, y.storage);
      return;
    }
    if (rows.inner > 1) {
      columns(rows, y.storage.array(), largest);
      return;
    }
    ReduceKernels<Object> kernels = Types.kernels(type).reduce();
    int n = rows.reduced;
    int from = rows.x.layout.offset;
    Object a = rows.x.storage.array();
    Object b = y.storage.array();
    Parallel.parallelFor(
        y.numel(),
        Parallel.ELEMENT * n,
        (at, end) -> {
          if (largest) {
            kernels.maxRows(a, from + at * n, end - at, n, b, at);
          } else {
            kernels.minRows(a, from + at * n, end - at, n, b, at);
          }
        });
  }

  /** The extremes of columns: row by row into the result. */
  private static void columns(Form rows, Object b, boolean largest) {
    ArithmeticKernels<Object> kernels = Types.kernels(rows.x.dtype()).arithmetic();
    Object a = rows.x.storage.array();
    int from = rows.x.layout.offset;
    int n = rows.reduced;
    int inner = rows.inner;
    Parallel.parallelFor(
        rows.outer,
        Parallel.ELEMENT * n * inner,
        (at, end) -> {
          for (int o = at; o < end; o++) {
            int p = from + o * n * inner;
            int q = o * inner;
            System.arraycopy(a, p, b, q, inner);
            for (int k = 1; k < n; k++) {
              if (largest) {
                kernels.maximum(b, q, a, p + k * inner, b, q, inner);
              } else {
                kernels.minimum(b, q, a, p + k * inner, b, q, inner);
              }
            }
          }
        });
  }

  static Tensor sumToSize(Tensor x, int[] shape) {
    int[] from = x.layout.shape;
    if (shape.length == 0) {
      return x.sum();
    }
    if (Arrays.equals(from, shape)) {
      return x;
    }
    int added = from.length - shape.length;
    int[] over = new int[from.length];
    int count = 0;
    boolean fits = added >= 0;
    for (int i = 0; fits && i < from.length; i++) {
      int to = i < added ? 1 : shape[i - added];
      if (i < added || to == 1 && from[i] != 1) {
        over[count++] = i;
      } else {
        fits = to == from[i];
      }
    }
    if (!fits) {
      throw new ShapeException(
          "sumToSize: " + Shapes.format(shape) + " does not broadcast to " + Shapes.format(from));
    }
    Tensor y = count == 0 ? x : x.sum(Arrays.copyOf(over, count), true);
    return y.reshape(shape);
  }
}
