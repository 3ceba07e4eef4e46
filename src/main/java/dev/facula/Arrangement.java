package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Rearrangements made of views, joins and {@code indexSelect}: their gradients are those of their
 * parts.
 */
final class Arrangement {
  private Arrangement() {}

  /** An index tensor of n entries. */
  private static Tensor indices(int n, IntToLongFunction at) {
    long[] values = new long[n];
    Arrays.setAll(values, at);
    return Tensor.of(values, n);
  }

  static Tensor flip(Tensor x, int[] dims) {
    Layout own = x.layout;
    int[] strides = own.strides.clone();
    int offset = own.offset;
    if (dims.length > 0 && x.numel() > 0) {
      for (int d : Shapes.dims("flip", dims, x.dim())) {
        if (x.dim() > 0) {
          offset += (x.size(d) - 1) * strides[d];
          strides[d] = -strides[d];
        }
      }
    }
    Tensor y = Tensor.emptyLike(x);
    Layout reversed = new Layout(own.shape, strides, offset, own.numel);
    Copies.copy(reversed, x.storage, y.layout, y.storage);
    return Graph.wanted(x) ? Graph.record(y, "flip", x, Graph.none(), (c, g) -> flip(g, dims)) : y;
  }

  static Tensor roll(Tensor x, int[] shifts, int[] dims) {
    if (dims.length == 0 && shifts.length == 1) {
      return roll(x.flatten(), shifts, new int[] {0}).reshape(x.layout.shape);
    }
    if (shifts.length == 0) {
      throw new ShapeException("roll: needs at least one shift");
    }
    if (shifts.length != dims.length) {
      throw Shapes.error(
          "roll: needs as many shifts as dimensions (%s != %s)", shifts.length, dims.length);
    }
    requireRank("roll", x, 1);
    Tensor y = x;
    for (int i = 0; i < dims.length; i++) {
      int d = Shapes.dim("roll", dims[i], x.dim());
      int n = x.size(d);
      int by = n == 0 ? 0 : Math.floorMod(shifts[i], n);
      if (by != 0) {
        y = Tensor.cat(List.of(y.narrow(d, n - by, by), y.narrow(d, 0, n - by)), d);
      }
    }
    return y == x ? x.clone() : y;
  }

  static Tensor rot90(Tensor x, int k, int[] dims) {
    if (dims.length != 2) {
      throw new ShapeException("rot90: needs two dimensions to rotate in, has " + dims.length);
    }
    requireRank("rot90", x, 2);
    int from = Shapes.dim("rot90", dims[0], x.dim());
    int to = Shapes.dim("rot90", dims[1], x.dim());
    if (from == to) {
      throw new ShapeException(
          "rot90: the two dimensions are the same: " + dims[0] + ", " + dims[1]);
    }
    return switch (Math.floorMod(k, 4)) {
      case 1 -> flip(x, new int[] {to}).transpose(from, to);
      case 2 -> flip(x, new int[] {from, to});
      case 3 -> flip(x, new int[] {from}).transpose(from, to);
      default -> x.clone();
    };
  }

  static Tensor flipped(String op, Tensor x, int rank, int dim) {
    requireRank(op, x, rank);
    return flip(x, new int[] {dim});
  }

