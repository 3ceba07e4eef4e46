package dev.facula;

import dev.facula.internal.kernel.DoubleAttention;
import dev.facula.internal.kernel.FloatAttention;
import dev.facula.internal.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scaled dot-product attention. */
final class Attention {
  private Attention() {}

  static Tensor attention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor mask,
      double dropout,
      boolean causal,
      @Nullable Double scale) {
    String op = "scaledDotProductAttention";
    if (query.dim() < 2 || key.dim() < 2 || value.dim() < 2) {
      throw new ShapeException(
          op
              + ": query, key and value need at least 2 dimensions, got shapes "
              + Shapes.format(query.layout.shape)
              + ", "
              + Shapes.format(key.layout.shape)
              + ", "
              + Shapes.format(value.layout.shape));
    }
    if (causal && mask != null) {
      throw new IllegalArgumentException(op + ": give either a mask or causal, not both");
    }
    int n = query.size(-1);
    if (n != key.size(-1) || key.size(-2) != value.size(-2)) {
      throw new ShapeException(
          op
              + ": the last dimensions of query and key must be equal, and so must be the lengths"
              + " of key and value; got shapes "
              + Shapes.format(query.layout.shape)
              + ", "
              + Shapes.format(key.layout.shape)
              + ", "
              + Shapes.format(value.layout.shape));
    }
    double factor = scale == null ? 1 / Math.sqrt(n) : scale;
    if (mask == null && dropout == 0 && suits(query, key, value)) {
      return fused(query, key, value, factor, causal);
    }
    return composed(query, key, value, mask, dropout, causal, factor);
  }

  /** As the formula has it. */
  private static Tensor composed(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor mask,
      double dropout,
      boolean causal,
      double factor) {
    Tensor scores = query.mul(factor).matmul(key.transpose(-2, -1));
    Tensor bias = causal ? causal(scores.size(-2), scores.size(-1)) : mask;
    if (bias != null) {
      scores =
          bias.dtype() == DType.BOOL
              ? Tensor.where(bias, scores, Tensor.scalar(scores.dtype(), Double.NEGATIVE_INFINITY))
              : scores.add(bias);
    }
    Tensor weights = scores.softmax(-1);
    if (bias != null) {
      // a row in which nothing is allowed attends to nothing
      Tensor closed = scores.detach().amax(new int[] {-1}, true).eq(Double.NEGATIVE_INFINITY);
      weights = Tensor.where(closed, Tensor.scalar(weights.dtype(), 0), weights);
    }
    return (dropout > 0 ? Functional.dropout(weights, dropout, true) : weights).matmul(value);
  }

  /** Whether there is one key and value for each query, and something to do. */
  private static boolean suits(Tensor query, Tensor key, Tensor value) {
    int r = query.dim();
    boolean fits =
        key.dim() == r
            && value.dim() == r
            && query.isFloatingPoint()
            && query.dtype() == key.dtype()
            && query.dtype() == value.dtype()
            && query.numel() > 0
            && key.numel() > 0
            && value.numel() > 0;
    for (int d = 0; fits && d < r - 2; d++) {
      fits = query.size(d) == key.size(d) && query.size(d) == value.size(d);
    }
    return fits;
  }

  /** In one operation, which keeps no scores. */
  private static Tensor fused(
      Tensor query, Tensor key, Tensor value, double factor, boolean causal) {
    Tensor q = query.detach().contiguous();
    Tensor k = key.detach().contiguous();
    Tensor v = value.detach().contiguous();
    int[] shape = q.layout.shape.clone();
    shape[shape.length - 1] = v.size(-1);
    Tensor y = Tensor.empty(q.dtype(), shape);
    int heads = q.numel() / (q.size(-2) * q.size(-1));
    if (q.dtype() == DType.FLOAT32) {
      kernel32(heads, q, k, v, factor, causal)
          .forward(
              q.storage.floats(),
              q.layout.offset,
              k.storage.floats(),
              k.layout.offset,
              v.storage.floats(),
              v.layout.offset,
              y.storage.floats(),
              0);
    } else {
      kernel64(heads, q, k, v, factor, causal)
          .forward(
              q.storage.doubles(),
              q.layout.offset,
              k.storage.doubles(),
              k.layout.offset,
              v.storage.doubles(),
              v.layout.offset,
              y.storage.doubles(),
              0);
    }
    Tensor[] operands = {query, key, value};
    if (!Graph.wanted(operands)) {
      return y;
    }
    return Graph.record(
        y,
        "scaledDotProductAttention",
        operands,
        operands,
        (context, gs) -> {
          if (Graph.recording()) {
            return Recurrent.again(
                context,
                gs,
                3,
                o -> List.of(composed(o.get(0), o.get(1), o.get(2), null, 0, causal, factor)));
          }
          for (int i = 0; i < 3; i++) {
            context.saved(i); // which checks that it is unchanged
          }
          Tensor g = Graph.defined(gs).detach().contiguous();
          Tensor dq = Tensor.empty(q.dtype(), q.layout.shape);
          Tensor dk = Tensor.empty(q.dtype(), k.layout.shape);
          Tensor dv = Tensor.empty(q.dtype(), v.layout.shape);
          if (q.dtype() == DType.FLOAT32) {
            kernel32(heads, q, k, v, factor, causal)
                .backward(
                    g.storage.floats(),
                    g.layout.offset,
                    q.storage.floats(),
                    q.layout.offset,
                    k.storage.floats(),
                    k.layout.offset,
                    v.storage.floats(),
                    v.layout.offset,
                    dq.storage.floats(),
                    dk.storage.floats(),
                    dv.storage.floats());
          } else {
            kernel64(heads, q, k, v, factor, causal)
                .backward(
                    g.storage.doubles(),
                    g.layout.offset,
                    q.storage.doubles(),
                    q.layout.offset,
                    k.storage.doubles(),
                    k.layout.offset,
                    v.storage.doubles(),
                    v.layout.offset,
                    dq.storage.doubles(),
                    dk.storage.doubles(),
                    dv.storage.doubles());
          }
          return new Tensor[] {
            context.needs(0) ? dq : null, context.needs(1) ? dk : null, context.needs(2) ? dv : null
          };
        });
  }

  private static FloatAttention kernel32(
      int heads, Tensor q, Tensor k, Tensor v, double factor, boolean causal) {
    return new FloatAttention(
        Kernels.F32, heads, q.size(-2), k.size(-2), q.size(-1), v.size(-1), (float) factor, causal);
  }

  private static DoubleAttention kernel64(
      int heads, Tensor q, Tensor k, Tensor v, double factor, boolean causal) {
    return new DoubleAttention(
        Kernels.F64, heads, q.size(-2), k.size(-2), q.size(-1), v.size(-1), factor, causal);
  }

  /** Each place sees itself and what is before it. */
  private static Tensor causal(int rows, int columns) {
    boolean[] seen = new boolean[rows * columns];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(seen, i * columns, i * columns + Math.min(i + 1, columns), true);
    }
    return Tensor.of(seen, rows, columns);
  }
}
