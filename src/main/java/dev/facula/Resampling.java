package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.FloatingKernels;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Images of another size. Every mode but the averaging one works along one dimension at a time: an
 * output is a weighted sum of a few inputs.
 */
final class Resampling {
  /** The parameter of the cubic convolution, as PyTorch and most others choose it. */
  private static final double CUBIC = -0.75;

  private Resampling() {}

  static Tensor interpolate(Tensor x, InterpolateOptions options) {
    String op = "interpolate";
    int rank = x.dim() - 2;
    if (rank < 1 || rank > 3) {
      throw new ShapeException(
          op
              + ": expects an input [batch, channels, *] with 1 to 3 further dimensions, got "
              + Shapes.format(x.layout.shape));
    }
    if (!x.isFloatingPoint()) {
      throw new DTypeException(op + ": needs floating-point elements, was " + x.dtype());
    }
    String mode = mode(options.mode, rank);
    boolean aligned = Boolean.TRUE.equals(options.alignCorners);
    if (options.alignCorners != null && (mode.startsWith("nearest") || mode.equals("area"))) {
      throw new IllegalArgumentException(
          op + ": alignCorners has no meaning for the mode " + options.mode);
    }
    int[] size = sizes(x, rank, options);
    if (mode.equals("area")) {
      return Pooling.adaptiveAverage(rank, x, size);
    }
    boolean same = Arrays.equals(size, Arrays.copyOfRange(x.layout.shape, 2, rank + 2));
    if (same && (mode.equals("nearest") || mode.equals("cubic")) && Graph.wanted(x)) {
      // the gradient of a copy, as in PyTorch, although factors such as 1.1 may make it another one
      Tensor y = resized(x.detach(), size, options, mode, aligned);
      return Graph.record(y, op, x, Graph.none(), (c, g) -> g);
    }
    return resized(x, size, options, mode, aligned);
  }

  private static Tensor resized(
      Tensor x, int[] size, InterpolateOptions options, String mode, boolean aligned) {
    int rank = size.length;
    boolean plane = rank == 2 && mode.equals("nearest");
    boolean same = Arrays.equals(size, Arrays.copyOfRange(x.layout.shape, 2, rank + 2));
    Tensor y = x;
    for (int i = rank - 1; i >= 0; i--) {
      int in = x.size(i + 2);
      double given = scale(options, i);
      boolean own = !Double.isNaN(given) && !options.recomputeScaleFactor;
      double step = own ? 1 / given : (double) in / size[i];
      if (aligned) {
        step = size[i] > 1 ? (in - 1.0) / (size[i] - 1) : 0;
      }
      if (in == size[i] && (step == 1 || aligned || mode.equals("linear") || plane && same)) {
        continue; // copied, whatever the factor
      }
      Tensor before = y;
      y = alongDim(y, i + 2, size[i], step, mode, aligned);
      if (before != x) {
        before.release();
      }
    }
    return Copies.images(y == x ? x.rowMajorCopy() : y, x);
  }

