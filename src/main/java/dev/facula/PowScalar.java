package dev.facula;

/** Powers with a plain number as exponent: the usual ones without a call of Math.pow. */
final class PowScalar {
  private PowScalar() {}

  static Tensor pow(Tensor x, Number exponent) {
    double e = exponent.doubleValue();
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
    if (e == -0.5) {
      return base.rsqrt();
    }
    if (e == -1) {
      return base.reciprocal();
    }
    Tensor y = e == 3 ? cube(base) : BinaryOps.pow().value(base, number);
    if (!Graph.wanted(base)) {
      return y;
    }
    return Graph.record(
        y,
        "pow",
        base,
        Graph.tensors(base),
        (c, g) -> e == 0 ? Tensor.zerosLike(g) : g.mul(c.saved(0).pow(e - 1).mul(e)));
  }

  private static Tensor cube(Tensor x) {
    Tensor y = BinaryOps.mul().value(x, x);
    BinaryOps.mul().compute(y, x, y);
    return y;
  }
}
