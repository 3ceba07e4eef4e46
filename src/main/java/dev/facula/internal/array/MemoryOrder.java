package dev.facula.internal.array;

import java.util.Arrays;

/**
 * The memory order of results, as in PyTorch: elementwise operations and copies keep the strides of
 * permuted operands, so that what follows them, random draws above all, goes through the elements
 * in the same order as there.
 *
 * <p>The rule is that of PyTorch's TensorIterator: dimensions are sorted by the strides of the
 * first operand; where it does not decide, because it is broadcast or has equal strides there, the
 * next one is asked, and at last the dimensions keep their own order.
 */
public final class MemoryOrder {
  private MemoryOrder() {}

  /** The layout of an elementwise result, or of a copy, of one tensor. */
  public static Layout like(Layout x) {
    if (x.contiguous) {
      return x.rowMajor ? x.atOrigin() : new Layout(x.shape, Layout.rowMajor(x.shape), 0, x.numel);
    }
    return isDense(x) ? x.atOrigin() : dense(x.shape, x.numel, x);
  }

  /** The layout of a copy that keeps the strides even where they leave gaps. */
  public static Layout withGaps(Layout x) {
    return x.numel == 0 || overlaps(x) ? like(x) : x.atOrigin();
  }

  /** The layout of an elementwise result of two tensors that broadcast to this shape. */
  public static Layout of(String op, int[] shape, Layout a, Layout b) {
    if (a.rowMajor && b.rowMajor) {
      return shape == a.shape ? a.atOrigin() : Layout.contiguous(op, shape);
    }
    return of(op, shape, new Layout[] {a, b});
  }

  /** The layout of an elementwise result of several tensors that broadcast to this shape. */
  public static Layout of(String op, int[] shape, Layout... operands) {
    boolean rowMajor = true;
    boolean contiguous = true;
    boolean same = true;
    Layout first = operands[0];
    for (Layout x : operands) {
      rowMajor &= x.rowMajor;
      contiguous &= x.contiguous;
      same &= x.shape == shape || Arrays.equals(x.shape, shape);
    }
    if (rowMajor || contiguous && same) {
      return Layout.contiguous(op, shape);
    }
    for (Layout x : operands) {
      same = same && Arrays.equals(x.strides, first.strides);
    }
    if (same && isDense(first)) {
      return first.atOrigin();
    }
    return dense(shape, Shapes.numel(op, shape), operands);
  }

  /** The layout of a new tensor whose second dimension is innermost. */
  public static Layout channelsLast(String op, int[] shape) {
    int[] strides = new int[shape.length];
    strides[1] = 1;
    int step = Math.max(shape[1], 1);
    for (int d = shape.length - 1; d >= 0; d--) {
      if (d != 1) {
        strides[d] = step;
        step = Shapes.stride((long) step * Math.max(shape[d], 1));
      }
    }
    return new Layout(shape, strides, 0, Shapes.numel(op, shape));
  }

  /** Whether four or five dimensions are taken for [N, C, *] in the order [N, *, C] of memory. */
  public static boolean isChannelsLast(Layout x) {
    int rank = x.shape.length;
    if (x.rowMajor || rank != 4 && rank != 5 || x.strides[1] == 0) {
      return false;
    }
    long least = 0;
    for (int k = 0; k < rank; k++) {
      int d = k == 0 ? 1 : k == rank - 1 ? 0 : rank - k;
      if (x.shape[d] == 0 || x.strides[d] < least || d == 0 && least == x.strides[1]) {
        return false;
      }
      least = (long) x.strides[d] * x.shape[d];
    }
    return true;
  }

  /** Whether every place between the first and the last element holds just one element. */
  public static boolean isDense(Layout x) {
    if (x.contiguous) {
      return true;
    }
    long span = 1;
    int[] order = sorted(x.shape, x);
    for (int d : order) {
      if (x.shape[d] != 1) {
        if (x.strides[d] != span) {
          return false;
        }
        span *= x.shape[d];
      }
    }
    return true;
  }

  /** Whether several elements may share a place, since what a dimension steps over is wider. */
  public static boolean overlaps(Layout x) {
    long span = 1;
    for (int d : x.contiguous ? Shapes.SCALAR : sorted(x.shape, x)) {
      if (x.shape[d] > 1 && x.strides[d] < span) {
        return true;
      }
      span = Math.max(span, (long) x.strides[d] * x.shape[d]);
    }
    return false;
  }

  /** The dimension that varies most slowly, of those with more than one index. */
  public static int outermost(Layout x) {
    int[] order = fromSlowest(x);
    int at = 0;
    while (x.shape[order[at]] == 1) {
      at++;
    }
    return order[at];
  }

  /** Whether two dense layouts of one storage have places in common; unknown, if others, is no. */
  public static boolean intersect(Layout a, Layout b) {
    return a.offset < b.offset + b.numel
        && b.offset < a.offset + a.numel
        && isDense(a)
        && isDense(b);
  }

  /** Whether two layouts that {@link #intersect} have each element at the same place. */
  public static boolean coincide(Layout a, Layout b) {
    return a.offset == b.offset && a.numel == b.numel && Arrays.equals(a.strides, b.strides);
  }

  /** The dimensions from the one that varies most slowly to the fastest. */
  public static int[] fromSlowest(Layout x) {
    int[] order = sorted(x.shape, x);
    for (int i = 0, j = order.length - 1; i < j; i++, j--) {
      int d = order[i];
      order[i] = order[j];
      order[j] = d;
    }
    return order;
  }

  /** The dimensions from the one with the smallest strides on. */
  public static int[] sorted(int[] shape, Layout... operands) {
    int rank = shape.length;
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = rank - 1 - i;
    }
    for (int i = 1; i < rank; i++) {
      int moving = i;
      for (int j = i - 1; j >= 0; j--) {
        int comparison = compare(order[j], order[moving], shape, operands);
        if (comparison < 0) {
          break;
        }
        if (comparison > 0) {
          int d = order[j];
          order[j] = order[moving];
          order[moving] = d;
          moving = j;
        }
      }
    }
    return order;
  }

  /** Above 0 if a varies more slowly than b, below 0 if faster, 0 if no operand decides. */
  private static int compare(int a, int b, int[] shape, Layout[] operands) {
    for (Layout x : operands) {
      int p = stride(x, a, shape);
      int q = stride(x, b, shape);
      if (p == 0 || q == 0) {
        continue;
      }
      if (p != q) {
        return Integer.compare(p, q);
      }
      if (shape[a] > shape[b]) {
        return 1;
      }
    }
    return 0;
  }

  private static int stride(Layout x, int d, int[] shape) {
    int own = d - (shape.length - x.shape.length);
    return own < 0 || x.shape[own] == 1 && shape[d] != 1 ? 0 : x.strides[own];
  }

  private static Layout dense(int[] shape, int numel, Layout... operands) {
    int[] strides = new int[shape.length];
    int step = 1;
    for (int d : sorted(shape, operands)) {
      strides[d] = step;
      step = Shapes.stride((long) step * Math.max(shape[d], 1));
    }
    return new Layout(shape, strides, 0, numel);
  }
}
