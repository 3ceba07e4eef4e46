package dev.facula;

import org.jspecify.annotations.Nullable;

/** Rows of a table looked up by index. */
final class Embeddings {
  private Embeddings() {}

  static Tensor embedding(
      Tensor index,
      Tensor weight,
      @Nullable Integer paddingIdx,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq) {
    if (weight.dim() != 2) {
      throw new ShapeException(
          "embedding: expects a weight [rows, features], got "
              + Shapes.format(weight.layout.shape));
    }
    int rows = weight.size(0);
    int[] at = Indexing.indices("embedding", index, rows);
    for (long i : index.toLongArray()) {
      if (i < 0) {
        throw new ShapeException(
            "embedding: index " + i + " is out of range for a table of " + rows + " rows");
      }
    }
    int padding = padding(paddingIdx, rows);
    if (maxNorm != null) {
      shorten(weight, at, maxNorm, normType);
    }
    int[] shape = Shapes.concat(index.layout.shape, weight.size(1));
    Tensor flat = index.reshape(-1);
    Tensor y = weight.indexSelect(0, flat);
    if (Graph.wanted(weight) && (padding >= 0 || scaleGradByFreq)) {
      double[] scale = new double[at.length];
      int[] count = new int[rows];
      for (int i : at) {
        count[i]++;
      }
      for (int i = 0; i < at.length; i++) {
        scale[i] = at[i] == padding ? 0 : scaleGradByFreq ? 1.0 / count[at[i]] : 1;
      }
      Tensor factor = Tensor.of(scale, at.length, 1).to(y.dtype());
      y = Graph.record(y.detach(), "embedding", y, Graph.none(), (c, g) -> g.mul(factor));
    }
    return y.view(shape);
  }

  /** The row that receives no gradient, or -1. */
  private static int padding(@Nullable Integer paddingIdx, int rows) {
    if (paddingIdx == null) {
      return -1;
    }
    if (paddingIdx < -rows || paddingIdx >= rows) {
      throw new IllegalArgumentException(
          "embedding: paddingIdx must lie within the table of "
              + rows
              + " rows, was "
              + paddingIdx);
    }
    return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  }

  /** Scales the rows that are looked up down to a norm, in place. */
  private static void shorten(Tensor weight, int[] at, double maxNorm, double normType) {
    boolean before = Graph.setRecording(false);
    try {
      boolean[] done = new boolean[weight.size(0)];
      for (int i : at) {
        if (!done[i]) {
          done[i] = true;
          Tensor row = weight.select(0, i);
          double norm = norm(row, normType);
          if (norm > maxNorm) {
            row.mul_(maxNorm / (norm + 1e-7));
          }
        }
      }
    } finally {
      Graph.setRecording(before);
    }
  }

  private static double norm(Tensor row, double p) {
    double sum = 0;
    for (double v : row.toDoubleArray()) {
      sum = Double.isInfinite(p) ? Math.max(sum, Math.abs(v)) : sum + Math.pow(Math.abs(v), p);
    }
    return Double.isInfinite(p) ? sum : Math.pow(sum, 1 / p);
  }
}
