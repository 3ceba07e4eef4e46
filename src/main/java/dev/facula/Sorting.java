package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.SortKeys;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Orders along a dimension, and what is found by them. */
final class Sorting {
  private Sorting() {}

  /** The keys of all elements in row-major order. */
  static long[] keys(Tensor x) {
    Tensor dense = x.detach().contiguous();
    long[] keys = new long[x.numel()];
    SortKeys.keys(dense.storage, dense.layout.offset, keys);
    return keys;
  }

  static Tensor argsort(String op, Tensor x, int dim, boolean descending) {
    Rows rows = Rows.of(op, x, dim);
    long[] keys = keys(rows.x());
    boolean wide = SortKeys.wide(x.dtype());
    int n = rows.n();
    Tensor indices = rows.indices(n, r -> SortKeys.sorted(keys, r * n, n, wide, descending));
    return Copies.asIn(indices, x);
  }

  static ValuesIndices sort(Tensor x, int dim, boolean descending) {
    Tensor indices = argsort("sort", x, dim, descending);
    return new ValuesIndices(Copies.asIn(x.gather(dim, indices), x), indices);
  }

  static ValuesIndices topk(Tensor x, int k, int dim, boolean largest, boolean sorted) {
    Rows rows = Rows.of("topk", x, dim);
    if (k < 0 || k > rows.n()) {
      throw Shapes.error(
          "topk: k = %s is out of range for dimension %s of size %s in %s",
          k, rows.dim(), rows.n(), x.layout.shape);
    }
    int n = rows.n();
    Tensor indices =
        rows.indices(
            k,
            r -> {
              long[] keys = new long[n];
              SortKeys.keys(rows.x().storage, rows.x().layout.offset + r * n, keys);
              return Selecting.top(keys, 0, n, k, largest, sorted);
            });
    return new ValuesIndices(x.gather(dim, indices), indices);
  }

  static ValuesIndices kthvalue(Tensor x, int k, int dim, boolean keepdim) {
    Rows rows = Rows.of("kthvalue", x, dim);
    Extremes.requireElements("kthvalue", x, rows);
    int n = rows.n();
    if (k < 1 || k > n) {
      throw Shapes.error(
          "kthvalue: k = %s is out of range for dimension %s of size %s in %s (expected 1 to %s)",
          k, rows.dim(), n, x.layout.shape, n);
    }
    long[] keys = keys(rows.x());
    Tensor indices = rows.indices(1, r -> new int[] {Selecting.kth(keys, r * n, n, k - 1)});
    return Extremes.picked(x, dim, indices, keepdim);
  }

  static ValuesIndices median(Tensor x, int dim, boolean keepdim, boolean ignoreNan) {
    String op = ignoreNan ? "nanmedian" : "median";
    Rows rows = Rows.of(op, x, dim);
    Extremes.requireElements(op, x, rows);
    long[] keys = keys(rows.x());
    int n = rows.n();
    Tensor indices = rows.indices(1, r -> new int[] {median(keys, r * n, n, x.dtype(), ignoreNan)});
    return Extremes.picked(x, dim, indices, keepdim);
  }

  static Tensor median(Tensor x, boolean ignoreNan) {
    String op = ignoreNan ? "nanmedian" : "median";
    if (x.numel() == 0) {
      return Tensor.full(x.dtype(), x.isFloatingPoint() ? Double.NaN : Long.MIN_VALUE);
    }
    int at = median(keys(x), 0, x.numel(), x.dtype(), ignoreNan);
    Tensor y = Positions.take(op, x.detach(), new int[] {at});
    return Extremes.shared(op, x, y);
  }

  /** The index of the lower median; numbers alone count if NaN is ignored, else NaN wins. */
  private static int median(long[] keys, int from, int n, DType dtype, boolean ignoreNan) {
    int[] order = SortKeys.sorted(keys, from, n, SortKeys.wide(dtype), false);
    int numbers = n;
    while (numbers > 0 && SortKeys.isNan(dtype, keys[from + order[numbers - 1]])) {
      numbers--;
    }
    if (numbers == n || ignoreNan && numbers > 0) {
      return order[(numbers - 1) / 2];
    }
    return order[numbers];
  }

  /** The most frequent value along a dimension, the smallest of equals; its last index. */
  static ValuesIndices mode(Tensor x, int dim, boolean keepdim) {
    Rows rows = Rows.of("mode", x, dim);
    Extremes.requireElements("mode", x, rows);
    long[] keys = keys(rows.x());
    int n = rows.n();
    Tensor indices =
        rows.indices(
            1,
            r -> {
              int[] order = Selecting.sorted(keys, r * n, n);
              int best = 0;
              int longest = 0;
              for (int i = 0, run = 0; i < n; i++) {
                boolean same = i > 0 && keys[r * n + order[i]] == keys[r * n + order[i - 1]];
                run = same ? run + 1 : 1;
                if (run > longest) {
                  longest = run;
                  best = order[i];
                }
              }
              return new int[] {best};
            });
    return Extremes.picked(x, dim, indices, keepdim);
  }

