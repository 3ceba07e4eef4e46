package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.ArithmeticKernels;
import dev.facula.internal.kernel.BinaryKernels;
import dev.facula.internal.kernel.FloatingKernels;
import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.kernel.Loops;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An elementwise function of two operands: kernels and derivatives, a row of {@link BinaryOps}. */
final class BinaryOp {
  private final String name;
  private final Loops.@Nullable Binary<BinaryKernels<Object>> floating;
  private final Loops.@Nullable Binary<ArithmeticKernels<Object>> integer;
  private final @Nullable Partial byA;
  private final @Nullable Partial byB;
  private boolean part;

  /** The gradient of one operand, and which operands its formula reads. */
  static final class Partial {
    private final boolean usesA;
    private final boolean usesB;
    private final Formula formula;

    Partial(boolean usesA, boolean usesB, Formula formula) {
      this.usesA = usesA;
      this.usesB = usesB;
      this.formula = formula;
    }
  }

  /** The operands are the saved ones; where a formula does not use one it is the gradient. */
  interface Formula {
    Tensor apply(Tensor g, Tensor a, Tensor b);
  }

  /**
   * A row.
   *
   * @param floating the loop over floating-point numbers; null if there is none
   * @param integer the loop over integers; null if they are computed as float32
   * @param byA the derivative by the first operand; null: not differentiable
   */
  BinaryOp(
      String name,
      Loops.@Nullable Binary<BinaryKernels<Object>> floating,
      Loops.@Nullable Binary<ArithmeticKernels<Object>> integer,
      @Nullable Partial byA,
      @Nullable Partial byB) {
    this.name = name;
    this.floating = floating;
    this.integer = integer;
    this.byA = byA;
    this.byB = byB;
  }

  String name() {
    return name;
  }

  /** The type of the result for these operands. */
  DType resultType(Tensor a, Tensor b) {
    DType common = Promotion.of(a, b);
    return integer == null ? Promotion.floating(common) : common;
  }

  Tensor apply(Tensor a, Tensor b) {
    Tensor y = value(a, b);
    if (Graph.wanted(a, b)) {
      record(a, b, y);
    }
    return Operations.watched() ? passed(name, y, a, b) : y;
  }

  /** Passes the point of all operations, unless this is a part of one that does. */
  Tensor passed(String op, Tensor y, Tensor a, Tensor b) {
    if (part) {
      return y;
    }
    return y == a ? Operations.changed(op, y, a, b) : Operations.passed(op, y, a, b);
  }

  /** The same as a part of an operation that passes that point itself, with its options. */
  BinaryOp part() {
    part = true;
    return this;
  }

  /**
   * The same for a gradient that the derivative at work does not need again: without a graph the
   * result takes its memory where it may.
   */
  Tensor applyLast(Tensor g, Tensor b) {
    if (!g.reusable || !g.layout.sameShape(b.layout) || resultType(g, b) != g.dtype()) {
      return apply(g, b);
    }
    Tensor y = new Tensor(g.storage, g.layout);
    compute(g, b, y);
    return Operations.watched() ? passed(name, y, g, b) : y;
  }

  /** The result without a graph. */
  Tensor value(Tensor a, Tensor b) {
    Layout other = Objects.requireNonNull(b, "other").layout;
    int[] shape = Shapes.broadcast(name, a.layout.shape, other.shape);
    Tensor y = Tensor.empty(resultType(a, b), MemoryOrder.of(name, shape, a.layout, other));
    compute(a, b, y);
    return y;
  }

  /** Whether f(a, b) may overwrite a: the derivatives that are wanted exist and do not read it. */
  boolean overwritesFirst(Tensor a, Tensor b) {
    return (!a.requiresGrad() || byA != null && !byA.usesA)
        && (!b.requiresGrad() || byB != null && !byB.usesA);
  }

