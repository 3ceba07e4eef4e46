package dev.facula;

import dev.facula.internal.kernel.DoubleLoops;
import dev.facula.internal.kernel.FloatLoops;
import dev.facula.internal.kernel.LongLoops;
import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** An elementwise function of one operand: kernels and derivative, a row of {@link UnaryOps}. */
final class UnaryOp {
  private final String name;
  private final FloatLoops.Unary f32;
  private final DoubleLoops.Unary f64;
  private final LongLoops.@Nullable Unary i64;
  private final Derivative derivative;
  private boolean part;

  /** What the derivative is written in. */
  enum Keep {
    NOTHING,
    INPUT,
    OUTPUT
  }

  /**
   * The gradient of the input.
   *
   * @param formula of the gradient of the output and the input or the output, whichever was kept;
   *     with NOTHING both are that gradient
   */
  record Derivative(Keep keep, BinaryOperator<Tensor> formula) {}

  /**
   * A row.
   *
   * @param i64 the loop over integers; null if integers are computed as float32
   */
  UnaryOp(
      String name,
      FloatLoops.Unary f32,
      DoubleLoops.Unary f64,
      LongLoops.@Nullable Unary i64,
      Derivative derivative) {
    this.name = name;
    this.f32 = f32;
    this.f64 = f64;
    this.i64 = i64;
    this.derivative = derivative;
  }

  String name() {
    return name;
  }

  Tensor apply(Tensor x) {
    DType given = Objects.requireNonNull(x, "input").dtype();
    DType dtype = i64 == null ? Promotion.floating(given) : given;
    Tensor y = Tensor.empty(dtype, MemoryOrder.like(x.layout));
    compute(x, y);
    if (Graph.wanted(x)) {
      Graph.record(y, name, x, kept(x, y), backward());
    }
    return Operations.watched() ? passed(name, y, x) : y;
  }

  /** Passes the point of all operations, unless this is a part of one that does. */
  Tensor passed(String op, Tensor y, Tensor x) {
    if (part) {
      return y;
    }
    return y == x ? Operations.changed(op, y, x) : Operations.passed(op, y, x);
  }

  /** The same as a part of an operation that passes that point itself, with its options. */
  UnaryOp part() {
    part = true;
    return this;
  }

  /** Whether the derivative needs the input, so that f(x) must not overwrite it. */
  boolean keepsInput() {
    return derivative.keep() == Keep.INPUT;
  }

  /** What the derivative is written in. */
  Tensor[] kept(Tensor x, Tensor y) {
    if (derivative.keep() == Keep.NOTHING) {
      return Graph.none();
    }
    return Graph.tensors(keepsInput() ? x : y);
  }

  Graph.SingleBackward backward() {
    BinaryOperator<Tensor> formula = derivative.formula();
    return derivative.keep() == Keep.NOTHING
        ? (c, g) -> formula.apply(g, g)
        : (c, g) -> formula.apply(g, c.saved(0));
  }

  /** y = f(x) without a graph; y may be x. */
  void compute(Tensor x, Tensor y) {
    if (y.dtype() == DType.FLOAT32) {
      Tensor source = x.cast(DType.FLOAT32);
      float[] a = source.storage.floats();
      float[] b = y.storage.floats();
      if (source.layout.contiguous && y.layout.contiguous && y.numel() < Iteration.CHUNK) {
        f32.apply(a, source.layout.offset, b, y.layout.offset, y.numel());
        return;
      }
      Iteration it = Iteration.over(y.layout.shape, source.layout, y.layout);
      int as = it.step(0);
      int bs = it.step(1);
      it.forEach((o, n) -> FloatLoops.unary(f32, a, o[0], as, b, o[1], bs, n));
    } else if (y.dtype() == DType.FLOAT64) {
      double[] a = x.storage.doubles();
      double[] b = y.storage.doubles();
      if (x.layout.contiguous && y.layout.contiguous && y.numel() < Iteration.CHUNK) {
        f64.apply(a, x.layout.offset, b, y.layout.offset, y.numel());
        return;
      }
      Iteration it = Iteration.over(y.layout.shape, x.layout, y.layout);
      int as = it.step(0);
      int bs = it.step(1);
      it.forEach((o, n) -> DoubleLoops.unary(f64, a, o[0], as, b, o[1], bs, n));
    } else {
      Tensor source = x.cast(DType.INT64).contiguous();
      long[] result = new long[y.numel()];
      LongLoops.Unary f = i64;
      if (f != null) {
        f.apply(source.storage.longs(), source.layout.offset, result, 0, result.length);
      }
      Tensor whole = Tensor.of(result, y.layout.shape);
      Copies.copy(whole.layout, whole.storage, y.layout, y.storage);
    }
  }
}
