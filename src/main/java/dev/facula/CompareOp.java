package dev.facula;

import dev.facula.internal.kernel.DoubleLoops;
import dev.facula.internal.kernel.FloatLoops;
import dev.facula.internal.kernel.LongLoops;
import java.util.Objects;

/** An elementwise relation of two operands; the result is boolean and has no gradient. */
record CompareOp(
    String name, FloatLoops.Comparison f32, DoubleLoops.Comparison f64, LongLoops.Comparison i64) {

  Tensor apply(Tensor a, Tensor b) {
    Tensor y = value(a, b);
    return Operations.watched() ? Operations.passed(name, y, a, b) : y;
  }

  /** The result as a part of another operation. */
  Tensor value(Tensor a, Tensor b) {
    Layout one = Objects.requireNonNull(a, "other").layout;
    Layout other = Objects.requireNonNull(b, "other").layout;
    int[] shape = Shapes.broadcast(name, one.shape, other.shape);
    Tensor result = Tensor.empty(DType.BOOL, MemoryOrder.of(name, shape, one, other));
    byte[] y = result.storage.bytes();
    DType common = Promotion.of(a, b);
    DType dtype = common.isFloatingPoint() ? common : DType.INT64;
    Tensor ta = a.cast(dtype);
    Tensor tb = b.cast(dtype);
    Iteration it = Iteration.over(shape, ta.layout, tb.layout, result.layout);
    int ps = it.step(0);
    int qs = it.step(1);
    if (dtype == DType.FLOAT32) {
      float[] p = ta.storage.floats();
      float[] q = tb.storage.floats();
      it.forEach((o, n) -> FloatLoops.compare(f32, p, o[0], ps, q, o[1], qs, y, o[2], n));
    } else if (dtype == DType.FLOAT64) {
      double[] p = ta.storage.doubles();
      double[] q = tb.storage.doubles();
      it.forEach((o, n) -> DoubleLoops.compare(f64, p, o[0], ps, q, o[1], qs, y, o[2], n));
    } else {
      long[] p = ta.storage.longs();
      long[] q = tb.storage.longs();
      it.forEach((o, n) -> LongLoops.compare(i64, p, o[0], ps, q, o[1], qs, y, o[2], n));
    }
    return result;
  }
}
