package dev.facula;

import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations under a mask, and the places where something is set. */
final class Masks {
  private Masks() {}

  static void requireMask(String op, Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new DTypeException(
          op + ": the mask must be bool, was " + mask.dtype() + "; compare it first");
    }
  }

  static Tensor fill(Tensor x, Tensor mask, Tensor value) {
    requireMask("maskedFill", mask);
    if (value.dim() != 0) {
      throw new ShapeException(
          "maskedFill: the value must have no dimensions, has shape "
              + Shapes.format(value.layout.shape));
    }
    if (value.dtype().category() > x.dtype().category()) {
      throw new DTypeException(
          "maskedFill: a value of type " + value.dtype() + " for a tensor of type " + x.dtype());
    }
    return Tensor.where(mask, value.to(x.dtype()), x).contiguous();
  }

  static Tensor fill(Tensor x, Tensor mask, Number value) {
    double v = value.doubleValue();
    if (!x.isFloatingPoint() && v != Math.rint(v)) {
      throw new DTypeException(
          "maskedFill: the value " + value + " does not fit a tensor of type " + x.dtype());
    }
    return fill(x, mask, Tensor.full(x.dtype(), value));
  }

  /** The places where a mask is not set. */
  static Tensor not(Tensor mask) {
    Tensor x = MemoryOrder.isDense(mask.layout) ? mask : mask.clone();
    Tensor y = Tensor.emptyLike(x);
    byte[] a = x.storage.bytes();
    byte[] b = y.storage.bytes();
    int from = x.layout.offset;
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) (a[from + i] == 0 ? 1 : 0);
    }
    return y;
  }

  /** Where one of two masks is set or, without either, both of them. */
  static Tensor combine(Tensor a, Tensor b, boolean either) {
    if (!a.layout.sameShape(b.layout)) {
      return either ? a.maximum(b) : a.mul(b);
    }
    Tensor y = a.clone();
    byte[] r = y.storage.bytes();
    boolean alike = b.layout.offset == 0 && Arrays.equals(b.layout.strides, y.layout.strides);
    byte[] other = (alike ? b : b.arranged(y.layout)).storage.bytes();
    if (either) {
      for (int i = 0; i < r.length; i++) {
        r[i] |= other[i];
      }
    } else {
      for (int i = 0; i < r.length; i++) {
        r[i] &= other[i];
      }
    }
    return y;
  }

  static Tensor select(Tensor x, Tensor mask) {
    requireMask("maskedSelect", mask);
    int[] shape = Shapes.broadcast("maskedSelect", x.layout.shape, mask.layout.shape);
    int[] at = places(mask.expand(shape));
    return Positions.take("maskedSelect", x.expand(shape), at, at.length);
  }

  static Tensor scatter(Tensor x, Tensor mask, Tensor source) {
    requireMask("maskedScatter", mask);
    Indexing.requireSameType("maskedScatter", x, source);
    int[] shape = Shapes.broadcast("maskedScatter", x.layout.shape, mask.layout.shape);
    int[] at = places(mask.expand(shape));
    if (source.numel() < at.length) {
      throw Shapes.error(
          "maskedScatter: the source has fewer elements than the mask selects (%s < %s)",
          source.numel(), at.length);
    }
    Tensor flat = source.reshape(-1);
    return Positions.put(
        "maskedScatter",
        x.expand(shape),
        at,
        at.length == flat.numel() ? flat : flat.narrow(0, 0, at.length));
  }

  /** The places, in row-major order, of elements that are not 0. */
  static int[] places(Tensor x) {
    Tensor dense = x.detach().cast(DType.BOOL).contiguous();
    byte[] set = dense.storage.bytes();
    int from = dense.layout.offset;
    int[] at = new int[x.numel()];
    int count = 0;
    for (int i = 0; i < at.length; i++) {
      at[count] = i; // written over unless it counts: there is no branch to guess
      count += set[from + i] != 0 ? 1 : 0;
    }
    return Arrays.copyOf(at, count);
  }

  /** One index vector for each dimension. */
  static List<Tensor> coordinates(Tensor x) {
    Tensor rows = nonzero(x);
    List<Tensor> result = new ArrayList<>();
    for (int d = 0; d < x.dim(); d++) {
      result.add(rows.select(1, d));
    }
    return result;
  }

  static Tensor nonzero(Tensor x) {
    int[] at = places(x);
    int rank = x.dim();
    int[] shape = x.layout.shape;
    Tensor y = Tensor.empty(DType.INT64, rank, at.length); // as in PyTorch a coordinate at a time
    long[] columns = y.storage.longs();
    for (int i = 0; i < at.length; i++) {
      for (int d = rank - 1, rest = at[i]; d >= 0; rest /= shape[d--]) {
        columns[d * at.length + i] = rest % shape[d];
      }
    }
    return y.t();
  }
}
