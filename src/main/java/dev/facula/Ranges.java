package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** Tensors whose elements follow from their places. */
final class Ranges {
  private Ranges() {}

  /** From start to before end; as in PyTorch, integers have the fractions cut off first. */
  static Tensor arange(DType dtype, Number start, Number end, Number step) {
    double from = start.doubleValue();
    double to = end.doubleValue();
    double by = step.doubleValue();
    if (!Double.isFinite(from) || !Double.isFinite(to)) {
      throw new IllegalArgumentException(
          "arange: the range has to be finite, is " + start + " to " + end);
    }
    boolean integer = !dtype.isFloatingPoint();
    long first = integer ? whole(start) : 0;
    long last = integer ? whole(end) : 0;
    long each = integer ? whole(step) : 0;
    boolean exact = dtype == DType.INT64;
    if (exact ? each == 0 : by == 0 || Double.isNaN(by)) {
      throw new IllegalArgumentException(
          "arange: the step of %s must not be %szero, is %s"
              .formatted(dtype, by == 0 || Double.isNaN(by) ? "" : "cut off to ", step));
    }
    int ahead = integer ? Long.compare(last, first) : Double.compare(to, from);
    if (by > 0 ? ahead < 0 : ahead > 0) {
      throw new IllegalArgumentException(
          "arange: the step " + step + " does not lead from " + start + " to " + end);
    }
    int n = exact ? size(first, last, each) : size(dtype, "arange", Math.ceil((to - from) / by));
    return integer
        ? fill(dtype, n, i -> 0, i -> first + i * each)
        : fill(dtype, n, i -> from + i * by, i -> 0);
  }

  private static long whole(Number x) {
    if (x instanceof Long || x instanceof Integer || x instanceof Short || x instanceof Byte) {
      return x.longValue();
    }
    double real = x.doubleValue();
    if (!(Math.abs(real) < 0x1p63) && !Double.isInfinite(real)) {
      throw new IllegalArgumentException("arange: " + x + " is beyond the integers of 64 bits");
    }
    return (long) real;
  }

  /** How many steps lie before the end; distances and steps are up to 2^64 and so unsigned. */
  private static int size(long first, long last, long step) {
    long way = step > 0 ? last - first : first - last;
    long n = way == 0 ? 0 : Long.divideUnsigned(way - 1, Math.abs(step)) + 1;
    if (n < 0 || n > Shapes.MAX_NUMEL) {
      throw tooMany(DType.INT64, "arange", Long.toUnsignedString(n));
    }
    return (int) n;
  }

  private static int size(DType dtype, String op, double size) {
    if (size > Shapes.MAX_NUMEL) {
      throw tooMany(dtype, op, Double.toString(size));
    }
    return (int) Math.max(size, 0);
  }

  private static ShapeException tooMany(DType dtype, String op, String size) {
    return new ShapeException(
        op + ": " + size + " elements of " + dtype + " are more than a tensor holds");
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
      throw Shapes.error(
          "%s: negative size in [%s, %s]", upper ? "triuIndices" : "trilIndices", rows, columns);
    }
    Tensor whole = Tensor.ones(DType.BOOL, rows, columns);
    return Masks.nonzero(triangle("triangle", whole, offset, upper)).t().contiguous();
  }
}
