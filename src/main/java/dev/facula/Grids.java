package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Tensors brought to one shape, coordinates of grids, and choices of elements. */
final class Grids {
  private Grids() {}

  static List<Tensor> broadcastTensors(Tensor... tensors) {
    int[] shape = Shapes.SCALAR;
    for (Tensor t : Objects.requireNonNull(tensors, "tensors")) {
      int[] other = Objects.requireNonNull(t, "tensors").layout.shape;
      shape = Shapes.broadcast("broadcastTensors", shape, other);
    }
    int[] common = shape;
    return Joining.map(List.of(tensors), t -> t.expand(common));
  }

  static List<Tensor> meshgrid(String indexing, Tensor... tensors) {
    boolean xy = indexing.equals("xy");
    if (!xy && !indexing.equals("ij")) {
      throw new IllegalArgumentException(
          "meshgrid: indexing has to be \"ij\" or \"xy\", is \"" + indexing + "\"");
    }
    int rank = tensors.length;
    requireOfOneType("meshgrid", tensors);
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      if (tensors[i].dim() > 1) {
        throw new ShapeException(
            "meshgrid: expects vectors, got shape " + Shapes.format(tensors[i].layout.shape));
      }
      shape[i] = tensors[i].numel();
    }
    List<Tensor> grid = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      int[] along = new int[rank];
      Arrays.fill(along, 1);
      along[i] = shape[i];
      Tensor t = tensors[i].reshape(along).expand(shape);
      grid.add(xy && rank > 1 ? t.transpose(0, 1) : t);
    }
    return grid;
  }

  private static void requireOfOneType(String op, Tensor... tensors) {
    if (Objects.requireNonNull(tensors, "tensors").length == 0) {
      throw new IllegalArgumentException(op + ": expects at least one tensor");
    }
    for (Tensor t : tensors) {
      if (Objects.requireNonNull(t, "tensors").dtype() != tensors[0].dtype()) {
        throw new DTypeException(
            "%s: expects tensors of one type, got %s and %s; convert one with to()"
                .formatted(op, tensors[0].dtype(), t.dtype()));
      }
    }
  }

  static Tensor cartesianProd(Tensor... tensors) {
    for (Tensor t : Objects.requireNonNull(tensors, "tensors")) {
      if (Objects.requireNonNull(t, "tensors").dim() != 1) {
        throw new ShapeException(
            "cartesianProd: expects vectors, got shape " + Shapes.format(t.layout.shape));
      }
    }
    requireOfOneType("cartesianProd", tensors);
    if (tensors.length == 1) {
      return tensors[0];
    }
    return Tensor.stack(Joining.map(meshgrid("ij", tensors), Tensor::flatten), 1);
  }

  static Tensor combinations(Tensor x, int r, boolean withReplacement) {
    if (x.dim() != 1) {
      throw new ShapeException(
          "combinations: expects a vector, got shape " + Shapes.format(x.layout.shape));
    }
    if (r < 0) {
      throw new IllegalArgumentException("combinations: r must not be negative, is " + r);
    }
    if (r == 0) {
      return Tensor.zeros(x.dtype(), 0);
    }
    // with replacement they are the combinations of n + r - 1 numbers, moved together
    long from = x.numel() + (withReplacement ? r - 1L : 0);
    int rows = Shapes.checked("combinations", "their number", choose(from, r));
    long[] index = new long[Shapes.numel("combinations", new int[] {rows, r})];
    for (int i = 0; i < rows; i++) {
      int row = i * r;
      // the last place that can still grow does, and those behind it follow
      int grown = r - 1;
      while (i > 0
          && grown > 0
          && index[row - r + grown] == limit(from, r, grown, withReplacement)) {
        grown--;
      }
      for (int k = 0; k < r; k++) {
        boolean kept = i > 0 && k < grown;
        long last = k == 0 ? withReplacement ? 0 : -1 : index[row + k - 1];
        index[row + k] =
            kept
                ? index[row - r + k]
                : i > 0 && k == grown ? index[row - r + k] + 1 : last + (withReplacement ? 0 : 1);
      }
    }
    return x.indexSelect(0, Tensor.of(index, index.length)).reshape(rows, r);
  }

  /** The largest number that place k of r has in a combination. */
  private static long limit(long from, int r, int k, boolean withReplacement) {
    return withReplacement ? from - r : from - r + k;
  }

  /** The number of combinations of r of n, or the largest long. */
  private static long choose(long n, int r) {
    if (r > n) {
      return 0;
    }
    long smaller = Math.min(r, n - r);
    long count = 1;
    for (long i = 1; i <= smaller && count < Long.MAX_VALUE; i++) {
      long factor = n - smaller + i;
      count = count > Long.MAX_VALUE / factor ? Long.MAX_VALUE : count * factor / i;
    }
    return count;
  }
}
