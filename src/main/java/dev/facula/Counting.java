package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.SortKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Histograms, distinct elements, and membership. */
final class Counting {
  private Counting() {}

  static Tensor bincount(Tensor x, @Nullable Tensor weights, int minlength) {
    if (!x.dtype().isInteger()) {
      throw new DTypeException(
          "bincount: needs integers, got " + x.dtype() + "; convert them with to(INT64)");
    }
    if (x.dim() != 1) {
      throw Shapes.error("bincount: needs a vector, got shape %s", x.layout.shape);
    }
    if (minlength < 0) {
      throw new IllegalArgumentException("bincount: minlength is negative: " + minlength);
    }
    if (weights != null && !weights.layout.sameShape(x.layout)) {
      throw Shapes.error(
          "bincount: weights of shape %s for an input of shape %s",
          weights.layout.shape, x.layout.shape);
    }
    Tensor dense = x.cast(DType.INT64).contiguous();
    long[] elements = dense.storage.longs();
    int from = dense.layout.offset;
    long most = -1;
    for (int i = from; i < from + x.numel(); i++) {
      most = Math.max(most, elements[i]);
      if (elements[i] < 0) {
        throw new IllegalArgumentException("bincount: a negative element: " + elements[i]);
      }
    }
    long bins = Math.max(minlength, Math.min(most, Long.MAX_VALUE - 1) + 1);
    int n = Shapes.checked("bincount", "the number of bins", bins);
    Shapes.numel("bincount", new int[] {n});
    if (weights == null) {
      Tensor result = Tensor.zeros(DType.INT64, n);
      long[] counts = result.storage.longs();
      for (int i = from; i < from + x.numel(); i++) {
        counts[(int) elements[i]]++;
      }
      return result;
    }
    DType type = weights.dtype() == DType.FLOAT32 ? DType.FLOAT32 : DType.FLOAT64;
    Tensor sums = Tensor.zeros(type, n);
    double[] w = weights.toDoubleArray();
    for (int i = 0; i < w.length; i++) {
      int bin = (int) elements[from + i];
      sums.storage.setDouble(bin, sums.storage.getDouble(bin) + w[i]);
    }
    return sums;
  }

  static Tensor histc(Tensor x, int bins, Number min, Number max) {
    if (bins < 1) {
      throw new IllegalArgumentException("histc: the number of bins must be positive: " + bins);
    }
    Promotion.requireFloating("histc", x);
    double low = min.doubleValue();
    double high = max.doubleValue();
    if (low > high) {
      throw new IllegalArgumentException("histc: min " + min + " is greater than max " + max);
    }
    double[] a = x.toDoubleArray();
    if (low == high && a.length > 0) {
      low = Arrays.stream(a).min().orElse(0);
      high = Arrays.stream(a).max().orElse(0);
    }
    if (low == high) {
      low -= 1;
      high += 1;
    }
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "histc: the range from " + low + " to " + high + " is not finite");
    }
    Tensor y = Tensor.zeros(x.dtype(), bins);
    for (double v : a) {
      if (v >= low && v <= high) {
        int bin = Math.min(bins - 1, (int) ((v - low) * bins / (high - low)));
        y.storage.setDouble(bin, y.storage.getDouble(bin) + 1);
      }
    }
    return y;
  }

  static Tensor isin(Tensor elements, Tensor test) {
    DType common = Promotion.of(elements, test);
    long[] keys = Sorting.keys(elements.detach().to(common));
    long[] known = Sorting.keys(test.detach().to(common));
    Arrays.sort(known);
    boolean[] found = new boolean[keys.length];
    for (int i = 0; i < keys.length; i++) {
      found[i] = !SortKeys.isNan(common, keys[i]) && Arrays.binarySearch(known, keys[i]) >= 0;
    }
    return Tensor.of(found, found.length).reshape(elements.layout.shape);
  }

  /** Distinct elements, or distinct slices along dim. */
  static Tensor.Unique unique(
      String op,
      Tensor x,
      boolean consecutive,
      boolean returnInverse,
      boolean returnCounts,
      @Nullable Integer dim) {
    Tensor source = x.detach();
    int[] shape = x.layout.shape;
    int d = dim == null ? 0 : Shapes.dim(op, dim, x.dim());
    // one row for each candidate
    Tensor rows =
        dim == null || x.dim() == 0
            ? source.reshape(-1, 1)
            : x.numel() == 0
                ? source.movedim(d, 0).reshape(x.size(d), 0)
                : source.movedim(d, 0).reshape(x.size(d), -1);
    int n = rows.size(0);
    int width = rows.size(1);
    if (dim != null && x.numel() == 0 && n > 0) {
      throw Shapes.error("%s: slices without elements, of shape %s, cannot be compared", op, shape);
    }
    long[] keys = Sorting.keys(rows);
    int[] order = Shapes.range(n);
    if (!consecutive && width == 1) {
      boolean wide = false;
      for (long key : keys) {
        wide |= key != (int) key;
      }
      order = SortKeys.sorted(keys, 0, n, wide, false);
    } else if (!consecutive) {
      order =
          Arrays.stream(order)
              .boxed()
              .sorted((a, b) -> compare(keys, width, a, b))
              .mapToInt(i -> i)
              .toArray();
    }
    long[] inverse = new long[n];
    long[] firsts = new long[n];
    long[] counts = new long[n];
    int groups = 0;
    for (int i = 0; i < n; i++) {
      boolean fresh =
          i == 0
              || compare(keys, width, order[i - 1], order[i]) != 0
              || hasNan(x.dtype(), keys, width, order[i]);
      if (fresh) {
        firsts[groups++] = order[i];
      }
      inverse[order[i]] = groups - 1L;
      counts[groups - 1]++;
    }
    Tensor chosen = Tensor.of(Arrays.copyOf(firsts, groups), groups);
    Tensor values =
        dim == null || x.dim() == 0
            ? source.reshape(-1).indexSelect(0, chosen)
            : source.movedim(d, 0).indexSelect(0, chosen).movedim(0, d);
    Tensor places = Tensor.of(inverse, n);
    return new Tensor.Unique(
        values,
        returnInverse ? (dim == null ? places.reshape(shape) : places) : null,
        returnCounts ? Tensor.of(Arrays.copyOf(counts, groups), groups) : null);
  }

  private static int compare(long[] keys, int width, int a, int b) {
    return Arrays.compare(keys, a * width, (a + 1) * width, keys, b * width, (b + 1) * width);
  }

  private static boolean hasNan(DType dtype, long[] keys, int width, int row) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (SortKeys.isNan(dtype, keys[i])) {
        return true;
      }
    }
    return false;
  }
}
