package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Estimates of derivatives from neighbouring elements, of second order inside. */
final class FiniteDifferences {
  private static final String OP = "gradient";

  private FiniteDifferences() {}

  static List<Tensor> gradient(Tensor x, GradientOptions o) {
    int[] dims = Shapes.dims(OP, o.dim, x.dim());
    if (o.dim.length == 0) {
      dims = Shapes.range(x.dim());
    }
    boolean coordinates = !o.coordinates.isEmpty();
    int given = coordinates ? o.coordinates.size() : o.spacing.length;
    if (given != dims.length && !(o.uniform && !coordinates)) {
      throw new IllegalArgumentException(
          "%s: spacing must be one number, or one for each dimension: %s != %s"
              .formatted(OP, given, dims.length));
    }
    if (o.edgeOrder != 1 && o.edgeOrder != 2) {
      throw new IllegalArgumentException(OP + ": edgeOrder must be 1 or 2, was " + o.edgeOrder);
    }
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      int d = i < o.dim.length ? o.dim[i] < 0 ? o.dim[i] + x.dim() : o.dim[i] : dims[i];
      if (x.dim() == 0 || x.size(d) < o.edgeOrder + 1) {
        throw Shapes.error(
            "%s: each dimension needs at least edgeOrder + 1 = %s elements, got %s",
            OP, o.edgeOrder + 1, x.layout.shape);
      }
      result.add(
          coordinates
              ? uneven(x, d, o.coordinates.get(i), o.edgeOrder)
              : even(x, d, o.spacing[o.uniform ? 0 : i], o.edgeOrder));
    }
    return result;
  }

  private static Tensor even(Tensor x, int dim, double h, int order) {
    int n = x.size(dim);
    Tensor center = x.narrow(dim, 2, n - 2).sub(x.narrow(dim, 0, n - 2)).div(2 * h);
    Tensor first = x.narrow(dim, 1, 1).sub(x.narrow(dim, 0, 1));
    Tensor last = x.narrow(dim, n - 1, 1).sub(x.narrow(dim, n - 2, 1));
    if (order == 2) {
      first = sum(x, dim, 0, -1.5, 2, -0.5);
      last = sum(x, dim, n - 3, 0.5, -2, 1.5);
    }
    return Tensor.cat(List.of(first.div(h), center, last.div(h)), dim);
  }

  private static Tensor sum(Tensor x, int dim, int at, double a, double b, double c) {
    return x.narrow(dim, at, 1)
        .mul(a)
        .add(x.narrow(dim, at + 1, 1).mul(b))
        .add(x.narrow(dim, at + 2, 1).mul(c));
  }

  private static Tensor uneven(Tensor x, int dim, Tensor coordinates, int order) {
    int n = x.size(dim);
    if (coordinates.dim() != 1 || coordinates.numel() != n) {
      throw Shapes.error(
          "%s: dimension %s of %s needs a vector of %s coordinates, got %s",
          OP, dim, x.layout.shape, n, coordinates.layout.shape);
    }
    int[] shape = new int[x.dim()];
    Arrays.fill(shape, 1);
    shape[dim] = n - 1;
    Tensor h = coordinates.diff().reshape(shape);
    Tensor h1 = h.narrow(dim, 0, n - 2);
    Tensor h2 = h.narrow(dim, 1, n - 2);
    Tensor both = h1.add(h2);
    Tensor center =
        x.narrow(dim, 0, n - 2)
            .mul(h2.neg().div(h1.mul(both)))
            .add(x.narrow(dim, 1, n - 2).mul(h2.sub(h1).div(h1.mul(h2))))
            .add(x.narrow(dim, 2, n - 2).mul(h1.div(h2.mul(both))));
    Tensor first = x.narrow(dim, 1, 1).sub(x.narrow(dim, 0, 1)).div(h.narrow(dim, 0, 1));
    Tensor last = x.narrow(dim, n - 1, 1).sub(x.narrow(dim, n - 2, 1)).div(h.narrow(dim, n - 2, 1));
    if (order == 2) {
      first = edge(x, dim, new int[] {0, 1, 2}, h.narrow(dim, 0, 1), h.narrow(dim, 1, 1));
      last =
          edge(
                  x,
                  dim,
                  new int[] {n - 1, n - 2, n - 3},
                  h.narrow(dim, n - 2, 1),
                  h.narrow(dim, n - 3, 1))
              .neg();
    }
    return Tensor.cat(List.of(first, center, last), dim);
  }

  /** The slope at an edge from three elements, which lie h1 and h2 apart. */
  private static Tensor edge(Tensor x, int dim, int[] at, Tensor h1, Tensor h2) {
    Tensor both = h1.add(h2);
    return x.narrow(dim, at[0], 1)
        .mul(h1.mul(2).add(h2).neg().div(h1.mul(both)))
        .add(x.narrow(dim, at[1], 1).mul(both.div(h1.mul(h2))))
        .sub(x.narrow(dim, at[2], 1).mul(h1.div(h2.mul(both))));
  }
}