  /** Values below which a share q of the elements lies, between two elements by interpolation. */
  static Tensor quantile(
      Tensor x,
      Tensor q,
      @Nullable Integer dim,
      boolean keepdim,
      String interpolation,
      boolean ignoreNan) {
    String op = ignoreNan ? "nanquantile" : "quantile";
    if (!x.isFloatingPoint() || Reduced.is(x) || x.dtype() != q.dtype()) {
      throw new DTypeException(
          "%s: needs an input and q that are both FLOAT32 or both FLOAT64, got %s and %s"
              .formatted(op, x.dtype(), q.dtype()));
    }
    if (q.dim() > 1) {
      throw new ShapeException(
          op + ": q must be a number or a vector, has shape " + Shapes.format(q.layout.shape));
    }
    if (x.numel() == 0) {
      throw new ShapeException(op + ": the tensor has no elements");
    }
    for (double v : q.toDoubleArray()) {
      if (!(v >= 0 && v <= 1)) {
        throw new IllegalArgumentException(op + ": q must lie between 0 and 1, got " + v);
      }
    }
    Tensor rows = dim == null ? x.reshape(-1) : x.movedim(dim, -1);
    Tensor sorted = rows.sort(-1, false).values();
    int n = rows.dim() == 0 ? 1 : rows.size(-1);
    if (rows.dim() == 0) {
      sorted = sorted.reshape(1);
    }
    Tensor broken = sorted.isnan();
    Tensor last = Tensor.scalar(x.dtype(), n - 1);
    Tensor ranks;
    if (ignoreNan) {
      Tensor numbers = broken.logicalNot().sum(new int[] {-1}, true).to(x.dtype());
      ranks = q.mul(numbers.sub(1));
      ranks = ranks.clamp(0, null);
    } else {
      ranks = q.mul(last).expand(Shapes.with(sorted.layout.shape, sorted.dim() - 1, q.numel()));
      ranks = Tensor.where(broken.any(new int[] {-1}, true), last, ranks);
    }
    switch (Objects.requireNonNull(interpolation, "interpolation")) {
      case "lower" -> ranks = ranks.floor();
      case "higher" -> ranks = ranks.ceil();
      case "nearest" -> ranks = ranks.round();
      case "linear", "midpoint" -> {}
      default ->
          throw new IllegalArgumentException(
              op
                  + ": interpolation must be linear, lower, higher, midpoint or nearest, got "
                  + interpolation);
    }
    Tensor below = ranks.to(DType.INT64);
    Tensor low = sorted.gather(-1, below);
    Tensor y = low;
    if (interpolation.equals("linear") || interpolation.equals("midpoint")) {
      Tensor weight =
          interpolation.equals("linear")
              ? ranks.sub(below)
              : Tensor.full(ranks.dtype(), 0.5, ranks.shape());
      Tensor high = sorted.gather(-1, ranks.ceil().to(DType.INT64));
      y = low.lerp(high, weight);
    }
    y = q.dim() == 0 ? y.squeeze(-1) : y.movedim(-1, 0);
    if (keepdim && dim != null) {
      return x.dim() == 0 ? y : y.unsqueeze(dim < 0 ? dim : dim + q.dim());
    }
    if (keepdim) {
      int[] ones = new int[x.dim()];
      Arrays.fill(ones, 1);
      return y.reshape(q.dim() == 0 ? ones : Shapes.concat(q.layout.shape, ones));
    }
    return y;
  }

  /** Where values would be put into a sorted row so that it stays sorted. */
  static Tensor searchsorted(
      Tensor sorted, Tensor values, boolean int32, boolean right, @Nullable Tensor sorter) {
    boolean oneRow = sorted.dim() == 1;
    if (sorted.dim() == 0) {
      throw new ShapeException("searchsorted: the sorted sequence needs at least one dimension");
    }
    if (!oneRow
        && !(values.dim() == sorted.dim()
            && Arrays.equals(
                Arrays.copyOf(sorted.layout.shape, sorted.dim() - 1),
                Arrays.copyOf(values.layout.shape, values.dim() - 1)))) {
      throw Shapes.error(
          "searchsorted: all sizes but the last must be equal, or the sequence a vector, got %s and"
              + " %s",
          sorted.layout.shape, values.layout.shape);
    }
    Tensor ordered = sorted;
    if (sorter != null) {
      if (!sorter.layout.sameShape(sorted.layout)) {
        throw Shapes.error(
            "searchsorted: sorter of shape %s for a sequence of shape %s",
            sorter.layout.shape, sorted.layout.shape);
      }
      ordered = sorted.detach().gather(-1, sorter);
    }
    DType common = Promotion.of(ordered, values);
    long[] keys = keys(ordered.detach().to(common));
    long[] wanted = keys(values.detach().to(common));
    int n = sorted.size(-1);
    int perRow = oneRow ? wanted.length : values.size(-1);
    long[] result = new long[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      int from = oneRow ? 0 : i / Math.max(perRow, 1) * n;
      int low = 0;
      int high = n;
      while (low < high) {
        int middle = (low + high) >>> 1;
        boolean after = right ? keys[from + middle] <= wanted[i] : keys[from + middle] < wanted[i];
        low = after ? middle + 1 : low;
        high = after ? high : middle;
      }
      result[i] = low;
    }
    Tensor y = Tensor.of(result, result.length).reshape(values.layout.shape);
    return int32 ? y.to(DType.INT32) : y;
  }
}
