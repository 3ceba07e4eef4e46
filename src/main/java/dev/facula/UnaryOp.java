package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.kernel.FloatingKernels;
import dev.facula.internal.kernel.LongArithmetic;
import dev.facula.internal.kernel.Loops;
import dev.facula.internal.kernel.UnaryKernels;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** An elementwise function of one operand: kernels and derivative, a row of {@link UnaryOps}. */
final class UnaryOp {
  private final String name;
  private final Loops.Unary<UnaryKernels<Object>> floating;
  private final @Nullable LongUnaryOperator integer;
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
   * @param integer the function of integers; null if they are computed as float32
   */
  UnaryOp(
      String name,
      Loops.Unary<UnaryKernels<Object>> floating,
      @Nullable LongUnaryOperator integer,
      Derivative derivative) {
    this.name = name;
    this.floating = floating;
    this.integer = integer;
    this.derivative = derivative;
  }

  String name() {
    return name;
  }

  Tensor apply(Tensor x) {
    DType given = Objects.requireNonNull(x, "input").dtype();
    DType dtype = integer == null ? Promotion.floating(given) : given;
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
    if (!y.isFloatingPoint()) {
      integers(x, y);
      return;
    }
    if (Reduced.is(y)) {
      Tensor wide = Tensor.empty(DType.FLOAT32, MemoryOrder.like(y.layout));
      compute(x, wide);
      Copies.copy(wide.layout, wide.storage, y.layout, y.storage);
      return;
    }
    FloatingKernels<Object> k = Types.floating(y.dtype());
    Tensor source = x.cast(y.dtype());
    Object a = source.storage.array();
    Object b = y.storage.array();
    if (source.layout.contiguous && y.layout.contiguous && y.numel() < Iteration.CHUNK) {
      floating.apply(k.unary(), a, source.layout.offset, b, y.layout.offset, y.numel());
      return;
    }
    Iteration it = Iteration.over(y.layout.shape, source.layout, y.layout);
    int as = it.step(0);
    int bs = it.step(1);
    it.forEach(
        (o, n) -> Loops.unary(k.elements(), k.unary(), floating, a, o[0], as, b, o[1], bs, n));
  }

  private void integers(Tensor x, Tensor y) {
    Tensor source = x.cast(DType.INT64).contiguous();
    long[] result = new long[y.numel()];
    LongUnaryOperator f = integer;
    if (f != null) {
      LongArithmetic.map(f, source.storage.longs(), source.layout.offset, result, 0, result.length);
    }
    Tensor whole = Tensor.of(result, y.layout.shape);
    Copies.copy(whole.layout, whole.storage, y.layout, y.storage);
  }
}
