package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
    if (repeats.dim() > 1 || repeats.dtype().isFloatingPoint()) {
      throw Shapes.error(
          "repeatInterleave: repeats has to be a vector of integers, is %s of %s",
          repeats.dtype(), repeats.layout.shape);
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

  // ---- splitting --------------------------------------------------------------------------

  static List<Tensor> split(Tensor x, int size, int dim) {
    requireRank("split", x, 1);
    int d = Shapes.dim("split", dim, x.dim());
    int n = x.size(d);
    if (size < 0 || size == 0 && n > 0) {
      throw new ShapeException("split: size " + size + " for dimension " + d + " of size " + n);
    }
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    do {
      int length = Math.min(size, n - at);
      parts.add(x.narrow(d, at, length));
      at += length;
    } while (at < n);
    return joined(x, "split", parts, gradients -> Tensor.cat(gradients, d));
  }

  static List<Tensor> split(Tensor x, int[] sizes, int dim) {
    requireRank("split", x, 1);
    int d = Shapes.dim("split", dim, x.dim());
    long total = 0;
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException("split: negative size in " + Shapes.format(sizes));
      }
      total += size;
    }
    if (total != x.size(d)) {
      throw Shapes.error(
          "split: the sizes %s do not add up to dimension %s of %s (%s != %s)",
          sizes, d, x.layout.shape, total, x.size(d));
    }
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      parts.add(x.narrow(d, at, size));
      at += size;
    }
    return joined(x, "split", parts, gradients -> Tensor.cat(gradients, d));
  }

  /**
   * Makes the parts of x the outputs of one node, so that their gradients are put together once
   * instead of each being added to zeros of x's size.
   */
  private static List<Tensor> joined(
      Tensor x, String op, List<Tensor> parts, Function<List<Tensor>, Tensor> join) {
    if (parts.size() < 2 || !Graph.wanted(x)) {
      return parts;
    }
    List<int[]> shapes = parts.stream().map(part -> part.layout.shape).toList();
    DType dtype = x.dtype();
    Graph.record(
        parts.toArray(new Tensor[0]),
        op,
        Graph.tensors(x),
        Graph.none(),
        (c, gs) -> {
          List<Tensor> gradients = new ArrayList<>();
          for (int i = 0; i < gs.length; i++) {
            Tensor g = gs[i];
            gradients.add(g == null ? Tensor.zeros(dtype, shapes.get(i)) : g);
          }
          return new Tensor[] {join.apply(gradients)};
        });
    return parts;
  }

  static List<Tensor> chunk(Tensor x, int chunks, int dim) {
    requireRank("chunk", x, 1);
    if (chunks < 1) {
      throw new ShapeException("chunk: the number of chunks has to be positive, is " + chunks);
    }
    int d = Shapes.dim("chunk", dim, x.dim());
    int n = x.size(d);
    if (n == 0) {
      return split(x, new int[chunks], d);
    }
    return split(x, (n - 1) / chunks + 1, d);
  }

  static List<Tensor> unbind(Tensor x, int dim) {
    requireRank("unbind", x, 1);
    int d = Shapes.dim("unbind", dim, x.dim());
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < x.size(d); i++) {
      parts.add(x.select(d, i));
    }
    return joined(x, "unbind", parts, gradients -> Tensor.stack(gradients, d));
  }

  private static void requireRank(String op, Tensor x, int rank) {
    if (x.dim() < rank) {
      throw Shapes.error(
          "%s: expects at least %s dimensions, has %s (%s)", op, rank, x.dim(), x.layout.shape);
    }
  }

  /** As equal parts as possible; the first ones are one larger where it does not come out. */
  static List<Tensor> tensorSplit(Tensor x, int sections, int dim) {
    requireRank("tensorSplit", x, 1);
    if (sections < 1) {
      throw new ShapeException(
          "tensorSplit: the number of sections has to be positive, is " + sections);
    }
    int d = Shapes.dim("tensorSplit", dim, x.dim());
    int n = x.size(d);
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < sections; i++) {
      int size = n / sections + (i < n % sections ? 1 : 0);
      parts.add(x.narrow(d, at, size));
      at += size;
    }
    return joined(x, "split", parts, gradients -> Tensor.cat(gradients, d));
  }

  static List<Tensor> tensorSplit(Tensor x, int[] indices, int dim) {
    requireRank("tensorSplit", x, 1);
    int d = Shapes.dim("tensorSplit", dim, x.dim());
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int end : indices) {
      parts.add(x.slice(d, at, end, 1));
      at = end;
    }
    parts.add(x.slice(d, at, x.size(d), 1));
    return parts;
  }

  /** Equal parts along a dimension, as many as sections; hsplit, vsplit and dsplit. */
  static List<Tensor> evenSplit(String op, Tensor x, int sections, int rank, int dim) {
    requireRank(op, x, rank);
    if (sections < 1 || x.size(dim) % sections != 0) {
      throw Shapes.error(
          "%s: dimension %s of size %s cannot be split into %s equal parts",
          op, dim, x.size(dim), sections);
    }
    return tensorSplit(x, sections, dim);
  }

  static List<Tensor> splitAt(String op, Tensor x, int[] indices, int rank, int dim) {
    requireRank(op, x, rank);
    return tensorSplit(x, indices, dim);
  }

  // ---- joining ----------------------------------------------------------------------------

  static Tensor hstack(List<Tensor> tensors) {
    List<Tensor> all = map(tensors, Arrangement::atLeast1d);
    return join("hstack", all, all.isEmpty() || all.get(0).dim() == 1 ? 0 : 1);
  }

  static Tensor vstack(List<Tensor> tensors) {
    return join("vstack", map(tensors, Arrangement::atLeast2d), 0);
  }

  static Tensor dstack(List<Tensor> tensors) {
    return join("dstack", map(tensors, Arrangement::atLeast3d), 2);
  }

  static Tensor columnStack(List<Tensor> tensors) {
    return join("columnStack", map(tensors, t -> t.dim() <= 1 ? t.reshape(t.numel(), 1) : t), 1);
  }

  private static Tensor join(String op, List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw new ShapeException(op + ": needs at least one tensor");
    }
    try {
      return Tensor.cat(tensors, dim);
    } catch (ShapeException e) {
      throw new ShapeException(op + ": " + e.getMessage());
    }
  }

  private static List<Tensor> map(List<Tensor> tensors, UnaryOperator<Tensor> f) {
    return tensors.stream().map(t -> f.apply(Objects.requireNonNull(t, "tensors"))).toList();
  }

  static Tensor blockDiag(Tensor... tensors) {
    List<Tensor> blocks = new ArrayList<>();
    DType dtype =
        tensors.length == 0 ? DType.FLOAT32 : Objects.requireNonNull(tensors[0], "tensors").dtype();
    long width = 0;
    for (Tensor t : tensors) {
      if (Objects.requireNonNull(t, "tensors").dim() > 2) {
        throw new ShapeException(
            "blockDiag: expects at most 2 dimensions, has " + Shapes.format(t.layout.shape));
      }
      blocks.add(atLeast2d(t));
      width += blocks.get(blocks.size() - 1).size(1);
      dtype = DType.promote(dtype, t.dtype());
    }
    int columns = Shapes.checked("blockDiag", "the number of columns", width);
    List<Tensor> rows = new ArrayList<>();
    int before = 0;
    for (Tensor t : blocks) {
      Tensor left = Tensor.zeros(dtype, t.size(0), before);
      before += t.size(1);
      Tensor right = Tensor.zeros(dtype, t.size(0), columns - before);
      rows.add(Tensor.cat(List.of(left, t.to(dtype), right), 1));
    }
    return rows.isEmpty() ? Tensor.zeros(1, 0) : Tensor.cat(rows, 0);
  }

  // ---- grids and combinations -------------------------------------------------------------

  static List<Tensor> broadcastTensors(Tensor... tensors) {
    int[] shape = Shapes.SCALAR;
    for (Tensor t : tensors) {
      int[] other = Objects.requireNonNull(t, "tensors").layout.shape;
      shape = Shapes.broadcast("broadcastTensors", shape, other);
    }
    int[] common = shape;
    return map(List.of(tensors), t -> t.expand(common));
  }

  static List<Tensor> meshgrid(String indexing, Tensor... tensors) {
    boolean xy = indexing.equals("xy");
    if (!xy && !indexing.equals("ij")) {
      throw new IllegalArgumentException(
          "meshgrid: indexing has to be \"ij\" or \"xy\", is \"" + indexing + "\"");
    }
    int rank = tensors.length;
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

  static Tensor cartesianProd(Tensor... tensors) {
    for (Tensor t : tensors) {
      if (Objects.requireNonNull(t, "tensors").dim() != 1) {
        throw new ShapeException(
            "cartesianProd: expects vectors, got shape " + Shapes.format(t.layout.shape));
      }
    }
    if (tensors.length == 1) {
      return tensors[0];
    }
    return Tensor.stack(map(meshgrid("ij", tensors), Tensor::flatten), 1);
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

  /** The Kronecker product: every element of a times all of b. */
  static Tensor kron(Tensor a, Tensor b) {
    int rank = Math.max(a.dim(), Objects.requireNonNull(b, "other").dim());
    int[] outer = new int[2 * rank];
    int[] inner = new int[2 * rank];
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      int m = i < rank - a.dim() ? 1 : a.layout.shape[i - (rank - a.dim())];
      int n = i < rank - b.dim() ? 1 : b.layout.shape[i - (rank - b.dim())];
      outer[2 * i] = m;
      outer[2 * i + 1] = 1;
      inner[2 * i] = 1;
      inner[2 * i + 1] = n;
      shape[i] = Shapes.checked("kron", "the size of dimension " + i, (long) m * n);
    }
    return a.reshape(outer).mul(b.reshape(inner)).reshape(shape);
  }
}
