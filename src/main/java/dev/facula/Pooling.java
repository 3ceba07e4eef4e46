package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.PoolShape;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pooling of one, two and three dimensions. Two dimensions (and one, as two with a height of 1)
 * have kernels; three and the adaptive forms are rarer, and made of a search for the positions of
 * the largest elements, or of weighted sums, a dimension at a time.
 */
final class Pooling {
  /** In an output size: as the input. */
  static final int KEEP = Integer.MIN_VALUE;

  private Pooling() {}

  /** The options of a pooling, one value a dimension. */
  private record Window(
      int[] kernel, int[] stride, int[] padding, int[] dilation, int[] out, boolean ceil) {
    static Window of(
        String op,
        Tensor x,
        int rank,
        int[] kernel,
        int[] stride,
        int[] padding,
        int[] dilation,
        boolean ceil) {
      int[] k = Convolution.sizes(op, "kernelSize", kernel, rank, 1);
      int[] s = Convolution.sizes(op, "stride", stride.length == 0 ? kernel : stride, rank, 1);
      int[] p = Convolution.sizes(op, "padding", padding, rank, 0);
      int[] d = Convolution.sizes(op, "dilation", dilation, rank, 1);
      int[] out = new int[rank];
      for (int i = 0; i < rank; i++) {
        long extent = (k[i] - 1L) * d[i] + 1;
        if (p[i] > extent / 2) {
          throw new IllegalArgumentException(
              ("%s: padding must be at most half of the kernel, was %s with kernelSize %s"
                      + " and dilation %s")
                  .formatted(
                      op,
                      Arrays.toString(padding),
                      Arrays.toString(kernel),
                      Arrays.toString(dilation)));
        }
        int size = x.size(x.dim() - rank + i);
        int padded = Convolution.padded(op, x.dim() - rank + i, size, p[i]);
        out[i] = (int) Math.floorDiv(padded - extent + (ceil ? s[i] - 1 : 0), s[i]) + 1;
        // a window that starts beyond the input, in the padding after it, is dropped
        if (ceil && (out[i] - 1L) * s[i] >= size + p[i]) {
          out[i]--;
        }
        if (out[i] < 1) {
          throw Shapes.error(
              "%s: kernelSize %s leaves no output for %s",
              op, Arrays.toString(kernel), x.layout.shape);
        }
        // what lies beyond the padded input changes nothing, and coordinates must not wrap
        s[i] = Math.min(s[i], padded);
        d[i] = Math.min(d[i], padded);
        k[i] = Math.min(k[i], (padded - 1) / d[i] + 1);
      }
      Shapes.numel(op, out);
      for (int i = 0; i < rank; i++) {
        long end = (out[i] - 1L) * s[i] + (k[i] - 1L) * d[i] + 1;
        Shapes.checked(op, "the end of the last window", end);
      }
      return new Window(k, s, p, d, out, ceil);
    }
  }

  private static void requireInput(String op, Tensor x, int rank) {
    if (x.dim() != rank + 1 && x.dim() != rank + 2) {
      throw Shapes.error(
          "%s: expects an input of %s dimensions, or of %s without a batch, got %s",
          op, rank + 2, rank + 1, x.layout.shape);
    }
    for (int i = x.dim() - rank - 1; i < x.dim(); i++) {
      if (x.size(i) == 0) {
        throw new ShapeException(
            op + ": only the batch may be empty, got " + Shapes.format(x.layout.shape));
      }
    }
    Promotion.requireFloating(op, x);
  }

  private static int[] outShape(Tensor x, int rank, int[] out) {
    int[] shape = x.layout.shape.clone();
    System.arraycopy(out, 0, shape, x.dim() - rank, rank);
    return shape;
  }

  private static int planes(Tensor x, int rank) {
    int planes = 1;
    for (int i = 0; i < x.dim() - rank; i++) {
      planes *= x.size(i);
    }
    return planes;
  }

