package dev.facula;

import dev.facula.internal.array.MemoryOrder;
import java.util.Objects;

/** Powers with a plain number as exponent: the usual ones without a call of Math.pow. */
final class PowScalar {
  private PowScalar() {}

  static Tensor pow(Tensor x, Number exponent) {
    double e = Objects.requireNonNull(exponent, "exponent").doubleValue();
    Tensor number = Tensor.number(exponent);
    DType dtype = BinaryOps.pow().resultType(x, number);
    if (!dtype.isFloatingPoint()) {
      if (e < 0) {
        throw new IllegalArgumentException(
            "pow: integers to negative integer powers are not allowed (exponent " + exponent + ")");
      }
      return BinaryOps.pow().value(x, number);
    }
    Tensor base = x.to(dtype);
    if (e == 2) {
      return base.square();
    }
    if (e == 0.5) {
      return base.sqrt();
    }
    if (e == -1) {
      return base.reciprocal();
    }
    Tensor y = value(base, e);
    if (!Graph.wanted(base)) {
      return y;
    }
    return Graph.record(
        y,
        "pow",
        base,
        Graph.tensors(base),
        (c, g) -> e == 0 ? Tensor.zerosLike(g) : g.mul(slope(c.saved(0), e)));
  }

  private static Tensor value(Tensor x, double e) {
    if (e == -0.5) {
      Tensor y = Tensor.empty(x.dtype(), MemoryOrder.like(x.layout));
      UnaryOps.rsqrt().compute(x, y);
      return y;
    }
    return e == 3 ? cube(x) : BinaryOps.pow().value(x, Tensor.scalar(x.dtype(), e));
  }

  private static Tensor slope(Tensor x, double e) {
    if (e == -0.5 && !Graph.wanted(x)) {
      Tensor y = x.rsqrt(); // not a power of x, which takes many times longer
      return y.div(x).maskedFill(x.eq(Double.NEGATIVE_INFINITY), 0).mul(-0.5);
    }
    return x.pow(e - 1).mul(e);
  }

  private static Tensor cube(Tensor x) {
    Tensor y = BinaryOps.mul().value(x, x);
    BinaryOps.mul().compute(y, x, y);
    return y;
  }
}
