package dev.facula;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** Tensors whose elements follow from their places. */
final class Ranges {
  private Ranges() {}

  static Tensor arange(DType dtype, Number start, Number end, Number step) {
    double from = start.doubleValue();
    double to = end.doubleValue();
    double by = step.doubleValue();
    if (by == 0 || Double.isNaN(by)) {
      throw new IllegalArgumentException("arange: the step must not be zero, is " + step);
    }
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "arange: the range has to be finite, is " + start + " to " + end);
    }
    if (by > 0 && to < from || by < 0 && to > from) {
      throw new IllegalArgumentException(
          "arange: the step " + step + " does not lead from " + start + " to " + end);
    }
    // as in PyTorch, the fractions are cut off first, and other integers are counted by them
    boolean integer = !dtype.isFloatingPoint();
    boolean cut = dtype == DType.INT64 && (long) by != 0;
    double size =
        cut
            ? Math.ceil((double) ((long) to - (long) from) / (long) by)
            : Math.ceil((to - from) / by);
    int n = size(dtype, "arange", size);
    long first = whole(start) ? start.longValue() : (long) from;
    long each = whole(step) ? step.longValue() : (long) by;
    return integer
        ? fill(dtype, n, i -> 0, i -> first + i * each)
        : fill(dtype, n, i -> from + i * by, i -> 0);
  }

  private static boolean whole(Number x) {
    return x instanceof Long || x instanceof Integer;
  }

  private static int size(DType dtype, String op, double size) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new ShapeException(
          op + ": " + size + " elements of " + dtype + " are more than an array holds");
    }
    return (int) size;
  }

  static Tensor linspace(DType dtype, double start, double end, int steps) {
    requireSteps("linspace", steps);
    return between(dtype, start, end, steps, x -> x);
  }

  static Tensor logspace(DType dtype, double start, double end, int steps, double base) {
    requireSteps("logspace", steps);
    return between(dtype, start, end, steps, x -> Math.pow(base, x));
  }

  private static void requireSteps(String op, int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException(
          op + ": the number of steps must not be negative, is " + steps);
    }
  }

  /** f of steps numbers from start to end, counted from the nearer of the two. */
  private static Tensor between(
      DType dtype, double start, double end, int steps, DoubleUnaryOperator f) {
    boolean integer = !dtype.isFloatingPoint();
    double from = integer ? (long) start : start;
    double to = integer ? (long) end : end;
    double step = steps < 2 ? 0 : (to - from) / (steps - 1);
    IntToDoubleFunction at =
        i -> f.applyAsDouble(i < steps / 2 ? from + i * step : to - (steps - 1 - i) * step);
    IntToDoubleFunction value = steps == 1 ? i -> f.applyAsDouble(from) : at;
    return fill(dtype, steps, value, i -> (long) value.applyAsDouble(i));
  }

  private static Tensor fill(
      DType dtype, int n, IntToDoubleFunction real, IntToLongFunction integer) {
    Tensor y = Tensor.empty(dtype, n);
    for (int i = 0; i < n; i++) {
      if (dtype.isFloatingPoint()) {
        y.storage.setDouble(i, real.applyAsDouble(i));
      } else {
        y.storage.setLong(i, integer.applyAsLong(i));
      }
    }
    return y;
  }

  static Tensor eye(DType dtype, int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new ShapeException("eye: negative size in [" + rows + ", " + columns + "]");
    }
    Tensor y = Tensor.zeros(dtype, rows, columns);
    for (int i = 0; i < Math.min(rows, columns); i++) {
      y.storage.setLong(i * columns + i, 1);
    }
    return y;
  }

  /** Where the column minus the row of the last two dimensions is at least, or at most, a limit. */
  static Tensor triangle(String op, Tensor x, int diagonal, boolean upper) {
    if (x.dim() < 2) {
      throw new ShapeException(op + ": expects at least 2 dimensions, has " + x.dim());
    }
    int rows = x.size(-2);
    int columns = x.size(-1);
    Tensor dense = x.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), x.layout.shape);
    Object zeros = Storage.allocate(x.dtype(), columns).array();
    int from = dense.layout.offset;
    for (int i = 0; i < y.numel(); i += columns) {
      // the elements of the row that lie before the triangle's edge
      long before = (long) i / columns % rows + diagonal + (upper ? 0 : 1);
      int n = (int) Math.min(Math.max(before, 0), columns);
      Object first = upper ? zeros : dense.storage.array();
      Object second = upper ? dense.storage.array() : zeros;
      System.arraycopy(first, upper ? 0 : from + i, y.storage.array(), i, n);
      System.arraycopy(second, upper ? from + i + n : 0, y.storage.array(), i + n, columns - n);
    }
    return Graph.wanted(x)
        ? Graph.record(y, op, x, Graph.none(), (c, g) -> triangle(op, g, diagonal, upper))
        : y;
  }

  /** The places of a triangle of a matrix: a row of row numbers and one of column numbers. */
  static Tensor triangleIndices(int rows, int columns, int offset, boolean upper) {
    if (rows < 0 || columns < 0) {
      throw new ShapeException(
          (upper ? "triuIndices" : "trilIndices")
              + ": negative size in ["
              + rows
              + ", "
              + columns
              + "]");
    }
    Tensor whole = Tensor.ones(DType.BOOL, rows, columns);
    return Masks.nonzero(triangle("triangle", whole, offset, upper)).t().contiguous();
  }
}
