package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.Backend;
import dev.facula.internal.kernel.ReducedLinear;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Matrix products: transposed operands are not copied. */
final class MatMul {
  private MatMul() {}

  static Tensor mm(Tensor a, Tensor b) {
    if (Objects.requireNonNull(b, "other").dim() != 2 || a.dim() != 2) {
      throw Shapes.error(
          "mm: expects two matrices, got shapes %s and %s", a.layout.shape, b.layout.shape);
    }
    requireInner("mm", a, b);
    return product("mm", a, b);
  }

  static Tensor bmm(Tensor a, Tensor b) {
    if (Objects.requireNonNull(b, "other").dim() != 3 || a.dim() != 3 || a.size(0) != b.size(0)) {
      throw Shapes.error(
          "bmm: expects two batches of as many matrices, got shapes %s and %s",
          a.layout.shape, b.layout.shape);
    }
    requireInner("bmm", a, b);
    return product("bmm", a, b);
  }

  static Tensor matmul(Tensor a, Tensor b) {
    if (Reduced.are(a, Objects.requireNonNull(b, "other"))) {
      return Reduced.apply(t -> matmul(t[0], t[1]), a, b);
    }
    int ra = a.dim();
    int rb = Objects.requireNonNull(b, "other").dim();
    if (ra == 0 || rb == 0) {
      throw Shapes.error(
          "matmul: both operands need at least one dimension, got shapes %s and %s",
          a.layout.shape, b.layout.shape);
    }
    if (ra == 1 || rb == 1) {
      Tensor p = ra == 1 ? a.unsqueeze(0) : a;
      Tensor q = rb == 1 ? b.unsqueeze(1) : b;
      Tensor y = matmul(p, q);
      y = rb == 1 ? y.squeeze(-1) : y;
      return ra == 1 ? y.squeeze(rb == 1 ? -1 : -2) : y;
    }
    requireInner("matmul", a, b);
    if (ra == 2 && rb == 2) {
      return product("matmul", a, b);
    }
    if (rb == 2) {
      // one tall product instead of many
      int[] shape = a.layout.shape.clone();
      shape[ra - 1] = b.size(1);
      return product("matmul", a.reshape(rowsOf(a), a.size(-1)), b).view(shape);
    }
    int[] batch =
        Shapes.broadcast(
            "matmul", Arrays.copyOf(a.layout.shape, ra - 2), Arrays.copyOf(b.layout.shape, rb - 2));
    int count = Shapes.numel("matmul", batch);
    Tensor p = a.expand(Shapes.concat(batch, a.size(-2), a.size(-1)));
    Tensor q = b.expand(Shapes.concat(batch, b.size(-2), b.size(-1)));
    Tensor y =
        product(
            "matmul",
            p.reshape(count, a.size(-2), a.size(-1)),
            q.reshape(count, b.size(-2), b.size(-1)));
    return y.view(Shapes.concat(batch, a.size(-2), b.size(-1)));
  }

  private static int rowsOf(Tensor a) {
    int[] leading = Arrays.copyOf(a.layout.shape, a.dim() - 1);
    return Shapes.checked("matmul", "the number of rows", Shapes.product(leading));
  }

