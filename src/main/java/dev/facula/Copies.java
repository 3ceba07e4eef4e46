package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Storage;
import dev.facula.internal.kernel.Backend;
import dev.facula.internal.kernel.Elements;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;

/** Copies between layouts and element types. */
final class Copies {
  private Copies() {}

  /** A result in row-major order, or a copy of it in the order of x if that is another. */
  static Tensor asIn(Tensor y, Tensor x) {
    return x.layout.contiguous ? y : y.arranged(MemoryOrder.like(x.layout));
  }

  /**
   * A result in row-major order or, where x is a batch of images or volumes whose channels are
   * innermost, a copy of it in which they do: the rule for convolutions, pooling and the like.
   */
  static Tensor images(Tensor y, Tensor x) {
    return MemoryOrder.isChannelsLast(x.layout)
        ? y.arranged(MemoryOrder.channelsLast("contiguous", y.layout.shape))
        : y;
  }

  /** Copies source, broadcast to the shape of destination, into it; the types may differ. */
  static void copy(Layout from, Storage source, Layout to, Storage destination) {
    if (to.numel == 0) {
      return;
    }
    if (source.dtype != destination.dtype) {
      if (sameOrder(from, to)) {
        convert(source, from.offset, destination, to.offset, to.numel);
        return;
      }
      if (!from.contiguous) {
        Storage dense = Storage.allocate(source.dtype, from.numel);
        Layout row = Layout.contiguous("copy", from.shape);
        move(from, source, row, dense);
        from = row;
        source = dense;
      }
      if (to.contiguous && to.numel == from.numel) {
        convert(source, from.offset, destination, to.offset, to.numel);
        return;
      }
      Storage converted = Storage.allocate(destination.dtype, from.numel);
      convert(source, from.offset, converted, 0, from.numel);
      source = converted;
      from = Layout.contiguous("copy", from.shape);
    }
    move(from, source, to, destination);
  }

  /** Whether both are filled without gaps, and their elements follow each other alike. */
  private static boolean sameOrder(Layout from, Layout to) {
    return !to.contiguous
        && from.sameShape(to)
        && Arrays.equals(from.strides, to.strides)
        && MemoryOrder.isDense(to);
  }

  private static void move(Layout from, Storage source, Layout to, Storage destination) {
    if (from.contiguous && to.contiguous && from.numel == to.numel) {
      System.arraycopy(source.array(), from.offset, destination.array(), to.offset, to.numel);
      return;
    }
    Iteration it = Iteration.over(to.shape, from, to);
    if (transposes(it)) {
      transpose(it, source, destination);
      return;
    }
    int xs = it.step(0);
    int ys = it.step(1);
    Object x = source.array();
    Object y = destination.array();
    Elements<Object> elements = Types.elements(source.dtype);
    it.forEach((at, n) -> elements.copy(x, at[0], xs, y, at[1], ys, n));
  }

  /** Whether the last two dimensions are a matrix that is contiguous when transposed. */
  private static boolean transposes(Iteration it) {
    int r = it.rank();
    return r >= 2
        && it.stride(1, r - 1) == 1
        && it.stride(0, r - 2) == 1
        && it.stride(0, r - 1) > 1
        && it.size(r - 1) >= 4
        && it.size(r - 2) >= 4;
  }

  private static void transpose(Iteration it, Storage source, Storage destination) {
    int r = it.rank();
    int rows = it.size(r - 1);
    int columns = it.size(r - 2);
    int ldx = it.stride(0, r - 1);
    int ldy = it.stride(1, r - 2);
    int[] outer = new int[r - 2];
    int[] xs = new int[r - 2];
    int[] ys = new int[r - 2];
    int count = 1;
    for (int d = 0; d < r - 2; d++) {
      outer[d] = it.size(d);
      xs[d] = it.stride(0, d);
      ys[d] = it.stride(1, d);
      count *= outer[d];
    }
    Elements<Object> elements = Types.elements(source.dtype);
    Object x = source.array();
    Object y = destination.array();
    Iteration.over(
            outer,
            new Layout(outer, xs, it.offset(0), count),
            new Layout(outer, ys, it.offset(1), count))
        .forEachElement(
            (xo, yo) ->
                Parallel.parallelFor(
                    rows,
                    Parallel.ELEMENT * columns,
                    (from, to) ->
                        elements.transpose(
                            x, xo + from * ldx, ldx, to - from, columns, y, yo + from, ldy)));
  }

