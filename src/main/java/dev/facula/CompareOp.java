package dev.facula;

import dev.facula.internal.kernel.DoubleLoops;
import dev.facula.internal.kernel.FloatLoops;
import dev.facula.internal.kernel.LongLoops;

/** An elementwise relation of two operands; the result is boolean and has no gradient. */
record CompareOp(
    String name, FloatLoops.Comparison f32, DoubleLoops.Comparison f64, LongLoops.Comparison i64) {

  Tensor apply(Tensor a, Tensor b) {
    int[] shape = Shapes.broadcast(name, a.layout.shape, b.layout.shape);
    Tensor result = Tensor.empty(DType.BOOL, shape);
    byte[] y = result.storage.bytes();
    DType dtype = Promotion.of(a, b);
    if (dtype == DType.FLOAT32) {
      Tensor ta = a.cast(DType.FLOAT32);
      Tensor tb = b.cast(DType.FLOAT32);
      Iteration it = Iteration.over(shape, ta.layout, tb.layout, result.layout);
      float[] p = ta.storage.floats();
      float[] q = tb.storage.floats();
      int ps = it.step(0);
      int qs = it.step(1);
      it.forEach((o, n) -> FloatLoops.compare(f32, p, o[0], ps, q, o[1], qs, y, o[2], n));
    } else if (dtype == DType.FLOAT64) {
      Tensor ta = a.cast(DType.FLOAT64);
      Tensor tb = b.cast(DType.FLOAT64);
      Iteration it = Iteration.over(shape, ta.layout, tb.layout, result.layout);
      double[] p = ta.storage.doubles();
      double[] q = tb.storage.doubles();
      int ps = it.step(0);
      int qs = it.step(1);
      it.forEach((o, n) -> DoubleLoops.compare(f64, p, o[0], ps, q, o[1], qs, y, o[2], n));
    } else {
      Tensor ta = a.cast(DType.INT64);
      Tensor tb = b.cast(DType.INT64);
      Iteration it = Iteration.over(shape, ta.layout, tb.layout, result.layout);
      long[] p = ta.storage.longs();
      long[] q = tb.storage.longs();
      int ps = it.step(0);
      int qs = it.step(1);
      it.forEach((o, n) -> LongLoops.compare(i64, p, o[0], ps, q, o[1], qs, y, o[2], n));
    }
    return result;
  }
}
