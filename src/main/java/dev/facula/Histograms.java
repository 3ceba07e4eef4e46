package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** How many points lie in each of the boxes between edges. */
final class Histograms {
  private Histograms() {}

  /** Edges at equal distances between the given or the outermost coordinates. */
  static List<Tensor> edges(String op, Tensor points, int[] bins, HistogramOptions o) {
    int dims = require(op, points, Objects.requireNonNull(bins, "bins").length);
    double[] range = o.range;
    if (range != null && range.length != 2 * dims) {
      throw new IllegalArgumentException(
          "%s: range must have a pair for each of the %s dimensions, got %s numbers"
              .formatted(op, dims, range.length));
    }
    List<Tensor> edges = new ArrayList<>();
    for (int i = 0; i < dims; i++) {
      if (bins[i] < 1) {
        throw new IllegalArgumentException(
            op + ": the number of bins must be positive, was " + bins[i]);
      }
      double low = 0;
      double high = 1;
      if (range != null) {
        low = range[2 * i];
        high = range[2 * i + 1];
      } else if (points.numel() > 0) {
        Tensor column = points.detach().select(1, i);
        low = column.min().item();
        high = column.max().item();
      }
      if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
        throw new IllegalArgumentException(
            "%s: a range must be finite and not decrease, was [%s, %s]".formatted(op, low, high));
      }
      if (low == high) {
        low -= 0.5;
        high += 0.5;
      }
      edges.add(Tensor.linspace(points.dtype(), low, high, bins[i] + 1));
    }
    return edges;
  }

  /** The histogram of points [n, dims] between edges. */
  static Tensor count(String op, Tensor points, List<Tensor> edges, HistogramOptions o) {
    int dims = require(op, points, Objects.requireNonNull(edges, "bins").size());
    int n = points.size(0);
    int[] shape = new int[dims];
    double[][] bounds = new double[dims][];
    for (int i = 0; i < dims; i++) {
      Tensor e = edges.get(i);
      if (e.dim() != 1 || e.numel() < 1 || e.dtype() != points.dtype()) {
        throw new IllegalArgumentException(
            "%s: edges must be a vector of %s with at least one element, got %s of %s"
                .formatted(op, points.dtype(), Shapes.format(e.layout.shape), e.dtype()));
      }
      bounds[i] = e.toDoubleArray();
      shape[i] = bounds[i].length - 1;
    }
    double[] weights = weights(op, points, o);
    double[] counts = new double[Shapes.numel(op, shape)];
    double[] x = points.detach().toDoubleArray();
    for (int p = 0; p < n; p++) {
      int place = 0;
      for (int i = 0; i < dims && place >= 0; i++) {
        int bin = bin(bounds[i], x[p * dims + i]);
        place = bin < 0 ? -1 : place * shape[i] + bin;
      }
      if (place >= 0 && counts.length > 0) {
        counts[place] += weights.length == 0 ? 1 : weights[p];
      }
    }
    Tensor y = Tensor.of(counts, shape);
    if (o.density) {
      y = y.div(y.sum());
      for (int i = 0; i < dims; i++) {
        int[] along = new int[dims];
        Arrays.fill(along, 1);
        along[i] = shape[i];
        y = y.div(edges.get(i).detach().to(DType.FLOAT64).diff().reshape(along));
      }
    }
    return y.to(points.dtype());
  }

  /** The bin of a coordinate, of which the last one includes its right edge; -1 outside. */
  private static int bin(double[] edges, double x) {
    int last = edges.length - 1;
    if (!(x >= edges[0] && x <= edges[last]) || last == 0) {
      return -1;
    }
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] <= x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.min(low - 1, last - 1);
  }

  private static double[] weights(String op, Tensor points, HistogramOptions o) {
    Tensor w = o.weight;
    if (w == null) {
      return new double[0];
    }
    if (w.dtype() != points.dtype()) {
      throw new DTypeException(
          "%s: input and weight differ in type: %s and %s"
              .formatted(op, points.dtype(), w.dtype()));
    }
    if (w.numel() != points.size(0)) {
      throw Shapes.error(
          "%s: expects a weight for each of %s points, got %s", op, points.size(0), w.layout.shape);
    }
    return w.detach().toDoubleArray();
  }

  private static int require(String op, Tensor points, int count) {
    Promotion.requireFloating(op, points);
    int dims = points.size(1);
    if (count != dims) {
      throw new IllegalArgumentException(
          "%s: the number of bins must be that of the coordinates of a point: %s != %s"
              .formatted(op, count, dims));
    }
    return dims;
  }

  /** Points in the last dimension as a matrix. */
  static Tensor points(String op, Tensor x) {
    if (x.dim() < 2) {
      throw Shapes.error("%s: expects points [*, dimensions], got %s", op, x.layout.shape);
    }
    return x.size(-1) == 0 ? x.reshape(0, 0) : x.reshape(-1, x.size(-1));
  }
}
