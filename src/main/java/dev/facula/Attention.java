package dev.facula;

import java.util.Arrays;
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

  /** Each place sees itself and what is before it. */
  private static Tensor causal(int rows, int columns) {
    boolean[] seen = new boolean[rows * columns];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(seen, i * columns, i * columns + Math.min(i + 1, columns), true);
    }
    return Tensor.of(seen, rows, columns);
  }
}