  /** nearest, nearest-exact, area, linear (along each dimension) or cubic. */
  private static String mode(String mode, int rank) {
    List<String> any = List.of("nearest", "nearest-exact", "area");
    List<String> smooth = List.of("linear", "bilinear", "trilinear");
    boolean known =
        any.contains(mode)
            || smooth.indexOf(mode) == rank - 1
            || mode.equals("bicubic") && rank == 2;
    if (!known) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "interpolate: no mode \"%s\" for %d spatial dimensions", mode, rank));
    }
    return mode.endsWith("linear") ? "linear" : mode.equals("bicubic") ? "cubic" : mode;
  }

  private static double scale(InterpolateOptions options, int i) {
    double[] factors = options.scaleFactor;
    return factors == null ? Double.NaN : factors[factors.length == 1 ? 0 : i];
  }

  private static int[] sizes(Tensor x, int rank, InterpolateOptions options) {
    int[] size = options.size;
    double[] factors = options.scaleFactor;
    if ((size == null) == (factors == null)) {
      throw new IllegalArgumentException("interpolate: needs either size or scaleFactor");
    }
    int count = size == null ? factors == null ? 0 : factors.length : size.length;
    if (count != 1 && count != rank) {
      throw new IllegalArgumentException(
          "interpolate: needs 1 or " + rank + " sizes or factors, got " + count);
    }
    int[] result = new int[rank];
    for (int i = 0; i < rank; i++) {
      result[i] =
          size == null
              ? Shapes.checked(
                  "interpolate",
                  "the size of dimension " + (i + 2),
                  Math.max(0, (long) Math.floor(x.size(i + 2) * scale(options, i))))
              : size[size.length == 1 ? 0 : i];
      if (result[i] < 1 || x.size(i + 2) < 1) {
        throw Shapes.error(
            "interpolate: input and output sizes have to be positive, got %s and %s for dimension"
                + " %s",
            x.layout.shape, result[i], i + 2);
      }
    }
    return result;
  }

  private static Tensor alongDim(
      Tensor x, int dim, int out, double step, String mode, boolean aligned) {
    int in = x.size(dim);
    boolean single = x.dtype() == DType.FLOAT32;
    boolean nearest = mode.startsWith("nearest");
    boolean cubic = mode.equals("cubic");
    int taps = nearest ? 1 : cubic ? 4 : 2;
    int[] shape = Shapes.with(x.layout.shape, dim, out);
    Shapes.numel("interpolate", shape);
    int[] starts = new int[Shapes.numel("interpolate", new int[] {out + 1})];
    int[] at = new int[Shapes.numel("interpolate", new int[] {out, taps})];
    double[] weights = new double[at.length];
    for (int i = 0; i < out; i++) {
      double from = aligned ? step * i : step * (i + 0.5) - 0.5;
      if (nearest) {
        from = (i + (mode.equals("nearest") ? 0 : 0.5f)) * (float) step;
      }
      from = single ? (float) from : from;
      from = cubic ? from : Math.max(from, 0);
      int first = (int) Math.floor(from);
      double t = from - first;
      double[] w = nearest ? new double[] {1} : cubic ? cubic(t) : new double[] {1 - t, t};
      for (int k = 0; k < taps; k++) {
        int place = first + k - (cubic ? 1 : 0);
        at[starts[i] + k] = Math.max(0, Math.min(place, in - 1));
        weights[starts[i] + k] = w[k];
      }
      starts[i + 1] = starts[i] + taps;
    }
    return weightedSums("interpolate", x, dim, starts, at, weights);
  }

  /** The weights of four neighbours at a distance t beyond the second. */
  static double[] cubic(double t) {
    return new double[] {far(t + 1), near(t), near(1 - t), far(2 - t)};
  }

  private static double near(double t) {
    return ((CUBIC + 2) * t - (CUBIC + 3)) * t * t + 1;
  }

  private static double far(double t) {
    return ((CUBIC * t - 5 * CUBIC) * t + 8 * CUBIC) * t - 4 * CUBIC;
  }

  /** Sums, or means, of the elements first[i] to end[i] along a dimension. */
  static Tensor windows(String op, Tensor x, int dim, int[] first, int[] end, boolean mean) {
    int[] starts = new int[first.length + 1];
    for (int i = 0; i < first.length; i++) {
      long next = starts[i] + Math.max(0L, end[i] - first[i]);
      starts[i + 1] = Shapes.checked(op, "the number of elements in all windows", next);
    }
    int[] at = new int[starts[first.length]];
    double[] weights = new double[at.length];
    for (int i = 0; i < first.length; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        at[k] = first[i] + k - starts[i];
        weights[k] = mean ? 1.0 / (end[i] - first[i]) : 1;
      }
    }
    return weightedSums(op, x, dim, starts, at, weights);
  }

  /**
   * Sums of weighted elements along a dimension: result i is the sum of weights[k] times the
   * element at[k], k from starts[i] to starts[i + 1].
   */
  private static Tensor weightedSums(
      String op, Tensor x, int dim, int[] starts, int[] at, double[] weights) {
    Tensor a = x.detach().contiguous();
    int in = x.size(dim);
    int out = starts.length - 1;
    Tensor y = Tensor.empty(x.dtype(), Shapes.with(x.layout.shape, dim, out));
    int planes = 1;
    int n = 1;
    for (int i = 0; i < x.dim(); i++) {
      planes *= i < dim ? x.size(i) : 1;
      n *= i > dim ? x.size(i) : 1;
    }
    int row = n;
    FloatingKernels<Object> kernels = Types.floating(x.dtype());
    Object p = a.storage.array();
    Object q = y.storage.array();
    Parallel.parallelFor(
        planes,
        Parallel.ELEMENT * Math.max(in, out) * row,
        (first, end) -> {
          for (int plane = first; plane < end; plane++) {
            int xo = a.layout.offset + plane * in * row;
            int yo = plane * out * row;
            if (row == 1) {
              kernels.pooling().weightedSums(starts, at, weights, p, xo, q, yo);
              continue;
            }
            for (int i = 0; i < out; i++) {
              int k = starts[i];
              int o = yo + i * row;
              if (k < starts[i + 1] && weights[k] == 1) {
                System.arraycopy(p, xo + at[k++] * row, q, o, row);
              } else {
                // -0 changes nothing that is added to it
                y.storage.fill(o, o + row, k < starts[i + 1] ? -0.0 : 0);
              }
              for (; k < starts[i + 1]; k++) {
                kernels.binary().axpy(weights[k], p, xo + at[k] * row, q, o, row);
              }
            }
          }
        });
    return Graph.wanted(x)
        ? Graph.record(
            y, op, x, Graph.none(), (c, g) -> transposedSums(op, g, dim, in, starts, at, weights))
        : y;
  }

  /** The derivative: each of {@code in} elements is a sum of weighted gradients. */
  private static Tensor transposedSums(
      String op, Tensor g, int dim, int in, int[] starts, int[] at, double[] weights) {
    int[] next = new int[in + 2]; // one place ahead, where the loop below leaves it
    for (int a : at) {
      next[a + 2]++;
    }
    for (int i = 0; i < in; i++) {
      next[i + 2] += next[i + 1];
    }
    int[] results = new int[at.length];
    double[] turned = new double[at.length];
    for (int i = 0; i < starts.length - 1; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        int to = next[at[k] + 1]++;
        results[to] = i;
        turned[to] = weights[k];
      }
    }
    return weightedSums(op, g, dim, Arrays.copyOf(next, in + 1), results, turned);
  }

  // ---- images rearranged --------------------------------------------------------------------

  static Tensor pixelShuffle(Tensor x, int factor) {
    requireImage("pixelShuffle", x, factor);
    int c = x.size(-3);
    long square = (long) factor * factor;
    if (c % square != 0) {
      throw Shapes.error(
          "pixelShuffle: %s channels of %s are no multiple of %s", c, x.layout.shape, square);
    }
    int h = x.size(-2);
    int w = x.size(-1);
    int[] batch = Arrays.copyOf(x.layout.shape, x.dim() - 3);
    int b = Shapes.numel("pixelShuffle", batch);
    int channels = (int) (c / square);
    int height = Shapes.checked("pixelShuffle", "the height", (long) h * factor);
    int width = Shapes.checked("pixelShuffle", "the width", (long) w * factor);
    Tensor y =
        x.reshape(b, channels, factor, factor, h, w)
            .permute(0, 1, 4, 2, 5, 3)
            .reshape(Shapes.concat(batch, channels, height, width));
    return Copies.images(y, x);
  }

  static Tensor pixelUnshuffle(Tensor x, int factor) {
    requireImage("pixelUnshuffle", x, factor);
    int c = x.size(-3);
    int h = x.size(-2) / factor;
    int w = x.size(-1) / factor;
    if (x.size(-2) != h * factor || x.size(-1) != w * factor) {
      throw Shapes.error(
          "pixelUnshuffle: height and width of %s are no multiples of %s", x.layout.shape, factor);
    }
    int[] batch = Arrays.copyOf(x.layout.shape, x.dim() - 3);
    int b = Shapes.numel("pixelUnshuffle", batch);
    long cells = Shapes.product(c, factor, factor);
    int channels = Shapes.checked("pixelUnshuffle", "the number of channels", cells);
    Tensor y =
        x.reshape(b, c, h, factor, w, factor)
            .permute(0, 1, 3, 5, 2, 4)
            .reshape(Shapes.concat(batch, channels, h, w));
    return Copies.images(y, x);
  }

  private static void requireImage(String op, Tensor x, int factor) {
    if (x.dim() < 3) {
      throw new ShapeException(
          op
              + ": expects an input [*, channels, height, width], got "
              + Shapes.format(x.layout.shape));
    }
    if (factor < 1) {
      throw new IllegalArgumentException(op + ": the factor must be positive, is " + factor);
    }
  }

  static Tensor channelShuffle(Tensor x, int groups) {
    if (x.dim() < 3 || groups < 1 || x.size(1) % groups != 0) {
      throw Shapes.error(
          "channelShuffle: expects an input [batch, channels, *] whose channels are a multiple of"
              + " %s groups, got %s",
          groups, x.layout.shape);
    }
    int c = x.size(1);
    Tensor y = x.unflatten(1, groups, c / groups).transpose(1, 2).flatten(1, 2);
    return Copies.images(y, x);
  }

  // ---- patches ------------------------------------------------------------------------------

  /** Patches as columns: [batch, channels, h, w] to [batch, channels kh kw, number of patches]. */
  static Tensor unfold(Tensor x, int[] kernel, PatchOptions o) {
    if (x.dim() == 3) {
      return unfold(x.unsqueeze(0), kernel, o).squeeze(0);
    }
    Patches p = new Patches("unfold", x, kernel, o, x.layout.shape);
    int[] border = {p.pw, p.pw, p.ph, p.ph};
    Tensor padded = Padding.constant(x.detach(), border, 0).contiguous();
    int[] steps = padded.layout.strides;
    int[] shape = {x.size(0), x.size(1), p.kh, p.kw, p.rows, p.columns};
    int[] strides = {
      steps[0],
      steps[1],
      Shapes.stride((long) p.dh * steps[2]),
      p.dw,
      Shapes.stride((long) p.sh * steps[2]),
      p.sw
    };
    Layout patches = padded.layout.asStrided(shape, strides, padded.layout.offset);
    Tensor columns = new Tensor(padded.storage, patches).rowMajorCopy();
    int cells =
        Shapes.checked("unfold", "the size of a patch", Shapes.product(shape[1], p.kh, p.kw));
    Tensor y = columns.view(shape[0], cells, p.count()).detach();
    int[] size = {x.size(2), x.size(3)};
    return Graph.wanted(x)
        ? Graph.record(y, "unfold", x, Graph.none(), (c, g) -> fold(g, size, kernel, o))
        : y;
  }

  /** The sum of patches at their places, the derivative of {@link #unfold}. */
  static Tensor fold(Tensor x, int[] size, int[] kernel, PatchOptions o) {
    if (x.dim() == 2) {
      return fold(x.unsqueeze(0), size, kernel, o).squeeze(0);
    }
    int[] sides = Convolution.sizes("fold", "kernelSize", kernel, 2, 1);
    int[] sizes = Convolution.sizes("fold", "outputSize", size, 2, 1);
    long area = Shapes.product(sides);
    if (x.dim() != 3 || x.size(1) == 0 || x.size(1) % area != 0) {
      throw Shapes.error(
          "fold: expects an input [batch, channels times %s, patches], got %s",
          area, x.layout.shape);
    }
    int channels = (int) (x.size(1) / area);
    int[] shape = {x.size(0), channels, sizes[0], sizes[1]};
    Patches p = new Patches("fold", x, kernel, o, shape);
    if (p.count() != x.size(2)) {
      throw Shapes.error(
          "fold: %s patches do not cover %s (%s != %s)", x.size(2), shape, x.size(2), p.count());
    }
    int h = p.height;
    int w = p.width;
    int pixels = Shapes.checked("fold", "the padded image", (long) h * w);
    long[] places = p.places();
    Tensor sum =
        Tensor.zeros(x.dtype(), shape[0], channels, pixels)
            .indexAdd(
                2, Tensor.of(places, places.length), x.reshape(shape[0], channels, places.length));
    return sum.unflatten(2, h, w).narrow(2, p.ph, shape[2]).narrow(3, p.pw, shape[3]).contiguous();
  }

  /** Where patches lie in a padded image. */
  private static final class Patches {
    final int kh;
    final int kw;
    final int dh;
    final int dw;
    final int ph;
    final int pw;
    final int sh;
    final int sw;
    final int rows;
    final int columns;
    final int height;
    final int width;
    private final String op;

    Patches(String op, Tensor x, int[] kernel, PatchOptions o, int[] shape) {
      boolean image = shape.length == 4;
      for (int i = 1; image && i < 4; i++) {
        image = shape[i] > 0;
      }
      if (!image) {
        throw Shapes.error(
            "%s: expects an input [batch, channels, height, width], of which only the batch may be"
                + " empty, got %s",
            op, x.layout.shape);
      }
      this.op = op;
      int[] k = Convolution.sizes(op, "kernelSize", kernel, 2, 1);
      int[] d = Convolution.sizes(op, "dilation", o.dilation, 2, 1);
      int[] p = Convolution.sizes(op, "padding", o.padding, 2, 0);
      int[] s = Convolution.sizes(op, "stride", o.stride, 2, 1);
      kh = k[0];
      kw = k[1];
      dh = d[0];
      dw = d[1];
      ph = p[0];
      pw = p[1];
      sh = s[0];
      sw = s[1];
      height = Convolution.padded(op, 2, shape[2], ph);
      width = Convolution.padded(op, 3, shape[3], pw);
      rows = patches(height, kh, dh, sh);
      columns = patches(width, kw, dw, sw);
    }

    private int patches(int n, int k, int d, int s) {
      long extent = (long) d * (k - 1) + 1;
      if (extent > n) {
        throw new ShapeException(
            op + ": a patch extends over " + extent + ", the padded input over " + n);
      }
      return (int) (n - extent) / s + 1;
    }

    int count() {
      return Shapes.checked(op, "the number of patches", (long) rows * columns);
    }

    /** In the order kernel row, kernel column, patch row, patch column. */
    long[] places() {
      long[] places = new long[Shapes.numel(op, new int[] {kh, kw, rows, columns})];
      int next = 0;
      for (int i = 0; i < kh; i++) {
        for (int j = 0; j < kw; j++) {
          for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
              places[next++] = (long) (r * sh + i * dh) * width + c * sw + j * dw;
            }
          }
        }
      }
      return places;
    }
  }

  // ---- normalisation by neighbours ------------------------------------------------------------

  /** x / (k + alpha mean of the squares of size neighbouring channels)^beta. */
  static Tensor localResponseNorm(Tensor x, int size, double alpha, double beta, double k) {
    if (x.dim() < 3) {
      throw new ShapeException(
          "localResponseNorm: expects an input [batch, channels, *] of at least 3 dimensions, got "
              + Shapes.format(x.layout.shape));
    }
    boolean whole = x.dtype() == DType.INT64;
    if (!x.isFloatingPoint() && !whole) {
      throw new DTypeException(
          "localResponseNorm: needs floating-point or int64 elements, was " + x.dtype());
    }
    if (size < 1) {
      throw new IllegalArgumentException(
          "localResponseNorm: the size must be positive, is " + size);
    }
    if (x.numel() == 0) {
      return x.mul(1);
    }
    int channels = x.size(1);
    int[] first = new int[channels];
    int[] end = new int[channels];
    for (int i = 0; i < channels; i++) {
      first[i] = Math.max(i - size / 2, 0);
      end[i] = (int) Math.min(i + (size + 1L) / 2, channels);
    }
    Tensor squares = whole ? x.square().to(DType.FLOAT64) : x.square();
    Tensor sum = windows("localResponseNorm", squares, 1, first, end, false);
    // as in PyTorch, the mean of integers is one
    Tensor mean = whole ? sum.div(size).to(DType.INT64) : sum.div(size);
    return x.div(mean.mul(alpha).add(k).pow(beta));
  }

  /** x / max(norm, eps) along a dimension. */
  static Tensor normalize(Tensor x, double p, int dim, double eps) {
    return x.div(x.norm(p, new int[] {dim}, true).clamp(eps, null));
  }

  /** Distances of all pairs of rows, each pair once. */
  static Tensor pdist(Tensor x, double p) {
    if (x.dim() != 2) {
      throw new ShapeException(
          "pdist: expects a matrix of row vectors, got " + Shapes.format(x.layout.shape));
    }
    int n = x.size(0);
    if (n < 2) {
      return Tensor.zeros(x.dtype(), 0).add(x.sum().mul(0).expand(0));
    }
    Tensor pairs = Tensor.triuIndices(n, n, 1);
    Tensor difference =
        x.indexSelect(0, pairs.select(0, 0)).sub(x.indexSelect(0, pairs.select(0, 1)));
    return Distances.lengths("pdist", difference, p);
  }
}