  private static PoolShape shape(Tensor x, Window w) {
    int rank = w.kernel.length;
    boolean flat = rank == 1;
    int last = rank - 1;
    return new PoolShape(
        planes(x, rank),
        flat ? 1 : x.size(-2),
        x.size(-1),
        flat ? 1 : w.out[0],
        w.out[last],
        flat ? 1 : w.kernel[0],
        w.kernel[last],
        flat ? 1 : w.stride[0],
        w.stride[last],
        flat ? 0 : w.padding[0],
        w.padding[last],
        flat ? 1 : w.dilation[0],
        w.dilation[last]);
  }

  // ---- the largest --------------------------------------------------------------------------

  /** The largest elements, and where in its plane each was found. */
  record Found(Tensor values, int[] inPlane) {
    /** In the memory order of the images in which they were found. */
    Found in(Tensor x) {
      return new Found(Copies.images(values, x), inPlane);
    }

    ValuesIndices withIndices() {
      Tensor indices = Tensor.of(inPlane, values.layout.shape).to(DType.INT64);
      return new ValuesIndices(values, Copies.asIn(indices, values));
    }
  }

  static Found max(int rank, Tensor x, int[] kernel, MaxPoolOptions o) {
    String op = "maxPool" + rank + "d";
    Objects.requireNonNull(o, "options");
    requireInput(op, x, rank);
    if (Reduced.is(x)) {
      Found wide = max(rank, x.to(DType.FLOAT32), kernel, o);
      return new Found(wide.values.to(x.dtype()), wide.inPlane);
    }
    Window w = Window.of(op, x, rank, kernel, o.stride, o.padding, o.dilation, o.ceilMode);
    if (rank == 3) {
      Span[] spans = new Span[rank];
      for (int i = 0; i < rank; i++) {
        spans[i] = Span.windows(w, i, x.size(x.dim() - rank + i));
      }
      return search(op, x, spans).in(x);
    }
    PoolShape s = shape(x, w);
    Tensor a = x.detach().contiguous();
    int[] shape = outShape(x, rank, w.out);
    Tensor y = Tensor.empty(x.dtype(), shape);
    int[] index = new int[y.numel()];
    Types.floating(x.dtype())
        .pooling()
        .maxPool2d(s, a.storage.array(), a.layout.offset, y.storage.array(), 0, index, 0);
    int[] own = x.layout.shape;
    if (Graph.wanted(x)) {
      Graph.record(y, op, x, Graph.none(), (c, g) -> maxBackward(op, s, g, index, own));
    }
    return new Found(y, index).in(x);
  }

  /** The gradient goes where the largest was found; its own derivative picks from there. */
  private static Tensor maxBackward(
      String op, PoolShape s, Tensor gradient, int[] index, int[] shape) {
    Tensor g = gradient.detach().contiguous();
    Tensor dx = Tensor.empty(g.dtype(), shape);
    Types.floating(g.dtype())
        .pooling()
        .maxPool2dBackward(s, g.storage.array(), g.layout.offset, index, 0, dx.storage.array(), 0);
    if (!Graph.wanted(gradient)) {
      return dx;
    }
    int[] own = g.layout.shape;
    return Graph.record(
        dx,
        op + "Backward",
        gradient,
        Graph.none(),
        (c, u) -> Positions.take(op, u, flat(s, index), own));
  }

  private static int[] flat(PoolShape s, int[] index) {
    int in = s.height() * s.width();
    int out = s.outHeight() * s.outWidth();
    int[] at = new int[index.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = i / out * in + Math.max(index[i], 0);
    }
    return at;
  }

  /** Which positions of a dimension each output sees: from first (inclusive) to end, by step. */
  private static final class Span {
    final int[] first;
    final int[] end;
    final int step;

    Span(int[] first, int[] end, int step) {
      this.first = first;
      this.end = end;
      this.step = step;
    }

    static Span windows(Window w, int dim, int size) {
      int n = w.out[dim];
      int step = w.dilation[dim];
      int[] first = new int[n];
      int[] end = new int[n];
      for (int i = 0; i < n; i++) {
        int start = i * w.stride[dim] - w.padding[dim];
        end[i] = (int) Math.min(start + (w.kernel[dim] - 1L) * step + 1, size);
        first[i] = start < 0 ? (int) (start + (step - 1L - start) / step * step) : start;
      }
      return new Span(first, end, step);
    }