  static Tensor repeat(Tensor x, int[] repeats) {
    int rank = repeats.length;
    if (rank < x.dim()) {
      throw Shapes.error(
          "repeat: needs at least as many repeats as dimensions (%s < %s), for shape %s",
          rank, x.dim(), x.layout.shape);
    }
    int[] single = new int[2 * rank];
    int[] repeated = new int[2 * rank];
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      int lead = rank - x.dim();
      int n = i < lead ? 1 : x.layout.shape[i - lead];
      if (repeats[i] < 0) {
        throw new ShapeException("repeat: negative number of repeats " + repeats[i]);
      }
      single[2 * i] = 1;
      single[2 * i + 1] = n;
      repeated[2 * i] = repeats[i];
      repeated[2 * i + 1] = n;
      shape[i] = Shapes.checked("repeat", "the size of dimension " + i, (long) repeats[i] * n);
    }
    Tensor y = x.reshape(single).expand(repeated).reshape(shape);
    return y.storage == x.storage ? y.clone() : y;
  }

  static Tensor tile(Tensor x, int[] repeats) {
    int missing = Math.max(x.dim() - repeats.length, 0);
    int[] all = new int[missing + repeats.length];
    Arrays.fill(all, 0, missing, 1);
    System.arraycopy(repeats, 0, all, missing, repeats.length);
    return repeat(x, all);
  }

  static Tensor repeatInterleave(Tensor x, int repeats, int dim) {
    int d = Shapes.dim("repeatInterleave", dim, x.dim());
    Tensor source = x.dim() == 0 ? x.reshape(1) : x;
    if (repeats < 0) {
      throw new ShapeException("repeatInterleave: negative number of repeats " + repeats);
    }
    int size = Shapes.checked("repeatInterleave", "the size", (long) source.size(d) * repeats);
    Shapes.numel("repeatInterleave", Shapes.with(source.layout.shape, d, size));
    // as a copy of a broadcast view, whose gradient is a sum that loses nothing
    int[] shape = Shapes.concat(source.layout.shape, repeats);
    System.arraycopy(shape, d + 1, shape, d + 2, shape.length - d - 2);
    shape[d + 1] = repeats;
    return source.unsqueeze(d + 1).expand(shape).rowMajorCopy().flatten(d, d + 1);
  }

  static Tensor repeatInterleave(Tensor x, Tensor repeats, int dim) {
    int d = Shapes.dim("repeatInterleave", dim, x.dim());
    Tensor source = x.dim() == 0 ? x.reshape(1) : x;
    int n = source.size(d);
    if (!repeats.dtype().isInteger()) {
      throw new DTypeException(
          "repeatInterleave: repeats have to be integers, are "
              + repeats.dtype()
              + "; convert them with to(INT64)");
    }
    if (repeats.dim() > 1) {
      throw Shapes.error(
          "repeatInterleave: repeats have to be a vector, are %s", repeats.layout.shape);
    }
    long[] counts =
        repeats.numel() == 1 ? repeats.reshape(1).expand(n).toLongArray() : repeats.toLongArray();
    if (counts.length != n) {
      throw Shapes.error(
          "repeatInterleave: as many repeats as elements along dimension %s are needed (%s != %s)",
          d, counts.length, n);
    }
    long size = 0;
    for (long count : counts) {
      if (count < 0) {
        throw new ShapeException("repeatInterleave: negative number of repeats " + count);
      }
      size = count > Long.MAX_VALUE - size ? Long.MAX_VALUE : size + count;
    }
    int total = Shapes.checked("repeatInterleave", "the size", size);
    Shapes.numel("repeatInterleave", Shapes.with(source.layout.shape, d, total));
    long[] index = new long[total];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (long r = 0; r < counts[i]; r++) {
        index[at++] = i;
      }
    }
    return source.indexSelect(d, Tensor.of(index, index.length));
  }

  static Tensor atLeast1d(Tensor x) {
    return x.dim() == 0 ? x.reshape(1) : x;
  }

  static Tensor atLeast2d(Tensor x) {
    return x.dim() < 2 ? atLeast1d(x).unsqueeze(0) : x;
  }

  static Tensor atLeast3d(Tensor x) {
    return x.dim() < 3 ? atLeast2d(x).unsqueeze(-1) : x;
  }

  /** Windows of a dimension, a view: dimension d counts them, a last one runs through each. */
  static Tensor unfold(Tensor x, int dimension, int size, int step) {
    int d = Shapes.dim("unfold", dimension, x.dim());
    if (step < 1) {
      throw new ShapeException("unfold: step must be at least 1, was " + step);
    }
    int n = x.dim() == 0 ? 1 : x.size(d);
    if (size < 0 || size > n) {
      throw new ShapeException(
          "unfold: windows of size " + size + " do not fit dimension " + d + " of size " + n);
    }
    int windows = (n - size) / step + 1;
    Layout own = x.layout;
    int[] shape = Shapes.concat(own.shape, size);
    int[] strides = Shapes.concat(own.strides, x.dim() == 0 ? 1 : own.strides[d]);
    if (x.dim() > 0) {
      shape[d] = windows;
      strides[d] = Shapes.stride((long) strides[d] * step);
    }
    return x.viewed(
        "unfold",
        own.asStrided(shape, strides, own.offset),
        t -> t.unfold(d, size, step),
        (c, g) -> {
          if (own.shape.length == 0) {
            return g.reshape(own.shape);
          }
          int all = Shapes.checked("unfold", "the number of places", (long) windows * size);
          Tensor source = indices(all, i -> (long) i / size * step + i % size);
          Tensor placed = g.movedim(-1, d + 1).flatten(d, d + 1);
          return Tensor.zeros(g.dtype(), own.shape).indexAdd(d, source, placed);
        });
  }

  static Tensor movedim(Tensor x, int[] source, int[] destination) {
    if (source.length != destination.length) {
      throw Shapes.error(
          "movedim: needs as many destinations as sources (%s != %s)",
          destination.length, source.length);
    }
    int rank = x.dim();
    if (source.length == 0 || rank == 0) {
      return x.permute(Shapes.range(rank));
    }
    int[] from = Shapes.dims("movedim", source, rank);
    int[] to = Shapes.dims("movedim", destination, rank);
    int[] order = new int[rank];
    Arrays.fill(order, -1);
    boolean[] moved = new boolean[rank];
    for (int i = 0; i < from.length; i++) {
      order[to[i]] = from[i];
      moved[from[i]] = true;
    }
    int next = 0;
    for (int i = 0; i < rank; i++) {
      if (order[i] < 0) {
        while (moved[next]) {
          next++;
        }
        order[i] = next++;
      }
    }
    return x.permute(order);
  }

  static Tensor unflatten(Tensor x, int dim, int[] sizes) {
    int d = Shapes.dim("unflatten", dim, x.dim());
    if (sizes.length == 0) {
      throw new ShapeException("unflatten: needs at least one size");
    }
    int n = x.dim() == 0 ? 1 : x.size(d);
    int[] inner = Shapes.infer("unflatten", sizes, new int[] {n}, n);
    int[] shape = new int[Math.max(x.dim() - 1, 0) + inner.length];
    System.arraycopy(x.layout.shape, 0, shape, 0, d);
    System.arraycopy(inner, 0, shape, d, inner.length);
    int rest = Math.max(x.dim() - d - 1, 0);
    System.arraycopy(x.layout.shape, x.dim() - rest, shape, d + inner.length, rest);
    return x.view(shape);
  }

  // ---- diagonals and slices of a copy -------------------------------------------------------

  static Tensor diagEmbed(Tensor x, int offset, int dim1, int dim2) {
    if (x.dim() == 0) {
      throw new ShapeException("diagEmbed: expects at least 1 dimension, has 0");
    }
    int rank = x.dim() + 1;
    int d1 = Shapes.dim("diagEmbed", dim1, rank);
    int d2 = Shapes.dim("diagEmbed", dim2, rank);
    if (d1 == d2) {
      throw new ShapeException("diagEmbed: the two dimensions are the same: " + dim1 + ", " + dim2);
    }
    int n = Shapes.checked("diagEmbed", "the size", x.size(-1) + Math.abs((long) offset));
    int[] shape = Shapes.insert(x.layout.shape, x.dim(), n);
    shape[x.dim() - 1] = n;
    Tensor last = Tensor.zeros(x.dtype(), shape);
    last.diagonal(offset, -2, -1).copy_(x);
    return movedim(last, new int[] {-2, -1}, new int[] {d1, d2}).contiguous();
  }

  static Tensor diagonalScatter(Tensor x, Tensor source, int offset, int dim1, int dim2) {
    return written("diagonalScatter", x, t -> t.diagonal(offset, dim1, dim2), source);
  }

  static Tensor selectScatter(Tensor x, Tensor source, int dim, int index) {
    return written("selectScatter", x, t -> t.select(dim, index), source);
  }

  /** A copy of x, in which a view of it has become the source. */
  private static Tensor written(String op, Tensor x, UnaryOperator<Tensor> view, Tensor source) {
    Tensor y = x.arranged(MemoryOrder.withGaps(x.layout));
    Tensor part = view.apply(y);
    if (!part.layout.sameShape(source.layout)) {
      throw Shapes.error(
          "%s: the source's shape %s is not %s", op, source.layout.shape, part.layout.shape);
    }
    part.copy_(source);
    return y;
  }

  static void requireRank(String op, Tensor x, int rank) {
    if (x.dim() < rank) {
      throw Shapes.error(
          "%s: expects at least %s dimensions, has %s (%s)", op, rank, x.dim(), x.layout.shape);
    }
  }
}
