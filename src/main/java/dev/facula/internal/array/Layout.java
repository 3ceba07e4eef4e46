package dev.facula.internal.array;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shape, strides and offset of a tensor in its storage; immutable. */
public final class Layout {
  public final int[] shape;
  public final int[] strides;
  public final int offset;
  public final int numel;

  /** Whether the elements are contiguous, in row-major order, from offset on. */
  public final boolean contiguous;

  /** Whether the strides are those of a new tensor, also where a dimension has one element. */
  public final boolean rowMajor;

  public Layout(int[] shape, int[] strides, int offset, int numel) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.numel = numel;
    int expected = 1;
    boolean dense = true;
    boolean canonical = true;
    for (int i = shape.length - 1; i >= 0; i--) {
      if (strides[i] != expected) {
        canonical = false;
        dense &= shape[i] == 1;
      }
      expected = Shapes.stride((long) expected * Math.max(shape[i], 1));
    }
    this.contiguous = dense || numel < 2;
    this.rowMajor = canonical;
  }

  /** The places from the first element to the last, for strides that are not negative. */
  public int span() {
    int span = 1;
    for (int i = 0; i < shape.length && !contiguous; i++) {
      span += (shape[i] - 1) * strides[i];
    }
    return contiguous ? numel : span;
  }

  /** The same at the beginning of a storage. */
  public Layout atOrigin() {
    return offset == 0 ? this : new Layout(shape, strides, 0, numel);
  }

  public static Layout contiguous(String op, int... shape) {
    return new Layout(shape, rowMajor(shape), 0, Shapes.numel(op, shape));
  }

  public static int[] rowMajor(int[] shape) {
    int[] strides = new int[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      // without elements the other sizes may be any
      strides[i] = (int) step;
      step = Shapes.stride(step * Math.max(shape[i], 1));
    }
    return strides;
  }

  public int rank() {
    return shape.length;
  }

  public Layout permute(int[] dims) {
    int[] newShape = new int[dims.length];
    int[] newStrides = new int[dims.length];
    for (int i = 0; i < dims.length; i++) {
      newShape[i] = shape[dims[i]];
      newStrides[i] = strides[dims[i]];
    }
    return new Layout(newShape, newStrides, offset, numel);
  }

  public Layout select(int dim, int index) {
    int n = shape[dim] == 0 ? 0 : numel / shape[dim];
    int from = n == 0 ? offset : offset + index * strides[dim];
    return new Layout(Shapes.remove(shape, dim), Shapes.remove(strides, dim), from, n);
  }

  /** Every step-th index of the dimension, length of them from start on. */
  public Layout slice(int dim, int start, int length, int step) {
    int n = shape[dim] == 0 ? 0 : numel / shape[dim] * length;
    int from = n == 0 ? offset : offset + start * strides[dim];
    int stride = Shapes.stride((long) strides[dim] * step);
    return new Layout(Shapes.with(shape, dim, length), Shapes.with(strides, dim, stride), from, n);
  }

  public Layout unsqueeze(int dim) {
    int stride =
        dim < shape.length ? Shapes.stride((long) strides[dim] * Math.max(shape[dim], 1)) : 1;
    return new Layout(
        Shapes.insert(shape, dim, 1), Shapes.insert(strides, dim, stride), offset, numel);
  }

  public Layout squeeze(int dim) {
    return new Layout(Shapes.remove(shape, dim), Shapes.remove(strides, dim), offset, numel);
  }

  /** Stride 0 wherever a dimension of 1, or a missing one, is repeated. */
  public Layout expand(String op, int[] to) {
    int added = Objects.requireNonNull(to, "shape").length - shape.length;
    int[] newShape = to.clone();
    int[] newStrides = new int[to.length];
    if (added < 0) {
      throw Shapes.error("%s: cannot expand %s to fewer dimensions %s", op, shape, to);
    }
    for (int i = 0; i < to.length; i++) {
      int own = i < added ? 1 : shape[i - added];
      if (to[i] == -1 && i < added) {
        throw Shapes.error(
            "%s: -1 keeps the size of a dimension, and dimension %s of %s is a new one of %s; name"
                + " its size",
            op, i, to, shape);
      }
      if (to[i] == -1) {
        newShape[i] = own;
      } else if (to[i] < 0 || own != to[i] && own != 1) {
        throw Shapes.error(
            "%s: cannot expand %s to %s (%s != %s at dimension %s)", op, shape, to, own, to[i], i);
      }
      newStrides[i] = i < added || own != newShape[i] ? 0 : strides[i - added];
    }
    return new Layout(newShape, newStrides, offset, Shapes.numel(op, newShape));
  }

  /** This layout under another shape of as many elements, or null where that needs a copy. */
  public @Nullable Layout view(int[] to) {
    if (contiguous) {
      return new Layout(to, rowMajor(to), offset, numel);
    }
    int[] newStrides = new int[to.length];
    int last = to.length - 1;
    long chunk = 1;
    long viewed = 1;
    int base = strides[shape.length - 1];
    // Splits the dimensions, from the last, into chunks of one stride: each must be
    // covered exactly by dimensions of the new shape.
    for (int i = shape.length - 1; i >= 0; i--) {
      chunk *= shape[i];
      if (i == 0 || shape[i - 1] != 1 && strides[i - 1] != chunk * base) {
        while (last >= 0 && (viewed < chunk || to[last] == 1)) {
          newStrides[last] = Shapes.stride(viewed * base);
          viewed *= to[last];
          last--;
        }
        if (viewed != chunk) {
          return null;
        }
        if (i > 0) {
          base = strides[i - 1];
          chunk = 1;
          viewed = 1;
        }
      }
    }
    return last == -1 ? new Layout(to, newStrides, offset, numel) : null;
  }

  public Layout asStrided(int[] newShape, int[] newStrides, int newOffset) {
    return new Layout(
        newShape.clone(), newStrides.clone(), newOffset, Shapes.numel("asStrided", newShape));
  }

  /** Whether several elements share a place for sure, since a dimension repeats the others. */
  public boolean repeats() {
    if (contiguous) {
      return false;
    }
    for (int i = 0; i < shape.length; i++) {
      if (repeats(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the indices of a dimension, several of them, stand for the same elements. */
  public boolean repeats(int dim) {
    return strides[dim] == 0 && shape[dim] > 1;
  }

  public boolean sameShape(Layout other) {
    return shape == other.shape || Arrays.equals(shape, other.shape);
  }
}
