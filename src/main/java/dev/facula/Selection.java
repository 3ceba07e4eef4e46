package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.kernel.Loops;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Choosing between elements of two operands. */
final class Selection {
  private Selection() {}

  static Tensor where(Tensor condition, Tensor a, Tensor b) {
    if (condition.dtype() != DType.BOOL) {
      throw new DTypeException(
          "where: the condition must be bool, was " + condition.dtype() + "; compare it first");
    }
    DType dtype = Promotion.of(a, b);
    int[] shape =
        Shapes.broadcast(
            "where",
            condition.layout.shape,
            Shapes.broadcast("where", a.layout.shape, b.layout.shape));
    Tensor p = a.to(dtype);
    Tensor q = b.to(dtype);
    Tensor y =
        Tensor.empty(dtype, MemoryOrder.of("where", shape, condition.layout, p.layout, q.layout));
    choose(condition, p, q, y);
    if (!Graph.wanted(p, q)) {
      return y;
    }
    int[] first = p.layout.shape;
    int[] second = q.layout.shape;
    return Graph.record(
        y,
        "where",
        Graph.tensors(p, q),
        Graph.tensors(condition),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor zero = Tensor.scalar(g.dtype(), 0);
          Tensor chosen = c.saved(0);
          return new Tensor[] {
            c.needs(0) ? where(chosen, g, zero).sumToSize(first) : null,
            c.needs(1) ? where(chosen, zero, g).sumToSize(second) : null
          };
        });
  }

  private static void choose(Tensor condition, Tensor a, Tensor b, Tensor y) {
    DType type = y.dtype();
    DType wide = Types.computed(type);
    if (wide != type) {
      Tensor result = Tensor.empty(wide, MemoryOrder.like(y.layout));
      choose(condition, a.cast(wide), b.cast(wide), result);
      Copies.copy(result.layout, result.storage, y.layout, y.storage);
      return;
    }
    Tensor c = condition.expand(y.layout.shape);
    Iteration it = Iteration.over(y.layout.shape, c.layout, a.layout, b.layout, y.layout);
    if (it.step(0) != 1) {
      c = Tensor.empty(DType.BOOL, MemoryOrder.like(y.layout)).copy_(c);
      it = Iteration.over(y.layout.shape, c.layout, a.layout, b.layout, y.layout);
    }
    byte[] flags = c.storage.bytes();
    int as = it.step(1);
    int bs = it.step(2);
    Kernels<Object> k = Types.kernels(type);
    Object p = a.storage.array();
    Object q = b.storage.array();
    Object r = y.storage.array();
    it.forEach(
        (o, n) -> {
          int[] at = {o[0]}; // of the flags, which are used from the front to the back
          Loops.binary(
              k,
              k.arithmetic(),
              (f, u, uo, v, vo, w, wo, m) -> {
                f.where(flags, at[0], u, uo, v, vo, w, wo, m);
                at[0] += m;
              },
              p,
              o[1],
              as,
              q,
              o[2],
              bs,
              r,
              o[3],
              1,
              n);
        });
  }

  /** min(max(x, min), max); the gradient passes where x lies within the limits. */
  static Tensor clamp(Tensor x, @Nullable Number min, @Nullable Number max) {
    if (x.isFloatingPoint()) {
      return clamp(min, max).apply(x);
    }
    requireLimit(min, max);
    Tensor above = min == null ? x : BinaryOps.maximum().value(x, Tensor.number(min));
    return max == null ? above : BinaryOps.minimum().value(above, Tensor.number(max));
  }

  /** The same as an operation on floating-point numbers. */
  static UnaryOp clamp(@Nullable Number min, @Nullable Number max) {
    requireLimit(min, max);
    double low = min == null ? Double.NEGATIVE_INFINITY : min.doubleValue();
    double high = max == null ? Double.POSITIVE_INFINITY : max.doubleValue();
    return UnaryOps.clamp("clamp", low, high, true);
  }

  private static void requireLimit(@Nullable Object min, @Nullable Object max) {
    if (min == null && max == null) {
      throw new IllegalArgumentException("clamp: at least one of min and max is needed");
    }
  }

  /** min(max(x, low), high), where the limits have gradients too. */
  static Tensor clampTo(Tensor x, @Nullable Tensor low, @Nullable Tensor high) {
    requireLimit(low, high);
    Tensor y = x.detach();
    if (low != null) {
      y = bounded(y, low.detach(), x.lt(low), BinaryOps.maximum());
    }
    if (high != null) {
      y = bounded(y, high.detach(), y.gt(high), BinaryOps.minimum());
    }
    Tensor[] operands = Stream.of(x, low, high).filter(Objects::nonNull).toArray(Tensor[]::new);
    if (!Graph.wanted(operands)) {
      return y;
    }
    return Graph.record(
        y,
        "clamp",
        operands,
        Graph.tensors(operands),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor a = c.saved(0);
          Tensor l = low == null ? null : c.saved(1);
          Tensor h = high == null ? null : c.saved(operands.length - 1);
          Tensor[] result = new Tensor[operands.length];
          result[0] = c.needs(0) ? within(g, a, l, h) : null;
          if (l != null && c.needs(1)) {
            result[1] =
                h == null ? passed(g, a.lt(l), l) : passed(g, a.lt(l).logicalAnd(l.lt(h)), l);
          }
          if (h != null && c.needs(operands.length - 1)) {
            result[operands.length - 1] =
                passed(g, l == null ? a.gt(h) : a.gt(h).logicalOr(l.gt(h)), h);
          }
          return result;
        });
  }

  /** The gradient of what is clamped: where it lies within the limits. */
  private static Tensor within(Tensor g, Tensor x, @Nullable Tensor low, @Nullable Tensor high) {
    Tensor above = low == null ? x.eq(x) : x.ge(low);
    return passed(g, high == null ? above : above.logicalAnd(x.le(high)), x);
  }

  /** The gradient where the condition holds, in the shape and type of an operand. */
  private static Tensor passed(Tensor g, Tensor condition, Tensor operand) {
    Tensor part = where(condition, g, Tensor.scalar(g.dtype(), 0));
    return part.sumToSize(operand.layout.shape).to(operand.dtype());
  }

  /** The limit where it was passed, else x; NaN in either stays. */
  private static Tensor bounded(Tensor x, Tensor limit, Tensor passed, BinaryOp op) {
    Tensor missing = x.isnan().logicalNot().logicalAnd(limit.isnan());
    Tensor y = where(passed.logicalOr(missing), limit, x);
    return y.dtype() == op.resultType(x, limit) ? y : y.to(op.resultType(x, limit));
  }

  /** x + w (end - x), from the nearer end, as PyTorch computes it. */
  static Tensor lerp(Tensor x, Tensor end, Tensor weight) {
    if (weight.dim() == 0) {
      return Graph.wanted(weight)
          ? lerpBy(x, end, weight.to(x.dtype()))
          : lerp(x, end, weight.item()).apply(x, end);
    }
    if (weight.dtype() != x.dtype()) {
      throw new DTypeException(
          "lerp: the weight is " + weight.dtype() + ", start is " + x.dtype() + "; convert one");
    }
    return lerpBy(x, end, weight);
  }

  private static Tensor lerpBy(Tensor x, Tensor end, Tensor weight) {
    requireAlike(x, end);
    return Blocks.elementwise(
        t -> where(t[2].abs().lt(0.5), fromStart(t[0], t[1], t[2]), fromEnd(t[0], t[1], t[2])),
        x,
        end,
        weight);
  }

  /** The same for one weight that needs no gradient. */
  static BinaryOp lerp(Tensor x, Tensor end, double weight) {
    requireAlike(x, end);
    return BinaryOps.lerp(weight);
  }

  private static void requireAlike(Tensor x, Tensor end) {
    Promotion.requireFloating("lerp", x);
    if (end.dtype() != x.dtype()) {
      throw new DTypeException(
          "lerp: start is " + x.dtype() + ", end is " + end.dtype() + "; convert one");
    }
  }

  private static Tensor fromStart(Tensor x, Tensor end, Tensor weight) {
    return x.add(end.sub(x).mul(weight));
  }

  private static Tensor fromEnd(Tensor x, Tensor end, Tensor weight) {
    return end.sub(end.sub(x).mul(weight.neg().add(1)));
  }

  static Tensor nanToNum(
      Tensor x, @Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf) {
    double largest = x.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
    Tensor finite = where(x.isnan(), Tensor.scalar(x.dtype(), nan == null ? 0 : nan), x);
    double high = posinf == null ? largest : posinf;
    double low = neginf == null ? -largest : neginf;
    finite = where(x.isposinf(), Tensor.scalar(x.dtype(), high), finite);
    return where(x.isneginf(), Tensor.scalar(x.dtype(), low), finite);
  }

  static Tensor isclose(String op, Tensor a, Tensor b, double rtol, double atol, boolean equalNan) {
    if (a.dtype() != Objects.requireNonNull(b, "other").dtype()) {
      throw new DTypeException(
          op + ": the tensors have to be of one type, are " + a.dtype() + " and " + b.dtype());
    }
    if (rtol < 0 || atol < 0) {
      throw new IllegalArgumentException(
          op + ": rtol and atol must not be negative, are " + rtol + " and " + atol);
    }
    Tensor close = a.eq(b);
    if (equalNan && a.isFloatingPoint()) {
      close = close.logicalOr(a.isnan().logicalAnd(b.isnan()));
    }
    if (rtol == 0 && atol == 0) {
      return close;
    }
    DType dtype = Promotion.floating(a.dtype());
    Tensor x = a.detach().to(dtype);
    Tensor y = b.detach().to(dtype);
    Tensor allowed = y.mul(rtol).abs().add(atol);
    Tensor apart = x.sub(y).abs();
    return close.logicalOr(apart.isfinite().logicalAnd(apart.le(allowed)));
  }
}
