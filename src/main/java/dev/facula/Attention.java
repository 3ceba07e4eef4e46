package dev.facula;

import dev.facula.internal.kernel.AttentionKernels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scaled dot-product attention. */
final class Attention {
  private Attention() {}

  static Tensor attention(Tensor query, Tensor key, Tensor value, AttentionOptions o) {
    Tensor mask = o.attnMask;
    double dropout = o.dropoutP;
    boolean causal = o.isCausal;
    AttentionChecks.operands(query, key, value);
    if (Reduced.is(query)) {
      return Reduced.apply(t -> attention(t[0], t[1], t[2], o), query, key, value);
    }
    if (mask != null) {
      AttentionChecks.mask(query, key, value, mask, causal, dropout);
    }
    double factor = o.scale == null ? 1 / Math.sqrt(query.size(-1)) : o.scale;
    if (mask == null && dropout == 0 && suits(query, key, value)) {
      return fused(query, key, value, factor, causal);
    }
    Tensor y = composed(query, key, value, mask, dropout, causal, factor);
    return dropout == 0 && suits(query, key, value) && keepsOrder(query, value)
        ? Copies.asIn(y, query)
        : y;
  }

  /**
   * Whether the result has the memory order of the query: PyTorch's fused kernel keeps its order.
   */
  private static boolean keepsOrder(Tensor query, Tensor value) {
    return query.dim() == 4
        && query.size(-1) == value.size(-1)
        && query.layout.strides[3] == 1
        && !query.layout.repeats();
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
    if (mask != null) {
      scores = scores.add(additive(mask, scores.dtype()));
    }
    if (causal) {
      scores = scores.add(additive(causal(scores.size(-2), scores.size(-1)), scores.dtype()));
    }
    Tensor weights = Softmax.ofOpenRows(scores);
    return dropped(weights, dropout).matmul(value);
  }

  private static Tensor dropped(Tensor weights, double p) {
    return Dropouts.dropout("dropout", weights, p, true, weights.dim(), Generator.current());
  }

  /** A mask as what is added to the scores: a NaN in a key stays one, as in PyTorch. */
  private static Tensor additive(Tensor mask, DType dtype) {
    return mask.dtype() == DType.BOOL
        ? Tensor.where(
            mask, Tensor.scalar(dtype, 0), Tensor.scalar(dtype, Double.NEGATIVE_INFINITY))
        : mask;
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
    Tensor q = rows(query);
    Tensor k = rows(key);
    Tensor v = rows(value);
    int[] shape = q.layout.shape.clone();
    shape[shape.length - 1] = v.size(-1);
    Tensor y = keepsOrder(query, value) ? like(q, shape, false) : Tensor.empty(q.dtype(), shape);
    AttentionKernels.Shape s = shape(q, k, v, factor, causal);
    kernels(q).forward(s, operand(q), operand(k), operand(v), operand(y));
    Tensor[] operands = {query, key, value};
    if (!Graph.wanted(operands)) {
      return y;
    }
    return Graph.record(
        y,
        "scaledDotProductAttention",
        operands,
        Graph.tensors(query, key, value, q, k, v), // copies if their rows have strides
        (context, gs) -> {
          if (Graph.recording()) {
            return Recurrent.again(
                context,
                gs,
                3,
                o -> List.of(composed(o.get(0), o.get(1), o.get(2), null, 0, causal, factor)));
          }
          context.check();
          Tensor g = rows(Graph.defined(gs));
          Tensor dq = like(q, q.layout.shape, false);
          Tensor dk = like(k, k.layout.shape, true);
          Tensor dv = like(v, v.layout.shape, true);
          kernels(q)
              .backward(
                  s,
                  operand(g),
                  operand(q),
                  operand(k),
                  operand(v),
                  operand(dq),
                  operand(dk),
                  operand(dv));
          return new Tensor[] {
            context.needs(0) ? dq : null, context.needs(1) ? dk : null, context.needs(2) ? dv : null
          };
        });
  }

  /** The values of x, whose last dimension is contiguous. */
  private static Tensor rows(Tensor x) {
    Tensor values = x.detach();
    int last = x.dim() - 1;
    return x.layout.strides[last] == 1 || x.layout.shape[last] == 1 ? values : values.contiguous();
  }

  /**
   * A tensor with the memory order of x, but with the last dimension innermost: heads that are a
   * view of a sequence [batch, steps, features] give a result that is one, too.
   */
  private static Tensor like(Tensor x, int[] shape, boolean zeros) {
    int rank = shape.length;
    Integer[] order = new Integer[rank - 1];
    Arrays.setAll(order, d -> d);
    Arrays.sort(order, (a, b) -> Integer.compare(x.layout.strides[b], x.layout.strides[a]));
    int[] memory = new int[rank];
    int[] back = new int[rank];
    for (int d = 0; d < rank - 1; d++) {
      memory[d] = shape[order[d]];
      back[order[d]] = d;
    }
    memory[rank - 1] = shape[rank - 1];
    back[rank - 1] = rank - 1;
    Tensor y = zeros ? Tensor.zeros(x.dtype(), memory) : Tensor.empty(x.dtype(), memory);
    return new Tensor(y.storage, y.layout.permute(back));
  }

  private static AttentionKernels<Object> kernels(Tensor x) {
    return Types.floating(x.dtype()).attention();
  }

  private static AttentionKernels.Shape shape(
      Tensor q, Tensor k, Tensor v, double factor, boolean causal) {
    return new AttentionKernels.Shape(
        heads(q), q.size(-2), k.size(-2), q.size(-1), v.size(-1), factor, causal);
  }

  private static AttentionKernels.Operand<Object> operand(Tensor x) {
    return new AttentionKernels.Operand<>(
        x.storage.array(), offsets(x), x.layout.strides[x.dim() - 2]);
  }

  private static int heads(Tensor x) {
    return x.numel() / (x.size(-2) * x.size(-1));
  }

  /** Where the matrices of the last two dimensions begin. */
  private static int[] offsets(Tensor x) {
    int[] offsets = new int[heads(x)];
    for (int i = 0; i < offsets.length; i++) {
      int rest = i;
      offsets[i] = x.layout.offset;
      for (int d = x.dim() - 3; d >= 0; d--) {
        offsets[i] += rest % x.layout.shape[d] * x.layout.strides[d];
        rest /= x.layout.shape[d];
      }
    }
    return offsets;
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
