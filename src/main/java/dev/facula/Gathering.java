package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.Objects;

/** Picking and placing with one index an element: gather, scatter, take and put. */
final class Gathering {
  private Gathering() {}

  static Tensor gather(Tensor x, int dim, Tensor index) {
    int d = Shapes.dim("gather", dim, x.dim());
    requireWithin("gather", "input", x, index, d);
    Positions.Places at = places("gather", x, d, index);
    return Positions.take("gather", x, at, 1, Indexing.disjoint(x, d, index), index.layout.shape);
  }

  static Tensor takeAlongDim(Tensor x, Tensor index, int dim) {
    int d = Shapes.dim("takeAlongDim", dim, x.dim());
    if (x.dim() != Objects.requireNonNull(index, "indices").dim()) {
      throw Shapes.error(
          "takeAlongDim: input and indices need as many dimensions, got shapes %s and %s",
          x.layout.shape, index.layout.shape);
    }
    if (x.dim() == 0) {
      return gather(x, 0, index);
    }
    int[] a = Shapes.with(x.layout.shape, d, 1);
    int[] b = Shapes.with(index.layout.shape, d, 1);
    int[] common = Shapes.broadcast("takeAlongDim", a, b);
    return gather(
        x.expand(Shapes.with(common, d, x.size(d))),
        d,
        index.expand(Shapes.with(common, d, index.size(d))));
  }

  static Tensor scatter(Tensor x, int dim, Tensor index, Tensor source) {
    Positions.Places at = placesOf("scatter", x, dim, index, source);
    return Positions.put("scatter", x, at, 1, Indexing.disjoint(x, dim, index), cut(source, index));
  }

  static Tensor scatter(Tensor x, int dim, Tensor index, Number value) {
    return scatter(x, dim, index, Tensor.full(x.dtype(), value, index.layout.shape));
  }

  static Tensor scatterAdd(Tensor x, int dim, Tensor index, Tensor source) {
    Positions.Places at = placesOf("scatterAdd", x, dim, index, source);
    return Positions.add(
        "scatterAdd", x, at, 1, Indexing.disjoint(x, dim, index), cut(source, index));
  }

  static Tensor scatterReduce(
      Tensor x, int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    Positions.Places places = placesOf("scatterReduce", x, dim, index, source);
    int[] at = Positions.all(places, index.numel(), 1);
    return PlaceReduction.apply("scatterReduce", x, at, cut(source, index), reduce, includeSelf);
  }

  static Tensor take(Tensor x, Tensor index) {
    if (x.numel() == 0 && index.numel() > 0) {
      throw new ShapeException("take: a tensor without elements has none to take");
    }
    return Positions.take(
        "take", x, Indexing.indices("take", index, x.numel()), index.layout.shape);
  }

  static Tensor put(Tensor x, Tensor index, Tensor source, boolean accumulate) {
    Indexing.requireSameType("put", x, source);
    if (index.numel() != source.numel()) {
      throw Shapes.error(
          "put: as many indices as elements are needed, got shapes %s and %s (%s != %s)",
          index.layout.shape, source.layout.shape, index.numel(), source.numel());
    }
    int[] at = Indexing.indices("put", index, x.numel());
    Tensor y =
        accumulate ? Positions.add("put", x, at, source) : Positions.put("put", x, at, source);
    return Copies.asIn(y, x);
  }

  private static Positions.Places placesOf(
      String op, Tensor x, int dim, Tensor index, Tensor source) {
    int d = Shapes.dim(op, dim, x.dim());
    Indexing.requireSameType(op, x, source);
    if (index.numel() > 0) {
      requireWithin(op, "input", x, index, d);
      requireWithin(op, "source", source, index, -1);
    }
    return places(op, x, d, index);
  }

  /** The corner of the source that has the shape of the index. */
  private static Tensor cut(Tensor source, Tensor index) {
    Tensor y = source;
    if (index.numel() == 0) {
      return Tensor.zeros(source.dtype(), index.layout.shape);
    }
    for (int i = 0; i < index.dim() && source.dim() == index.dim(); i++) {
      if (y.size(i) != index.size(i)) {
        y = y.narrow(i, 0, index.size(i));
      }
    }
    return y;
  }

  private static void requireWithin(String op, String what, Tensor x, Tensor index, int dim) {
    int[] own = x.dim() == 0 ? new int[] {1} : x.layout.shape;
    int[] wanted = index.dim() == 0 ? new int[] {1} : index.layout.shape;
    boolean fits = own.length == wanted.length;
    for (int i = 0; fits && i < own.length; i++) {
      fits = i == dim || wanted[i] <= own[i];
    }
    if (!fits && index.numel() > 0) {
      throw Shapes.error(
          "%s: an index of shape %s does not fit the %s of shape %s%s",
          op,
          index.layout.shape,
          what,
          x.layout.shape,
          dim < 0 ? "" : " apart from dimension " + dim);
    }
  }

  /** For each element of index its place in a contiguous tensor of the shape of x. */
  private static Positions.Places places(String op, Tensor x, int dim, Tensor index) {
    Indexing.requireInteger(op, index);
    int[] steps = Layout.rowMajor(x.layout.shape);
    int size = x.dim() == 0 ? 1 : x.size(dim);
    int step = x.dim() == 0 ? 1 : steps[dim];
    int last = index.dim() - 1;
    int n = last < 0 ? 1 : index.size(last);
    int each = last == dim || last < 0 ? 0 : 1;
    int[] sizes = index.layout.shape;
    Tensor dense = index.detach().cast(DType.INT64).contiguous();
    Tensor[] read = {dense};
    return new Positions.Places() {
      @Override
      public void fill(int from, int count, int[] at) {
        Indexing.within(op, dense.storage.longs(), dense.layout.offset + from, count, size, at);
        for (int i = 0, m; i < count; i += m) {
          int k = (from + i) % n;
          m = Math.min(count - i, n - k);
          int base = (k - i) * each;
          for (int d = last - 1, row = (from + i) / n; d >= 0; row /= sizes[d--]) {
            base += d == dim ? 0 : row % sizes[d] * steps[d];
          }
          for (int j = i; j < i + m; j++) {
            at[j] = at[j] * step + j * each + base;
          }
        }
      }

      @Override
      public Tensor[] reads() {
        return read;
      }
    };
  }

  static Tensor oneHot(Tensor x, int numClasses) {
    if (x.dtype() != DType.INT64 && x.dtype() != DType.INT32) {
      throw new DTypeException("oneHot: the classes must be int64 or int32, were " + x.dtype());
    }
    long[] classes = x.toLongArray();
    if (classes.length == 0 && numClasses <= 0) {
      throw new IllegalArgumentException(
          "oneHot: the number of classes cannot be told from a tensor without elements");
    }
    long most = Math.max(Arrays.stream(classes).max().orElse(-1), -1);
    long given = numClasses == -1 ? Math.min(most, Long.MAX_VALUE - 1) + 1 : numClasses;
    int n = Shapes.checked("oneHot", "the number of classes", given);
    if (n < 1 && classes.length > 0) {
      throw new IllegalArgumentException("oneHot: numClasses must be positive, was " + n);
    }
    Tensor y = Tensor.zeros(DType.INT64, Shapes.concat(x.layout.shape, n));
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] < 0 || classes[i] >= n) {
        throw new ShapeException(
            "oneHot: class " + classes[i] + " is out of range for " + n + " classes");
      }
      y.storage.longs()[i * n + (int) classes[i]] = 1;
    }
    return y;
  }
}
