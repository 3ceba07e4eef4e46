package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.GridKernels;
import dev.facula.internal.kernel.GridShape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Images sampled at the places of a grid, and the grid of an affine map. */
final class GridSampling {
  private static final List<String> PADDINGS = List.of("zeros", "border", "reflection");

  private GridSampling() {}

  static Tensor sample(Tensor x, Tensor grid, GridSampleOptions o) {
    GridShape s = shape(x, grid, o);
    if (Reduced.is(x)) {
      return Reduced.apply(t -> sample(t[0], t[1], o), x, grid);
    }
    int[] points = Arrays.copyOfRange(grid.layout.shape, 1, grid.dim() - 1);
    int[] out = Shapes.concat(new int[] {s.batch(), s.channels()}, points);
    Shapes.numel("gridSample", out);
    Tensor a = x.detach().contiguous();
    Tensor places = grid.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), out);
    kernels(x)
        .gridSample(
            s,
            a.storage.array(),
            a.layout.offset,
            places.storage.array(),
            places.layout.offset,
            y.storage.array(),
            0);
    if (!Graph.wanted(x, grid)) {
      return y;
    }
    return Graph.record(
        y,
        "gridSample",
        Graph.tensors(x, grid),
        Graph.tensors(a, places),
        (c, gs) -> {
          Tensor gradient = Graph.defined(gs);
          Tensor g = gradient.detach().contiguous();
          Tensor from = c.saved(0);
          Tensor to = c.saved(1);
          Tensor[] sources = {gradient, x, grid};
          return new Tensor[] {
            c.needs(0) ? last(inputGradient(s, to, g, from.layout.shape), sources) : null,
            c.needs(1) ? last(gridGradient(s, from, to, g), sources) : null
          };
        });
  }

  /** A gradient that has none itself, as in PyTorch. */
  private static Tensor last(Tensor d, Tensor[] sources) {
    return Graph.wanted(sources)
        ? Graph.record(
            d,
            "gridSampleBackward",
            sources,
            Graph.none(),
            (c, g) -> {
              throw new AutogradException("gridSample: has no second derivative");
            })
        : d;
  }

  private static Tensor inputGradient(GridShape s, Tensor grid, Tensor g, int[] shape) {
    Tensor dx = Tensor.zeros(g.dtype(), shape);
    kernels(g)
        .gridSampleInputBackward(
            s,
            grid.storage.array(),
            grid.layout.offset,
            g.storage.array(),
            g.layout.offset,
            dx.storage.array(),
            0);
    return dx;
  }

  private static Tensor gridGradient(GridShape s, Tensor x, Tensor grid, Tensor g) {
    Tensor d = Tensor.empty(g.dtype(), grid.layout.shape);
    kernels(g)
        .gridSampleGridBackward(
            s,
            x.storage.array(),
            x.layout.offset,
            grid.storage.array(),
            grid.layout.offset,
            g.storage.array(),
            g.layout.offset,
            d.storage.array(),
            0);
    return d;
  }

  private static GridKernels<Object> kernels(Tensor x) {
    return Types.floating(x.dtype()).grid();
  }

  private static GridShape shape(Tensor x, Tensor grid, GridSampleOptions o) {
    int rank = Objects.requireNonNull(x, "x").dim() - 2;
    int[] image = x.layout.shape;
    int[] places = Objects.requireNonNull(grid, "grid").layout.shape;
    if (rank < 2 || rank > 3 || grid.dim() != x.dim()) {
      throw Shapes.error(
          "gridSample: expects an input [N, C, H, W] with a grid [N, h, w, 2], or [N, C, D, H, W]"
              + " with [N, d, h, w, 3], got %s and %s",
          image, places);
    }
    if (image[0] != places[0]) {
      throw Shapes.error(
          "gridSample: input and grid differ in batch: %s and %s (%s != %s)",
          image, places, image[0], places[0]);
    }
    if (places[rank + 1] != rank) {
      throw Shapes.error(
          "gridSample: a grid for an input of %s needs %s coordinates in its last dimension, got"
              + " %s (%s != %s)",
          image, rank, places, places[rank + 1], rank);
    }
    Promotion.requireFloating("gridSample", x);
    if (x.dtype() != grid.dtype()) {
      throw new DTypeException(
          "gridSample: input and grid differ in type: %s and %s; convert one with to(...)"
              .formatted(x.dtype(), grid.dtype()));
    }
    int points = 1;
    for (int i = 0; i < rank; i++) {
      if (image[i + 2] == 0) {
        throw Shapes.error("gridSample: an image without elements has no samples, got %s", image);
      }
      points *= places[i + 1];
    }
    int taps =
        switch (o.mode) {
          case "nearest" -> 1;
          case "bilinear" -> 2;
          case "bicubic" -> 4;
          default ->
              throw new IllegalArgumentException(
                  "gridSample: mode must be bilinear, nearest or bicubic, was " + o.mode);
        };
    if (taps == 4 && rank == 3) {
      throw new IllegalArgumentException(
          "gridSample: mode bicubic is for images [N, C, H, W], got " + Shapes.format(image));
    }
    int padding = PADDINGS.indexOf(o.paddingMode);
    if (padding < 0) {
      throw new IllegalArgumentException(
          "gridSample: paddingMode must be one of " + PADDINGS + ", was " + o.paddingMode);
    }
    int depth = rank == 3 ? image[2] : 1;
    int height = image[rank];
    return new GridShape(
        image[0],
        image[1],
        depth,
        height,
        image[rank + 1],
        points,
        rank,
        taps,
        padding,
        o.alignCorners);
  }

  static Tensor affine(Tensor theta, int[] size, boolean aligned) {
    int rank = Objects.requireNonNull(size, "size").length - 2;
    int[] own = Objects.requireNonNull(theta, "theta").layout.shape;
    Promotion.requireFloating("affineGrid", theta);
    if (rank < 2 || rank > 3) {
      throw new ShapeException(
          "affineGrid: size must be [N, C, H, W] or [N, C, D, H, W], was " + Shapes.format(size));
    }
    for (int n : size) {
      if (n < 1) {
        throw new ShapeException(
            "affineGrid: all sizes must be positive, got " + Shapes.format(size));
      }
    }
    if (own.length != 3 || own[0] != size[0] || own[1] != rank || own[2] != rank + 1) {
      throw Shapes.error(
          "affineGrid: expects theta [%s, %s, %s] for an output of %s, got %s",
          size[0], rank, rank + 1, size, own);
    }
    int[] grid = Arrays.copyOfRange(size, 2, rank + 2);
    Tensor y = theta.narrow(2, rank, 1).reshape(affineShape(size[0], rank));
    for (int i = 0; i < rank; i++) {
      int n = grid[rank - 1 - i];
      Tensor along = Tensor.linspace(theta.dtype(), -1, 1, n);
      if (n == 1) {
        along = Tensor.zeros(theta.dtype(), 1);
      } else if (!aligned) {
        along = along.mul((n - 1.0) / n);
      }
      int[] shape = new int[rank + 1];
      Arrays.fill(shape, 1);
      shape[rank - 1 - i] = n;
      Tensor column = theta.narrow(2, i, 1).reshape(affineShape(size[0], rank));
      y = y.add(column.mul(along.reshape(shape)));
    }
    return y;
  }

  /** [batch, 1, ..., 1, rank], to be added to a grid. */
  private static int[] affineShape(int batch, int rank) {
    int[] shape = new int[rank + 2];
    Arrays.fill(shape, 1);
    shape[0] = batch;
    shape[rank + 1] = rank;
    return shape;
  }
}
