package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.kernel.Loops;
import java.util.Objects;

/** An elementwise relation of two operands; the result is boolean and has no gradient. */
record CompareOp(String name, Loops.Comparison relation) {

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
    DType dtype = Types.computed(common);
    Kernels<Object> k = Types.kernels(dtype);
    Tensor ta = operand(a, common, dtype);
    Tensor tb = operand(b, common, dtype);
    Object p = ta.storage.array();
    Object q = tb.storage.array();
    Iteration it = Iteration.over(shape, ta.layout, tb.layout, result.layout);
    int ps = it.step(0);
    int qs = it.step(1);
    it.forEach((o, n) -> Loops.compare(k, relation, p, o[0], ps, q, o[1], qs, y, o[2], n));
    return result;
  }

  /** A plain number is rounded to the type of the other operand first. */
  private static Tensor operand(Tensor t, DType common, DType dtype) {
    return (common.isReducedFloatingPoint() ? t.cast(common) : t).cast(dtype);
  }
}
