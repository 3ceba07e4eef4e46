package dev.facula;

import dev.facula.internal.array.Iteration;
import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;
import java.util.Arrays;

/** Views of a storage: each knows its gradient and how to be made again. */
final class Views {
  private Views() {}

  static Tensor view(Tensor x, int[] wanted) {
    int[] shape = Shapes.infer("view", wanted, x.layout.shape, x.layout.numel);
    Layout to = x.layout.view(shape);
    if (to == null) {
      throw Shapes.error(
          "view: shape %s does not fit the layout of a tensor of shape %s and strides %s; use"
              + " reshape, or contiguous() first",
          shape, x.layout.shape, x.layout.strides);
    }
    int[] from = x.layout.shape;
    return x.viewed("view", to, t -> t.view(shape), (c, g) -> g.reshape(from));
  }

  static Tensor reshape(Tensor x, int[] wanted) {
    int[] shape = Shapes.infer("reshape", wanted, x.layout.shape, x.layout.numel);
    return x.layout.view(shape) == null ? x.contiguous().view(shape) : x.view(shape);
  }

  static Tensor flatten(Tensor x, int startDim, int endDim) {
    int rank = x.dim();
    int start = Shapes.dim("flatten", startDim, rank);
    int end = Shapes.dim("flatten", endDim, rank);
    if (start > end) {
      throw new ShapeException("flatten: startDim " + startDim + " comes after endDim " + endDim);
    }
    if (rank == 0) {
      return x.reshape(1);
    }
    int[] shape = x.layout.shape;
    long product = Shapes.product(Arrays.copyOfRange(shape, start, end + 1));
    int merged = Shapes.checked("flatten", "the size", product);
    int[] to = Arrays.copyOf(shape, rank - (end - start));
    to[start] = merged;
    System.arraycopy(shape, end + 1, to, start + 1, rank - end - 1);
    return start == end ? x : x.reshape(to);
  }

  static Tensor permute(Tensor x, int[] dims) {
    if (dims.length != x.dim()) {
      throw Shapes.error(
          "permute: %s dimensions given for a tensor of %s: %s for %s",
          dims.length, x.dim(), dims, x.layout.shape);
    }
    int[] order = Shapes.dims("permute", dims, x.dim());
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return x.viewed(
        "permute", x.layout.permute(order), t -> t.permute(order), (c, g) -> g.permute(inverse));
  }

  static Tensor transpose(Tensor x, int dim0, int dim1) {
    int a = Shapes.dim("transpose", dim0, x.dim());
    int b = Shapes.dim("transpose", dim1, x.dim());
    int[] order = Shapes.range(x.dim());
    if (order.length > 0) {
      order[a] = b;
      order[b] = a;
    }
    return x.viewed(
        "transpose", x.layout.permute(order), t -> t.transpose(a, b), (c, g) -> g.transpose(a, b));
  }

  static Tensor unsqueeze(Tensor x, int dim) {
    int at = Shapes.dim("unsqueeze", dim, x.dim() + 1);
    return x.viewed(
        "unsqueeze", x.layout.unsqueeze(at), t -> t.unsqueeze(at), (c, g) -> g.squeeze(at));
  }

  static Tensor squeeze(Tensor x, int[] dims) {
    Layout to = x.layout;
    int[] sorted = dims.clone();
    Arrays.sort(sorted);
    for (int i = sorted.length - 1; i >= 0; i--) {
      if (sorted[i] < to.shape.length && to.shape[sorted[i]] == 1) {
        to = to.squeeze(sorted[i]);
      }
    }
    int[] from = x.layout.shape;
    int[] own = dims.clone();
    return x.viewed(
        "squeeze",
        to,
        t -> own.length == 0 ? squeeze(t, own) : t.squeeze(own),
        (c, g) -> g.reshape(from));
  }

  static Tensor expand(Tensor x, int[] shape) {
    if (Arrays.equals(shape, x.layout.shape)) {
      return x;
    }
    Layout to = x.layout.expand("expand", shape);
    int[] from = x.layout.shape;
    int[] target = to.shape;
    return x.viewed("expand", to, t -> t.expand(target), (c, g) -> g.sumToSize(from));
  }

  static Tensor select(Tensor x, int dim, int index) {
    if (x.dim() == 0) {
      throw new ShapeException("select: a tensor without dimensions cannot be indexed");
    }
    int d = Shapes.dim("select", dim, x.dim());
    int size = x.layout.shape[d];
    if (index < -size || index >= size) {
      throw Shapes.error(
          "select: index %s is out of range for dimension %s of size %s in %s",
          index, d, size, x.layout.shape);
    }
    int i = index < 0 ? index + size : index;
    int[] from = x.layout.shape;
    return x.viewed(
        "select",
        x.layout.select(d, i),
        t -> t.select(d, i),
        (c, g) -> scattered(g, from, t -> t.select(d, i)));
  }

  static Tensor narrow(Tensor x, int dim, int start, int length) {
    if (x.dim() == 0) {
      throw new ShapeException("narrow: a tensor without dimensions cannot be narrowed");
    }
    int d = Shapes.dim("narrow", dim, x.dim());
    int size = x.layout.shape[d];
    int from = start < 0 ? start + size : start;
    if (length < 0 || from < 0 || from > size - length) {
      throw Shapes.error(
          "narrow: start %s and length %s exceed dimension %s of size %s in %s",
          start, length, d, size, x.layout.shape);
    }
    return slice(x, d, from, from + length, 1);
  }

