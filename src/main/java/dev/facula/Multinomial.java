package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Draws of category numbers with given weights. What PyTorch computes in single precision is
 * rounded to it after each step, so that one code serves both.
 */
final class Multinomial {
  /** PyTorch's limit. */
  private static final int MAX_CATEGORIES = 1 << 24;

  private final Tensor given;
  private final double[] weights;
  private final int categories;
  private final int count;
  private final boolean single;
  private final long[] drawn;

  private Multinomial(Tensor weights, int count, long[] drawn) {
    this.given = weights;
    this.weights = weights.toDoubleArray();
    this.categories = weights.size(-1);
    this.count = count;
    this.single = weights.dtype() != DType.FLOAT64;
    this.drawn = drawn;
  }

  static Tensor draw(Tensor weights, int count, boolean replacement, Generator g) {
    int rank = weights.dim();
    if (rank != 1 && rank != 2) {
      throw new ShapeException(
          "multinomial: expects weights of one or two dimensions, was "
              + Shapes.format(weights.layout.shape));
    }
    if (!weights.isFloatingPoint()) {
      throw new DTypeException("multinomial: needs floating-point weights, was " + weights.dtype());
    }
    int categories = weights.size(-1);
    if (count <= 0) {
      throw new IllegalArgumentException("multinomial: numSamples must be positive, was " + count);
    }
    if (!replacement && count > categories) {
      throw new IllegalArgumentException(
          "multinomial: cannot draw %s of %s categories without replacement"
              .formatted(count, categories));
    }
    if (categories > MAX_CATEGORIES) {
      throw new IllegalArgumentException("multinomial: more than 2^24 categories: " + categories);
    }
    if (categories == 0 && (rank == 1 || weights.size(0) > 0)) {
      throw new IllegalArgumentException(
          "multinomial: there are no categories in " + Shapes.format(weights.layout.shape));
    }
    int[] shape = rank == 1 ? new int[] {count} : new int[] {weights.size(0), count};
    Tensor result = Tensor.empty(DType.INT64, shape);
    Multinomial m = new Multinomial(weights, count, result.storage.longs());
    m.checkWeights();
    if (replacement && count > 1) {
      m.search(g);
    } else {
      m.largest(g);
    }
    return result;
  }

  private double round(double x) {
    return single ? (float) x : x;
  }

  private void checkWeights() {
    for (int from = 0; from < weights.length; from += categories) {
      double sum = 0;
      for (int i = from; i < from + categories; i++) {
        if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "multinomial: weights must be finite and not negative, found " + weights[i]);
        }
        sum += weights[i];
      }
      if (sum == 0) {
        throw new IllegalArgumentException("multinomial: all weights of a row are 0");
      }
    }
  }

  /**
   * Without replacement: the categories with the largest w / q, where each q is exponential, are a
   * draw (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
   */
  private void largest(Generator g) {
    Tensor q = RandomOps.exponential(RandomOps.like(given, given.dtype()), 1, g);
    double[] ratio = q.toDoubleArray();
    for (int i = 0; i < ratio.length; i++) {
      ratio[i] = round(weights[i] / ratio[i]);
    }
    for (int row = 0; row * count < drawn.length; row++) {
      int from = row * categories;
      int[] best =
          IntStream.range(0, categories)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -ratio[from + i]))
              .limit(count)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < count; i++) {
        drawn[row * count + i] = best[i];
      }
    }
  }

  /** With replacement: where a uniform number falls in the cumulative distribution. */
  private void search(Generator g) {
    double[] bounds = new double[categories];
    for (int row = 0; row * count < drawn.length; row++) {
      double sum = 0;
      for (int i = 0; i < categories; i++) {
        sum = round(sum + weights[row * categories + i]);
        bounds[i] = sum;
      }
      for (int i = 0; i < categories; i++) {
        bounds[i] = round(bounds[i] / sum);
      }
      bounds[categories - 1] = 1;
      for (int i = row * count; i < (row + 1) * count; i++) {
        drawn[i] = firstAtLeast(g.nextUniform(), bounds);
      }
    }
  }

  private static int firstAtLeast(double u, double[] bounds) {
    int low = 0;
    int high = bounds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[middle] < u) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
