package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Differences between neighbours, and integrals by the trapezoidal rule. */
final class Differences {
  private Differences() {}

  static Tensor diff(Tensor x, int n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
    if (x.dim() == 0) {
      throw new ShapeException("diff: needs at least one dimension");
    }
    if (n < 0) {
      throw new IllegalArgumentException("diff: the order must not be negative, was " + n);
    }
    int d = Shapes.dim("diff", dim, x.dim());
    if (n == 0) {
      return x.clone();
    }
    List<Tensor> parts = new ArrayList<>();
    if (prepend != null) {
      parts.add(fitting(x, d, prepend));
    }
    parts.add(x);
    if (append != null) {
      parts.add(fitting(x, d, append));
    }
    Tensor y = parts.size() == 1 ? x : Tensor.cat(parts, d);
    for (int i = 0; i < n; i++) {
      int size = y.size(d);
      if (size < 2) {
        return y.narrow(d, 0, 0);
      }
      Tensor after = y.narrow(d, 1, size - 1);
      Tensor before = y.narrow(d, 0, size - 1);
      y = y.dtype() == DType.BOOL ? after.logicalXor(before) : after.sub(before);
    }
    return y;
  }

  private static Tensor fitting(Tensor x, int d, Tensor t) {
    boolean fits = t.dim() == x.dim();
    for (int i = 0; fits && i < x.dim(); i++) {
      fits = i == d || t.size(i) == x.size(i);
    }
    if (!fits) {
      throw Shapes.error(
          "diff: what is prepended or appended, of shape %s, does not fit %s apart from dimension"
              + " %s",
          t.layout.shape, x.layout.shape, d);
    }
    return t;
  }

  /** Half the sums of neighbours. */
  private static Tensor middles(String op, Tensor y, int dim) {
    int d = Shapes.dim(op, dim, y.dim());
    int size = y.size(d);
    return y.narrow(d, 1, size - 1).add(y.narrow(d, 0, size - 1)).div(2);
  }

  private static Tensor widths(String op, Tensor y, Tensor x, int dim) {
    int d = Shapes.dim(op, dim, y.dim());
    if (x.dim() == 0 || x.dim() == 1 && x.size(0) != y.size(d)) {
      throw Shapes.error(
          "%s: as many points as values are needed, got shapes %s and %s",
          op, x.layout.shape, y.layout.shape);
    }
    if (x.dim() == 1) {
      Tensor w = diff(x, 1, 0, null, null);
      int[] shape = new int[y.dim()];
      java.util.Arrays.fill(shape, 1);
      shape[d] = w.size(0);
      return w.reshape(shape);
    }
    int own = d - y.dim() + x.dim();
    return diff(x, 1, own, null, null);
  }

  static Tensor areas(String op, Tensor y, Tensor x, int dim) {
    return y.dim() > 0 && y.size(dim) == 0
        ? y.div(2)
        : middles(op, y, dim).mul(widths(op, y, x, dim));
  }

  static Tensor areas(String op, Tensor y, Number dx, int dim) {
    return y.dim() > 0 && y.size(dim) == 0 ? y.div(2) : middles(op, y, dim).mul(dx);
  }

  static Tensor trapezoid(Tensor y, Tensor x, int dim) {
    return y.size(dim) == 0
        ? y.sum(new int[] {dim}, false)
        : areas("trapezoid", y, x, dim).sum(new int[] {dim}, false);
  }

  static Tensor trapezoid(Tensor y, Number dx, int dim) {
    return y.size(dim) == 0
        ? y.sum(new int[] {dim}, false)
        : areas("trapezoid", y, dx, dim).sum(new int[] {dim}, false);
  }
}