  /** Makes y, the result or a itself with the result in it, part of the graph. */
  Tensor record(Tensor a, Tensor b, Tensor y) {
    Partial pa = a.requiresGrad() ? byA : null;
    Partial pb = b.requiresGrad() ? byB : null;
    if (pa == null && pb == null) {
      return y;
    }
    boolean keepA = pa != null && pa.usesA || pb != null && pb.usesA;
    boolean keepB = pa != null && pa.usesB || pb != null && pb.usesB;
    Tensor[] saved =
        keepA
            ? keepB ? Graph.tensors(a, b) : Graph.tensors(a)
            : keepB ? Graph.tensors(b) : Graph.none();
    int[] shapeA = a.layout.shape;
    int[] shapeB = b.layout.shape;
    DType typeA = a.dtype();
    DType typeB = b.dtype();
    return Graph.record(
        y,
        name,
        Graph.tensors(a, b),
        saved,
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor first = keepA ? c.saved(0) : g;
          Tensor second = keepB ? c.saved(keepA ? 1 : 0) : g;
          return new Tensor[] {
            pa == null ? null : pa.formula.apply(g, first, second).sumToSize(shapeA).to(typeA),
            pb == null ? null : pb.formula.apply(g, first, second).sumToSize(shapeB).to(typeB)
          };
        });
  }

  /** y = f(a, b) without a graph; y may be a or b, or overlap neither. */
  void compute(Tensor a, Tensor b, Tensor y) {
    DType dtype = y.dtype();
    DType wide = Types.computed(dtype);
    Tensor ta = a.cast(wide);
    Tensor tb = b.cast(wide);
    Tensor result = wide == dtype ? y : Tensor.empty(wide, MemoryOrder.like(y.layout));
    if (wide.isFloatingPoint()) {
      FloatingKernels<Object> k = Types.floating(wide);
      run(k, k.binary(), defined(floating, dtype), ta, tb, result);
    } else {
      Kernels<Object> k = Types.kernels(wide);
      run(k, k.arithmetic(), defined(integer, dtype), ta, tb, result);
    }
    if (result != y) {
      Copies.copy(result.layout, result.storage, y.layout, y.storage);
    }
  }

  private static <K> void run(
      Kernels<Object> all, K k, Loops.Binary<K> f, Tensor a, Tensor b, Tensor y) {
    Object p = a.storage.array();
    Object q = b.storage.array();
    Object r = y.storage.array();
    if (aligned(a, b, y)) {
      int po = a.layout.offset;
      int qo = b.layout.offset;
      Loops.binary(all, k, f, p, po, 1, q, qo, step(b, y), r, y.layout.offset, 1, y.numel());
      return;
    }
    Iteration it = Iteration.over(y.layout.shape, a.layout, b.layout, y.layout);
    int ps = it.step(0);
    int qs = it.step(1);
    int rs = it.step(2);
    if (ps == 1 && qs == 1 && rs == 1 && all.fastAnywhere()) {
      it.forEach((o, n) -> f.apply(k, p, o[0], q, o[1], r, o[2], n));
      return;
    }
    it.forEach((o, n) -> Loops.binary(all, k, f, p, o[0], ps, q, o[1], qs, r, o[2], rs, n));
  }

  private <K> Loops.Binary<K> defined(Loops.@Nullable Binary<K> f, DType dtype) {
    if (f == null) {
      throw new DTypeException(name + ": not defined for " + dtype);
    }
    return f;
  }

  /** Whether one loop on this thread does it all, over two tensors or a tensor and a number. */
  private static boolean aligned(Tensor a, Tensor b, Tensor y) {
    return y.layout.numel < Iteration.CHUNK
        && a.layout.contiguous
        && b.layout.contiguous
        && y.layout.contiguous
        && a.layout.numel == y.layout.numel
        && (b.layout.numel == y.layout.numel || b.layout.numel == 1);
  }

  private static int step(Tensor b, Tensor y) {
    return b.layout.numel < y.layout.numel ? 0 : 1;
  }
}