  private static void requireInner(String op, Tensor a, Tensor b) {
    if (a.size(-1) != b.size(-2)) {
      throw Shapes.error(
          "%s: inner dimensions differ: %s x %s (%s != %s)",
          op, a.layout.shape, b.layout.shape, a.size(-1), b.size(-2));
    }
    if (a.dtype() == DType.BOOL && b.dtype() == DType.BOOL && a.numel() > 0 && b.numel() > 0) {
      throw new DTypeException(
          op + ": operands of bool cannot be multiplied; convert them with to(INT64)");
    }
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "%s: operands of types %s and %s cannot be multiplied; convert one with to()"
              .formatted(op, a.dtype(), b.dtype()));
    }
  }

  /** The product of two matrices or of two batches of them, differentiable. */
  private static Tensor product(String op, Tensor a, Tensor b) {
    if (Reduced.is(a)) {
      return Reduced.apply(t -> product(op, t[0], t[1]), a, b);
    }
    Tensor y = value(a, b);
    if (!Graph.wanted(a, b)) {
      return y;
    }
    return Graph.record(
        y,
        op,
        Graph.tensors(a, b),
        Graph.tensors(a, b),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          return new Tensor[] {
            c.needs(0) ? product(op, g, c.saved(1).transpose(-2, -1)) : null,
            c.needs(1) ? product(op, c.saved(0).transpose(-2, -1), g) : null
          };
        });
  }

  /** y = x wᵀ + b in one product: the bias is what the product is added to. */
  static Tensor linear(Tensor x, Tensor w, @Nullable Tensor b) {
    int last = Objects.requireNonNull(w, "weight").dim() - 1;
    if (last != 0 && last != 1 || b != null && b.dim() > 1) {
      throw new ShapeException(
          "linear: expects a weight [out, in] and a bias [out], got "
              + Shapes.format(w.layout.shape)
              + (b == null ? "" : " and " + Shapes.format(b.layout.shape)));
    }
    if (x.dim() == 0 || x.size(-1) != w.size(last)) {
      throw Shapes.error(
          "linear: inner dimensions differ: input %s, weight %s%s",
          x.layout.shape,
          w.layout.shape,
          x.dim() == 0 ? "" : " (" + x.size(-1) + " != " + w.size(last) + ")");
    }
    if (x.dtype() != w.dtype() || b != null && b.dtype() != w.dtype()) {
      throw new DTypeException(
          "linear: input %s, weight %s%s differ in type; convert with to()"
              .formatted(x.dtype(), w.dtype(), b == null ? "" : " and bias " + b.dtype()));
    }
    if (last == 0 || !x.isFloatingPoint() || b != null && b.numel() != w.size(0)) {
      Tensor y = x.matmul(w.t());
      return b == null ? y : y.add(b);
    }
    int[] shape = x.layout.shape.clone();
    shape[shape.length - 1] = w.size(0);
    Tensor rows = x.dim() == 2 ? x : x.reshape(rowsOf(x), x.size(-1));
    if (b == null && !Reduced.is(x)) {
      Tensor y = product("linear", rows, w.t());
      return x.dim() == 2 ? y : y.view(shape);
    }
    return affine(rows, w, b == null || b.dim() == 1 ? b : b.reshape(1), shape);
  }

  /** x wᵀ + b for rows x, in the shape of the layer's result. */
  private static Tensor affine(Tensor x, Tensor w, @Nullable Tensor b, int[] shape) {
    Tensor y = Tensor.empty(x.dtype(), shape);
    if (b == null || Reduced.is(x)) {
      setReducedLinear(x, w.detach().contiguous(), b, y);
    } else {
      setLinear(x, w.detach().t(), b.detach().contiguous(), y);
    }
    if (b == null ? !Graph.wanted(x, w) : !Graph.wanted(x, w, b)) {
      return y;
    }
    boolean biased = b != null;
    return Graph.record(
        y,
        "linear",
        b == null ? Graph.tensors(x, w) : Graph.tensors(x, w, b),
        Graph.tensors(x, w),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          if (g.dim() != 2) {
            g = g.reshape(-1, w.size(0));
          }
          Tensor dx = c.needs(0) ? product("linear", g, c.saved(1)) : null;
          Tensor dw = c.needs(1) ? product("linear", g.t(), c.saved(0)) : null;
          return biased
              ? new Tensor[] {dx, dw, c.needs(2) ? g.sum(0) : null}
              : new Tensor[] {dx, dw};
        });
  }

  /** Whether the last two dimensions can be read as rows with one stride. */
  private static boolean rowsAdjacent(Layout l) {
    int r = l.rank();
    int columns = l.shape[r - 1];
    return (l.strides[r - 1] == 1 || columns == 1)
        && (l.strides[r - 2] >= Math.max(columns, 1) || l.shape[r - 2] == 1);
  }

  private static Layout swapped(Layout l) {
    int[] order = Shapes.range(l.rank());
    int r = order.length;
    order[r - 1] = r - 2;
    order[r - 2] = r - 1;
    return l.permute(order);
  }

  private static Tensor value(Tensor a, Tensor b) {
    int r = a.dim();
    int m = a.size(-2);
    int k = a.size(-1);
    int n = b.size(-1);
    int batch = r == 3 ? a.size(0) : 1;
    int[] shape = r == 3 ? new int[] {batch, m, n} : new int[] {m, n};
    if (k == 0) {
      return Tensor.zeros(a.dtype(), shape);
    }
    Tensor y = Tensor.empty(a.dtype(), shape);
    if (a.isFloatingPoint()) {
      setProduct(a, b, y);
    } else {
      integers(a, b, y, batch, m, k, n);
    }
    return y;
  }

  /**
   * y = x wᵀ + b for types of 16 bits, contiguous w and y: the weights are not widened as a whole.
   */
  private static void setReducedLinear(Tensor x, Tensor w, @Nullable Tensor b, Tensor y) {
    int m = x.size(0);
    int n = w.size(0);
    int k = w.size(1);
    Tensor sums = Tensor.zeros(DType.FLOAT32, m, n);
    if (b != null) {
      Copies.copy(b.layout, b.storage, sums.layout, sums.storage);
    }
    if (sums.numel() > 0 && k > 0) {
      Tensor rows = x.detach().cast(DType.FLOAT32).contiguous();
      ReducedLinear.add(
          Backend.F32.matmul(),
          (from, to, count) -> Copies.widen(w.storage, w.layout.offset + from, to, 0, count),
          dot(w),
          m,
          n,
          k,
          rows.storage.floats(),
          rows.layout.offset,
          k,
          sums.storage.floats());
    }
    Copies.convert(sums.storage, 0, y.storage, y.layout.offset, y.numel());
  }

  private static ReducedLinear.Dot dot(Tensor w) {
    short[] a = w.storage.shorts();
    int at = w.layout.offset;
    return w.dtype() == DType.BFLOAT16
        ? (from, x, xo, n) -> Backend.REDUCED.dotBfloat16(a, at + from, x, xo, n)
        : (from, x, xo, n) -> Backend.REDUCED.dotFloat16(a, at + from, x, xo, n);
  }

  /** y = x w + b for contiguous y. */
  private static void setLinear(Tensor x, Tensor w, Tensor b, Tensor y) {
    int m = x.size(0);
    int k = x.size(1);
    int n = w.size(1);
    Operand p = new Operand(x);
    Operand q = new Operand(w);
    Types.floating(x.dtype())
        .matmul()
        .linear(
            p.transposed,
            q.transposed,
            m,
            n,
            k,
            p.x.storage.array(),
            p.x.layout.offset,
            p.ld,
            q.x.storage.array(),
            q.x.layout.offset,
            q.ld,
            b.storage.array(),
            b.layout.offset,
            y.storage.array());
  }

  /** y = a b for contiguous y. */
  private static void setProduct(Tensor a, Tensor b, Tensor y) {
    int r = a.dim();
    int m = a.size(-2);
    int k = a.size(-1);
    int n = b.size(-1);
    int batch = r == 3 ? a.size(0) : 1;
    if (y.numel() == 0) {
      return;
    }
    Operand p = new Operand(a);
    Operand q = new Operand(b);
    Types.floating(a.dtype())
        .matmul()
        .gemmBatched(
            batch,
            p.transposed,
            q.transposed,
            m,
            n,
            k,
            p.x.storage.array(),
            p.x.layout.offset,
            p.step,
            p.ld,
            q.x.storage.array(),
            q.x.layout.offset,
            q.step,
            q.ld,
            0,
            y.storage.array(),
            0,
            m * n,
            n);
  }

  /**
   * An operand as the kernel takes it; copied only if neither it nor its transpose has contiguous
   * rows.
   */
  private static final class Operand {
    final Tensor x;
    final boolean transposed;
    final int ld;
    final int step;

    Operand(Tensor t) {
      Tensor x = t.detach();
      Layout l = x.layout;
      boolean transposed = false;
      if (!rowsAdjacent(l)) {
        if (rowsAdjacent(swapped(l))) {
          transposed = true;
          l = swapped(l);
        } else {
          x = x.contiguous();
          l = x.layout;
        }
      }
      int r = l.rank();
      this.x = x;
      this.transposed = transposed;
      ld = l.shape[r - 2] == 1 ? Math.max(l.shape[r - 1], 1) : l.strides[r - 2];
      step = r == 3 ? l.strides[0] : 0;
    }
  }

  private static void integers(Tensor a, Tensor b, Tensor y, int batch, int m, int k, int n) {
    long[] p = a.toLongArray();
    long[] q = b.toLongArray();
    for (int s = 0; s < batch; s++) {
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          long sum = 0;
          for (int l = 0; l < k; l++) {
            sum += p[(s * m + i) * k + l] * q[(s * k + l) * n + j];
          }
          y.storage.setLong((s * m + i) * n + j, sum);
        }
      }
    }
  }
}