    static Span adaptive(int in, int out) {
      int[] first = new int[out];
      int[] end = new int[out];
      for (int i = 0; i < out; i++) {
        first[i] = (int) ((long) i * in / out);
        end[i] = (int) (((i + 1L) * in + out - 1) / out);
      }
      return new Span(first, end, 1);
    }

    int count() {
      return first.length;
    }
  }

  /** The largest of each box of positions; of equals the first, of several NaN the last. */
  private static Found search(String op, Tensor x, Span[] spans) {
    int rank = spans.length;
    Span one = new Span(new int[] {0}, new int[] {1}, 1);
    Span deep = rank == 3 ? spans[0] : one;
    Span high = rank >= 2 ? spans[rank - 2] : one;
    Span wide = spans[rank - 1];
    int height = rank >= 2 ? x.size(-2) : 1;
    int width = x.size(-1);
    int plane = (rank == 3 ? x.size(-3) : 1) * height * width;
    int[] out = new int[rank];
    for (int i = 0; i < rank; i++) {
      out[i] = spans[i].count();
    }
    int[] shape = outShape(x, rank, out);
    Tensor a = x.detach().contiguous();
    int[] at = new int[Shapes.numel(op, shape)];
    int[] inPlane = new int[at.length];
    int next = 0;
    for (int p = 0; p < planes(x, rank); p++) {
      int base = a.layout.offset + p * plane;
      for (int i = 0; i < deep.count(); i++) {
        for (int j = 0; j < high.count(); j++) {
          for (int k = 0; k < wide.count(); k++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int d = deep.first[i]; d < deep.end[i]; d += deep.step) {
              for (int h = high.first[j]; h < high.end[j]; h += high.step) {
                for (int v = wide.first[k]; v < wide.end[k]; v += wide.step) {
                  int place = (d * height + h) * width + v;
                  double value = a.storage.getDouble(base + place);
                  if (best < 0 || value > most || Double.isNaN(value)) {
                    best = place;
                    most = value;
                  }
                }
              }
            }
            at[next] = p * plane + Math.max(best, 0);
            inPlane[next++] = Math.max(best, 0);
          }
        }
      }
    }
    return new Found(Positions.take(op, x, at, shape), inPlane);
  }

  static Found adaptiveMax(int rank, Tensor x, int[] outputSize) {
    String op = "adaptiveMaxPool" + rank + "d";
    requireInput(op, x, rank);
    int[] out = adaptiveSizes(op, x, rank, outputSize);
    Span[] spans = new Span[rank];
    for (int i = 0; i < rank; i++) {
      spans[i] = Span.adaptive(x.size(x.dim() - rank + i), out[i]);
    }
    Found found = search(op, x, spans);
    return rank == 2 ? found.in(x) : found;
  }

  /** Zeros with the values at the positions (in their planes) where a pooling found them. */
  static Tensor unpool(int rank, Tensor x, Tensor indices, int[] kernel, UnpoolOptions o) {
    String op = "maxUnpool" + rank + "d";
    requireInput(op, x, rank);
    if (!x.layout.sameShape(indices.layout) || indices.dtype() != DType.INT64) {
      throw Shapes.error(
          "%s: expects INT64 indices of the input's shape %s, got %s %s",
          op, x.layout.shape, indices.dtype(), indices.layout.shape);
    }
    int[] out = unpooled(op, rank, x, kernel, o);
    int[] shape = outShape(x, rank, out);
    Shapes.numel(op, shape);
    int own = (int) Shapes.product(Arrays.copyOfRange(x.layout.shape, x.dim() - rank, x.dim()));
    int plane = Shapes.checked(op, "the size of a plane", Shapes.product(out));
    long[] given = indices.toLongArray();
    int[] at = new int[given.length];
    for (int i = 0; i < at.length; i++) {
      if (given[i] < 0 || given[i] >= plane) {
        throw new ShapeException(
            op + ": index " + given[i] + " is out of range for an output of " + Shapes.format(out));
      }
      at[i] = i / own * plane + (int) given[i];
    }
    Tensor y = Positions.put(op, Tensor.zeros(x.dtype(), shape), at, x);
    return rank == 2 ? Copies.images(y, x) : y;
  }

  /** The size that a pooling made smaller: as it was asked for, within a stride of the least. */
  private static int[] unpooled(String op, int rank, Tensor x, int[] kernel, UnpoolOptions o) {
    int[] k = Convolution.sizes(op, "kernelSize", kernel, rank, 1);
    int[] s = Convolution.sizes(op, "stride", o.stride.length == 0 ? kernel : o.stride, rank, 1);
    int[] p = Convolution.sizes(op, "padding", o.padding, rank, 0);
    boolean given = o.outputSize.length > 0;
    int[] out = given ? Convolution.sizes(op, "outputSize", o.outputSize, rank, 1) : new int[rank];
    for (int i = 0; i < rank; i++) {
      int dim = x.dim() - rank + i;
      long least = (x.size(dim) - 1L) * s[i] - 2L * p[i] + k[i];
      if (!given) {
        out[i] = Shapes.checked(op, "the size of dimension " + dim, Math.max(least, 0));
      } else if (out[i] <= least - s[i] || out[i] >= least + s[i]) {
        throw Shapes.error(
            "%s: outputSize %s is not possible for %s (dimension %s lies between %s and %s)",
            op,
            Arrays.toString(o.outputSize),
            x.layout.shape,
            i,
            least - s[i] + 1,
            least + s[i] - 1);
      }
    }
    return out;
  }

  // ---- the mean -----------------------------------------------------------------------------

  static Tensor average(int rank, Tensor x, int[] kernel, AvgPoolOptions o) {
    String op = "avgPool" + rank + "d";
    Objects.requireNonNull(o, "options");
    requireInput(op, x, rank);
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> average(rank, t, kernel, o));
    }
    Window w = Window.of(op, x, rank, kernel, o.stride, o.padding, new int[] {1}, o.ceilMode);
    Integer divisor = o.divisorOverride;
    if (divisor != null && (divisor == 0 || rank == 1)) {
      throw new IllegalArgumentException(
          op
              + ": divisorOverride must be other than 0, and is for 2 or 3 dimensions, was "
              + divisor);
    }
    if (rank == 3) {
      return deepAverage(x, w, o.countIncludePad, divisor);
    }
    PoolShape s = shape(x, w);
    int[] shape = outShape(x, rank, w.out);
    Tensor y = average(op, x, s, o.countIncludePad, divisor == null ? 0 : divisor, shape);
    return rank == 2 ? Copies.images(y, x) : y;
  }

  private static Tensor average(
      String op, Tensor x, PoolShape s, boolean countPadding, int divisor, int[] shape) {
    Tensor a = x.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), shape);
    Types.floating(x.dtype())
        .pooling()
        .avgPool2d(
            s, countPadding, divisor, a.storage.array(), a.layout.offset, y.storage.array(), 0);
    int[] own = x.layout.shape;
    return Graph.wanted(x)
        ? Graph.record(
            y, op, x, Graph.none(), (c, g) -> averageBackward(op, g, s, countPadding, divisor, own))
        : y;
  }

  private static Tensor averageBackward(
      String op, Tensor gradient, PoolShape s, boolean countPadding, int divisor, int[] shape) {
    Tensor g = gradient.detach().contiguous();
    Tensor dx = Tensor.empty(g.dtype(), shape);
    Types.floating(g.dtype())
        .pooling()
        .avgPool2dBackward(
            s, countPadding, divisor, g.storage.array(), g.layout.offset, dx.storage.array(), 0);
    int[] own = g.layout.shape;
    return Graph.wanted(gradient)
        ? Graph.record(
            dx,
            op + "Backward",
            gradient,
            Graph.none(),
            (c, u) -> average(op, u, s, countPadding, divisor, own))
        : dx;
  }

  /** The p-th root of windows' sums of p-th powers; what p does to negative sums is cut off. */
  static Tensor power(int rank, Tensor x, double p, int[] kernel, LPPoolOptions o) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> power(rank, t, p, kernel, o));
    }
    Objects.requireNonNull(o, "options");
    if (Double.isInfinite(p)) {
      Tensor size = p > 0 ? x.abs() : x.abs().neg();
      Tensor y =
          max(rank, size, kernel, new MaxPoolOptions().stride(o.stride).ceilMode(o.ceilMode))
              .values();
      return p > 0 ? y : y.neg();
    }
    long cells =
        Shapes.product(Convolution.sizes("lpPool" + rank + "d", "kernelSize", kernel, rank, 1));
    Tensor mean =
        average(rank, x.pow(p), kernel, new AvgPoolOptions().stride(o.stride).ceilMode(o.ceilMode));
    return mean.sign().mul(mean.abs().relu()).mul(cells).pow(1 / p);
  }

  /** Sums along one dimension after another, divided by the cells of the windows. */
  private static Tensor deepAverage(
      Tensor x, Window w, boolean countPadding, @Nullable Integer divisor) {
    Tensor sum = x;
    Tensor cells = Tensor.scalar(x.dtype(), divisor == null ? 1 : divisor);
    for (int i = 0; i < 3; i++) {
      int dim = x.dim() - 3 + i;
      int size = x.size(dim);
      Span span = Span.windows(w, i, size);
      sum = WeightedSums.windows("avgPool3d", sum, dim, span.first, span.end, false);
      if (divisor == null) {
        double[] counts = new double[span.count()];
        for (int o = 0; o < counts.length; o++) {
          int start = o * w.stride[i] - w.padding[i];
          int end = Math.min(start + w.kernel[i], size + w.padding[i]);
          counts[o] = countPadding ? end - start : span.end[o] - span.first[o];
        }
        int[] column = new int[3];
        Arrays.fill(column, 1);
        column[i] = counts.length;
        cells = cells.mul(Tensor.of(counts, column).to(x.dtype()));
      }
    }
    return sum.div(cells);
  }

  static Tensor adaptiveAverage(int rank, Tensor x, int[] outputSize) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> adaptiveAverage(rank, t, outputSize));
    }
    String op = "adaptiveAvgPool" + rank + "d";
    requireInput(op, x, rank);
    int[] out = adaptiveSizes(op, x, rank, outputSize);
    boolean even = rank < 3;
    boolean whole = true;
    int[] kernel = new int[rank];
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      int size = x.size(x.dim() - rank + i);
      even &= out[i] > 0 && size % out[i] == 0;
      kernel[i] = even ? size / out[i] : 0;
      whole &= out[i] == 1;
      dims[i] = i - rank;
    }
    if (whole) {
      return x.mean(dims, true);
    }
    if (even) {
      return average(rank, x, kernel, AvgPoolOptions.DEFAULT);
    }
    Tensor y = x;
    for (int i = 0; i < rank; i++) {
      int dim = x.dim() - rank + i;
      int size = x.size(dim);
      Span span = Span.adaptive(size, out[i]);
      y = WeightedSums.windows(op, y, dim, span.first, span.end, true);
    }
    return rank == 2 ? Copies.images(y, x) : y;
  }

  /** The sizes asked for; KEEP leaves one as it is. */
  private static int[] adaptiveSizes(String op, Tensor x, int rank, int[] outputSize) {
    if (outputSize.length != 1 && outputSize.length != rank) {
      throw new IllegalArgumentException(
          op + ": outputSize has " + outputSize.length + " values, expected 1 or " + rank);
    }
    int[] out = new int[rank];
    for (int i = 0; i < rank; i++) {
      int size = outputSize[outputSize.length == 1 ? 0 : i];
      if (size < 0 && size != KEEP) {
        throw new IllegalArgumentException(
            op
                + ": outputSize must be at least 0, or Functional.KEEP, was "
                + Arrays.toString(outputSize));
      }
      out[i] = size == KEEP ? x.size(x.dim() - rank + i) : size;
    }
    Shapes.numel(op, out);
    Shapes.numel(op, outShape(x, rank, out));
    if (Arrays.stream(out).anyMatch(n -> n > Integer.MAX_VALUE - 8)) { // the longest array
      throw Shapes.error("%s: outputSize %s is too large", op, Arrays.toString(outputSize));
    }
    return out;
  }
}