  /** Converts n adjacent elements; fractions are cut off, anything but 0 is true. */
  static void convert(Storage source, int xo, Storage destination, int yo, int n) {
    switch (destination.dtype) {
      case FLOAT32 -> toFloats(source, xo, destination.floats(), yo, n);
      case FLOAT64 -> toDoubles(source, xo, destination.doubles(), yo, n);
      case BOOL -> {
        byte[] y = destination.bytes();
        if (source.dtype == DType.FLOAT32) {
          float[] x = source.floats();
          for (int i = 0; i < n; i++) {
            y[yo + i] = (byte) (x[xo + i] != 0 ? 1 : 0);
          }
          return;
        }
        for (int i = 0; i < n; i++) {
          y[yo + i] = (byte) (source.getDouble(xo + i) != 0 ? 1 : 0);
        }
      }
      case INT64 -> toLongs(source, xo, destination.longs(), yo, n);
      case FLOAT16, BFLOAT16 -> {
        if (source.dtype == DType.FLOAT32) {
          narrow(source.floats(), xo, destination, yo, n);
          return;
        }
        for (int i = 0; i < n; i++) {
          destination.setDouble(yo + i, source.getDouble(xo + i));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          destination.setLong(yo + i, source.getLong(xo + i));
        }
      }
    }
  }

  private static void toLongs(Storage source, int xo, long[] y, int yo, int n) {
    switch (source.dtype) {
      case FLOAT32 -> {
        float[] x = source.floats();
        for (int i = 0; i < n; i++) {
          y[yo + i] = (long) x[xo + i];
        }
      }
      case UINT8, BOOL -> {
        byte[] x = source.bytes();
        for (int i = 0; i < n; i++) {
          y[yo + i] = x[xo + i] & 0xff;
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = source.getLong(xo + i);
        }
      }
    }
  }

  private static void toFloats(Storage source, int xo, float[] y, int yo, int n) {
    switch (source.dtype) {
      case FLOAT16, BFLOAT16 ->
          Parallel.parallelFor(
              n, Parallel.ELEMENT, (from, to) -> widen(source, xo + from, y, yo + from, to - from));
      case FLOAT64 -> {
        double[] x = source.doubles();
        for (int i = 0; i < n; i++) {
          y[yo + i] = (float) x[xo + i];
        }
      }
      case INT64 -> {
        long[] x = source.longs();
        for (int i = 0; i < n; i++) {
          y[yo + i] = x[xo + i];
        }
      }
      case UINT8, BOOL -> {
        byte[] x = source.bytes();
        for (int i = 0; i < n; i++) {
          y[yo + i] = x[xo + i] & 0xff;
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (float) source.getDouble(xo + i);
        }
      }
    }
  }

  private static void toDoubles(Storage source, int xo, double[] y, int yo, int n) {
    if (source.dtype == DType.FLOAT32) {
      float[] x = source.floats();
      for (int i = 0; i < n; i++) {
        y[yo + i] = x[xo + i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = source.getDouble(xo + i);
      }
    }
  }

  /** n elements of 16 bits as floats, on this thread. */
  static void widen(Storage source, int xo, float[] y, int yo, int n) {
    if (source.dtype == DType.BFLOAT16) {
      Backend.REDUCED.widenBfloat16(source.shorts(), xo, y, yo, n);
    } else {
      Backend.REDUCED.widenFloat16(source.shorts(), xo, y, yo, n);
    }
  }

  private static void narrow(float[] x, int xo, Storage destination, int yo, int n) {
    short[] y = destination.shorts();
    boolean brain = destination.dtype == DType.BFLOAT16;
    Parallel.parallelFor(
        n,
        Parallel.ELEMENT,
        (from, to) -> {
          if (brain) {
            Backend.REDUCED.narrowBfloat16(x, xo + from, y, yo + from, to - from);
          } else {
            Backend.REDUCED.narrowFloat16(x, xo + from, y, yo + from, to - from);
          }
        });
  }
}