  static Tensor slice(Tensor x, int dim, int start, int end, int step) {
    if (x.dim() == 0) {
      throw new ShapeException("slice: a tensor without dimensions cannot be sliced");
    }
    if (step < 1) {
      throw new ShapeException("slice: step must be at least 1, was " + step);
    }
    int d = Shapes.dim("slice", dim, x.dim());
    int size = x.layout.shape[d];
    int from = clip(start, size);
    int to = Math.max(clip(end, size), from);
    int length = to == from ? 0 : (to - from - 1) / step + 1;
    int[] shape = x.layout.shape;
    return x.viewed(
        "slice",
        x.layout.slice(d, from, length, step),
        t -> t.slice(d, from, to, step),
        (c, g) -> scattered(g, shape, t -> t.slice(d, from, to, step)));
  }

  /** The diagonal of two dimensions as a last one; offset above 0 lies above the main one. */
  static Tensor diagonal(Tensor x, int offset, int dim1, int dim2) {
    if (x.dim() < 2) {
      throw new ShapeException("diagonal: expects at least 2 dimensions, has " + x.dim());
    }
    int d1 = Shapes.dim("diagonal", dim1, x.dim());
    int d2 = Shapes.dim("diagonal", dim2, x.dim());
    if (d1 == d2) {
      throw new ShapeException("diagonal: the two dimensions are the same: " + dim1 + ", " + dim2);
    }
    Layout own = x.layout;
    int down = Math.max(-Math.max(offset, -Integer.MAX_VALUE), 0);
    int right = Math.max(offset, 0);
    int n = Math.max(Math.min(own.shape[d1] - down, own.shape[d2] - right), 0);
    int first = n == 0 ? 0 : down * own.strides[d1] + right * own.strides[d2];
    int[] shape = without(own.shape, d1, d2, n);
    int stride = Shapes.stride((long) own.strides[d1] + own.strides[d2]);
    int[] strides = without(own.strides, d1, d2, stride);
    return x.viewed(
        "diagonal",
        own.asStrided(shape, strides, own.offset + first),
        t -> t.diagonal(offset, d1, d2),
        (c, g) -> scattered(g, own.shape, t -> t.diagonal(offset, d1, d2)));
  }

  /** a without two of its entries and with another one at the end. */
  private static int[] without(int[] a, int i, int j, int last) {
    int[] rest = Shapes.remove(Shapes.remove(a, Math.max(i, j)), Math.min(i, j));
    return Shapes.concat(rest, last);
  }

  private static int clip(int index, int size) {
    int i = index < 0 ? Math.max(index + size, 0) : index;
    return Math.min(i, size);
  }

  static Tensor asStrided(Tensor x, int[] shape, int[] strides, int offset) {
    if (shape.length != strides.length) {
      throw Shapes.error("asStrided: shape %s and strides %s differ in length", shape, strides);
    }
    long last = offset;
    boolean empty = false;
    for (int i = 0; i < shape.length; i++) {
      if (strides[i] < 0) {
        throw new ShapeException(
            "asStrided: negative stride in " + Shapes.format(strides) + " is not supported");
      }
      last += (long) Math.max(shape[i] - 1, 0) * strides[i];
      empty |= shape[i] == 0;
    }
    if (offset < 0 || !empty && last >= x.storage.length()) {
      throw Shapes.error(
          "asStrided: shape %s, strides %s and offset %s reach element %s of a storage of %s",
          shape, strides, offset, last, x.storage.length());
    }
    int[] s = shape.clone();
    int[] st = strides.clone();
    Layout own = x.layout;
    int length = x.storage.length();
    return x.viewed(
        "asStrided",
        x.layout.asStrided(s, st, offset),
        t -> t.asStrided(s, st, offset),
        (c, g) -> stridedGradient(g, own, length, s, st, offset));
  }

  /**
   * The gradient of an arbitrary view: each place of the storage sums what its elements received,
   * and shares it among the elements of the operand that are there.
   */
  private static Tensor stridedGradient(
      Tensor g, Layout own, int length, int[] shape, int[] strides, int offset) {
    Tensor places = Tensor.of(places(new Layout(shape, strides, offset, g.numel())));
    Tensor ownPlaces = Tensor.of(places(own));
    Tensor received = Tensor.zeros(g.dtype(), length).indexAdd(0, places.view(-1), g.reshape(-1));
    Tensor counts =
        Tensor.zeros(g.dtype(), length)
            .indexAdd(0, ownPlaces.view(-1), Tensor.ones(g.dtype(), own.numel))
            .clamp(1, null);
    return received.div(counts).indexSelect(0, ownPlaces.view(-1)).reshape(own.shape);
  }

  /** The positions of the elements in the storage, in row-major order. */
  static int[] places(Layout layout) {
    int[] result = new int[layout.numel];
    int[] next = {0};
    Iteration it = Iteration.inOrder(layout.shape, layout);
    int step = it.step(0);
    it.forEachInOrder(
        (at, n) -> {
          for (int i = 0; i < n; i++) {
            result[next[0]++] = at[0] + i * step;
          }
        });
    return result;
  }

  /** The gradient of a part: itself in that part of a tensor of zeros. */
  private static Tensor scattered(
      Tensor g, int[] shape, java.util.function.UnaryOperator<Tensor> part) {
    Tensor whole = Tensor.zeros(g.dtype(), shape);
    part.apply(whole).copy_(g);
    return whole;
  }
}
