package dev.facula.internal.array;

import dev.facula.ShapeException;
import java.util.Arrays;

/** Arithmetic on shapes, and its checks. */
public final class Shapes {
  public static final int[] SCALAR = {};

  /**
   * The most elements of a tensor: as many as an index counts, less the longest step that a loop
   * takes, so that no index wraps at the end.
   */
  public static final int MAX_NUMEL = Integer.MAX_VALUE - (1 << 20) + 1;

  /** The dimensions that a reduction takes, as in PyTorch. */
  private static final int MAX_RANK = 64;

  private Shapes() {}

  public static int numel(String op, int[] shape) {
    for (int size : shape) {
      if (size < 0) {
        throw new ShapeException(op + ": negative size in shape " + format(shape));
      }
    }
    long n = product(shape);
    if (n > MAX_NUMEL) {
      throw new ShapeException(
          op + ": shape " + format(shape) + " has more elements than a tensor holds (2^31 - 2^20)");
    }
    return (int) n;
  }

  /** The product of sizes, none of them negative; what no long holds is its largest number. */
  public static long product(int... sizes) {
    long n = 1;
    for (int size : sizes) {
      if (size == 0) {
        return 0;
      }
      n = n > Long.MAX_VALUE / size ? Long.MAX_VALUE : n * size;
    }
    return n;
  }

  /**
   * A size of a result that was computed in long arithmetic, where sizes cannot wrap.
   *
   * @param what names the size in the error, after the operation
   */
  public static int checked(String op, String what, long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw error(
          "%s: %s would be %s%s",
          op,
          what,
          size == Long.MAX_VALUE ? "2^63 or more" : size,
          size < 0 ? ", which is negative" : ", more than 2^31 - 1");
    }
    return (int) size;
  }

  /** A stride, or the nearest that there is: one so long leads to no other element. */
  public static int stride(long stride) {
    return (int) Math.max(Math.min(stride, Integer.MAX_VALUE), Integer.MIN_VALUE);
  }

  /** The dimension counted from the front, for one that may be counted from the back. */
  public static int dim(String op, int dim, int rank) {
    int limit = Math.max(rank, 1);
    if (dim < -limit || dim >= limit) {
      throw error(
          "%s: dimension %s is out of range for a tensor of %s dimensions (expected %s to %s)",
          op, dim, rank, -limit, limit - 1);
    }
    return dim < 0 ? dim + limit : dim;
  }

  /**
   * The error of shapes that do not fit.
   *
   * @param message operation, what is wrong, the shapes, the numbers that differ, the remedy; with
   *     %s for each argument
   * @param args shapes as int[], others as they print
   */
  public static ShapeException error(String message, Object... args) {
    Object[] texts = args.clone();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = texts[i] instanceof int[] shape ? format(shape) : texts[i];
    }
    return new ShapeException(message.formatted(texts));
  }

  /** All dimensions counted from the front, none named twice; an empty list stands for all. */
  public static int[] dims(String op, int[] dims, int rank) {
    if (rank > MAX_RANK) {
      throw new ShapeException(op + ": " + rank + " dimensions are more than " + MAX_RANK);
    }
    if (dims.length == 0) {
      return range(rank);
    }
    int[] result = new int[dims.length];
    boolean[] seen = new boolean[Math.max(rank, 1)];
    for (int i = 0; i < dims.length; i++) {
      result[i] = dim(op, dims[i], rank);
      if (seen[result[i]]) {
        throw new ShapeException(
            op + ": dimension " + result[i] + " appears more than once in " + format(dims));
      }
      seen[result[i]] = true;
    }
    return result;
  }

  public static int[] range(int n) {
    int[] result = new int[n];
    Arrays.setAll(result, i -> i);
    return result;
  }

  public static int[] broadcast(String op, int[] a, int[] b) {
    if (Arrays.equals(a, b)) {
      return a;
    }
    int rank = Math.max(a.length, b.length);
    int[] result = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.length ? a[a.length - i] : 1;
      int y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw error(
            "%s: shapes %s and %s do not broadcast (%s != %s at dimension %s)",
            op, a, b, x, y, rank - i);
      }
      result[rank - i] = x == 1 ? y : x;
    }
    return result;
  }

  /** The shape after a reduction over the dimensions that are set. */
  public static int[] reduced(int[] shape, boolean[] over, boolean keepdim) {
    int[] result = new int[shape.length];
    int rank = 0;
    for (int i = 0; i < shape.length; i++) {
      if (!over[i]) {
        result[rank++] = shape[i];
      } else if (keepdim) {
        result[rank++] = 1;
      }
    }
    return Arrays.copyOf(result, rank);
  }

  /** Resolves a -1 in the shape to what is left of numel. */
  public static int[] infer(String op, int[] shape, int[] from, int numel) {
    int hole = -1;
    for (int i = 0; i < shape.length; i++) {
      if (shape[i] == -1) {
        if (hole >= 0) {
          throw new ShapeException(op + ": only one dimension can be inferred in " + format(shape));
        }
        hole = i;
      } else if (shape[i] < 0) {
        throw new ShapeException(op + ": invalid size " + shape[i] + " in " + format(shape));
      }
    }
    long known = product(hole < 0 ? shape : remove(shape, hole));
    if (hole >= 0 && known == 0 && numel == 0) {
      throw error(
          "%s: the size for -1 in %s is any number for a tensor of shape %s without elements; name"
              + " it",
          op, shape, from);
    }
    boolean fits = hole < 0 ? known == numel : known > 0 && numel % known == 0;
    if (!fits) {
      throw error(
          "%s: shape %s does not fit a tensor of shape %s (%s%s%s elements)",
          op, shape, from, known, hole < 0 ? " != " : " does not divide ", numel);
    }
    if (hole < 0) {
      return shape.clone();
    }
    int[] result = shape.clone();
    result[hole] = (int) (numel / known);
    return result;
  }

  public static int[] insert(int[] a, int at, int value) {
    int[] result = new int[a.length + 1];
    System.arraycopy(a, 0, result, 0, at);
    result[at] = value;
    System.arraycopy(a, at, result, at + 1, a.length - at);
    return result;
  }

  public static int[] remove(int[] a, int at) {
    int[] result = new int[a.length - 1];
    System.arraycopy(a, 0, result, 0, at);
    System.arraycopy(a, at + 1, result, at, a.length - at - 1);
    return result;
  }

  public static int[] with(int[] a, int at, int value) {
    int[] result = a.clone();
    result[at] = value;
    return result;
  }

  public static int[] concat(int[] a, int... b) {
    int[] result = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, result, a.length, b.length);
    return result;
  }

  public static String format(int[] shape) {
    return Arrays.toString(shape);
  }
}
