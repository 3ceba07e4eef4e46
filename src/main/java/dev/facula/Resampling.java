package dev.facula;

import dev.facula.internal.array.Shapes;
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
    Promotion.requireFloating(op, x);
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> interpolate(t, options));
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
    return WeightedSums.weightedSums("interpolate", x, dim, starts, at, weights);
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
}
