package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a table looked up by index; the gradient adds up in the rows that were looked up. */
final class Embeddings {
  private Embeddings() {}

  static Tensor embedding(Tensor index, Tensor weight, EmbeddingOptions o) {
    if (weight.dim() != 2) {
      throw new ShapeException(
          "embedding: expects a weight [rows, features], got "
              + Shapes.format(weight.layout.shape));
    }
    if (!weight.isFloatingPoint()) {
      throw new DTypeException("embedding: needs a floating-point table, was " + weight.dtype());
    }
    int rows = weight.size(0);
    long[] at = indices(index, rows);
    int padding = padding(o.paddingIdx, rows);
    if (o.maxNorm != null) {
      shorten(weight, at, o.maxNorm, o.normType);
    }
    int width = weight.size(1);
    Tensor y =
        Positions.take(
            "embedding",
            weight,
            (from, n, to) -> {
              for (int i = 0; i < n; i++) {
                to[i] = (int) at[from + i] * width;
              }
            },
            Math.max(width, 1),
            1,
            new int[] {at.length, width});
    if (Graph.wanted(weight) && (padding >= 0 || o.scaleGradByFreq)) {
      Tensor factor = factors(at, rows, padding, o.scaleGradByFreq).to(y.dtype());
      y =
          Graph.record(
              y.detach(), "embedding", y, Graph.tensors(factor), (c, g) -> g.mul(c.saved(0)));
    }
    return y.view(Shapes.concat(index.layout.shape, width));
  }

  private static long[] indices(Tensor index, int rows) {
    if (!Objects.requireNonNull(index, "input").dtype().isInteger()) {
      throw new DTypeException("embedding: the index must be int64 or int32, was " + index.dtype());
    }
    long[] at = index.toLongArray();
    for (long i : at) {
      if (i < 0 || i >= rows) {
        throw new ShapeException(
            "embedding: index " + i + " is out of range for a table of " + rows + " rows");
      }
    }
    return at;
  }

  /** What the gradient of each row that was looked up is multiplied by. */
  private static Tensor factors(long[] at, int rows, int padding, boolean byFrequency) {
    int[] count = new int[rows];
    for (long i : at) {
      count[(int) i]++;
    }
    double[] factor = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      factor[i] = at[i] == padding ? 0 : byFrequency ? 1.0 / count[(int) at[i]] : 1;
    }
    return Tensor.of(factor, at.length, 1);
  }

  /** The row that receives no gradient, or -1. */
  private static int padding(@Nullable Integer paddingIdx, int rows) {
    if (paddingIdx == null) {
      return -1;
    }
    if (paddingIdx < -rows || paddingIdx >= rows) {
      throw new IllegalArgumentException(
          "embedding: paddingIdx must lie within the table of %s rows, was %s"
              .formatted(rows, paddingIdx));
    }
    return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  }

  /** Scales the rows that are looked up down to a norm, in place. */
  private static void shorten(Tensor weight, long[] at, double maxNorm, double normType) {
    boolean before = Graph.setRecording(false);
    try {
      boolean[] done = new boolean[weight.size(0)];
      for (long i : at) {
        if (!done[(int) i]) {
          done[(int) i] = true;
          Tensor row = weight.select(0, (int) i);
          double norm = row.norm(normType).item();
          if (norm > maxNorm) {
            row.mul_(maxNorm / (norm + 1e-7));
          }
        }
      }
    } finally {
      Graph.setRecording(before);
    }
  }
}
