package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums, means and maxima of rows of a table, by bags of indices. */
final class EmbeddingBags {
  private static final String OP = "embeddingBag";

  private EmbeddingBags() {}

  static Tensor embeddingBag(Tensor index, Tensor weight, EmbeddingBagOptions o) {
    boolean max = o.mode.equals("max");
    if (!max && !o.mode.equals("sum") && !o.mode.equals("mean")) {
      throw new IllegalArgumentException(OP + ": mode must be sum, mean or max, was " + o.mode);
    }
    if (max && o.scaleGradByFreq) {
      throw new IllegalArgumentException(OP + ": scaleGradByFreq is not for the mode max");
    }
    if (Objects.requireNonNull(weight, "weight").dim() != 2) {
      throw Shapes.error("%s: expects a weight [rows, features], got %s", OP, weight.layout.shape);
    }
    if (!Objects.requireNonNull(index, "index").dtype().isInteger()) {
      throw new DTypeException(OP + ": the index must be int64 or int32, was " + index.dtype());
    }
    int[] starts = starts(index, o);
    Tensor factors = factors(index, weight, o);
    long[] at = index.toLongArray();
    int rows = weight.size(0);
    int padding = padding(o.paddingIdx, rows);
    int bags = starts.length - 1;
    long[] bag = new long[at.length];
    long[] kept = new long[at.length];
    int[] count = new int[bags];
    int n = 0;
    for (int b = 0; b < bags; b++) {
      for (int i = starts[b]; i < starts[b + 1]; i++) {
        if (at[i] != padding || padding < 0) {
          bag[n] = b;
          kept[n++] = i;
          count[b]++;
        }
      }
    }
    Tensor places = Tensor.of(Arrays.copyOf(kept, n), n);
    EmbeddingOptions e =
        new EmbeddingOptions()
            .maxNorm(o.maxNorm)
            .normType(o.normType)
            .scaleGradByFreq(o.scaleGradByFreq);
    Tensor looked = Embeddings.embedding(index.reshape(-1).indexSelect(0, places), weight, e);
    if (max) {
      return largest(looked, count);
    }
    if (factors != null) {
      looked = looked.mul(factors.reshape(-1).indexSelect(0, places).unsqueeze(1));
    }
    Tensor sums =
        Tensor.zeros(weight.dtype(), bags, weight.size(1))
            .indexAdd(0, Tensor.of(Arrays.copyOf(bag, n), n), looked);
    return o.mode.equals("sum")
        ? sums
        : sums.div(Tensor.of(count, bags, 1).clamp(1, null).to(weight.dtype()));
  }

  /** Where each bag begins, and the last ends. */
  private static int[] starts(Tensor index, EmbeddingBagOptions o) {
    int[] shape = index.layout.shape;
    Tensor offsets = o.offsets;
    if (shape.length == 2) {
      if (offsets != null) {
        throw Shapes.error(
            "%s: offsets are for an index of one dimension, got %s with offsets; leave them out",
            OP, shape);
      }
      int[] starts = new int[shape[0] + 1];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = i * shape[1];
      }
      return starts;
    }
    if (shape.length != 1) {
      throw Shapes.error("%s: expects an index of one or two dimensions, got %s", OP, shape);
    }
    if (offsets == null) {
      throw new IllegalArgumentException(OP + ": an index of one dimension needs offsets");
    }
    if (offsets.dim() != 1 || !offsets.dtype().isInteger()) {
      throw new IllegalArgumentException(
          "%s: offsets must be integers of one dimension, got %s of %s"
              .formatted(OP, Shapes.format(offsets.layout.shape), offsets.dtype()));
    }
    long[] given = offsets.toLongArray();
    int bags = given.length - (o.includeLastOffset ? 1 : 0);
    if (bags < 0) {
      throw new IllegalArgumentException(
          OP + ": includeLastOffset needs at least one offset, got none");
    }
    int[] starts = new int[bags + 1];
    long last = 0;
    for (int i = 0; i < given.length; i++) {
      if (i == 0 && given[i] != 0 || given[i] < last || given[i] > shape[0]) {
        throw new IllegalArgumentException(
            "%s: offsets must begin with 0, not decrease, and not pass the %s indices; offset %s is %s"
                .formatted(OP, shape[0], i, given[i]));
      }
      last = given[i];
      starts[i] = (int) last;
    }
    if (!o.includeLastOffset) {
      starts[bags] = shape[0];
    }
    return starts;
  }

  private static @Nullable Tensor factors(Tensor index, Tensor weight, EmbeddingBagOptions o) {
    Tensor factors = o.perSampleWeights;
    if (factors == null) {
      return null;
    }
    if (!o.mode.equals("sum")) {
      throw new IllegalArgumentException(
          OP + ": perSampleWeights are for the mode sum, got mode " + o.mode);
    }
    if (!Arrays.equals(factors.layout.shape, index.layout.shape)) {
      throw Shapes.error(
          "%s: perSampleWeights must have the shape of the index %s, got %s",
          OP, index.layout.shape, factors.layout.shape);
    }
    if (factors.dtype() != weight.dtype()) {
      throw new DTypeException(
          "%s: weight and perSampleWeights differ in type: %s and %s"
              .formatted(OP, weight.dtype(), factors.dtype()));
    }
    return factors;
  }

  private static int padding(@Nullable Integer paddingIdx, int rows) {
    if (paddingIdx == null) {
      return -1;
    }
    if (paddingIdx < -rows || paddingIdx >= rows) {
      throw new IllegalArgumentException(
          "%s: paddingIdx must lie within the table of %s rows, was %s"
              .formatted(OP, rows, paddingIdx));
    }
    return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  }

  /** The first of the largest of each bag, and 0 for an empty one. */
  private static Tensor largest(Tensor looked, int[] count) {
    int width = looked.size(1);
    double[] x = looked.detach().toDoubleArray();
    int[] at = new int[Shapes.numel(OP, new int[] {count.length, width})];
    boolean[] none = new boolean[at.length];
    int row = 0;
    for (int b = 0; b < count.length; b++) {
      for (int k = 0; k < width; k++) {
        int best = row * width + k;
        for (int i = row + 1; i < row + count[b]; i++) {
          best = x[i * width + k] > x[best] ? i * width + k : best;
        }
        none[b * width + k] = count[b] == 0;
        at[b * width + k] = count[b] == 0 ? 0 : best;
      }
      row += count[b];
    }
    if (row == 0 || width == 0) {
      return Tensor.zeros(looked.dtype(), count.length, width).add(looked.sum());
    }
    return Positions.take(OP, looked, at, count.length, width)
        .maskedFill(Tensor.of(none, count.length, width), 0);
  }
}
