package dev.facula.internal.kernel;

/**
 * Runs kernels written for adjacent elements over strided ones: what is not adjacent is gathered
 * into a block that stays in the first-level cache, worked on there, and scattered back. An operand
 * of stride 0 fills its block once.
 */
public final class Loops {
  private static final int BLOCK = Elements.BLOCK;

  private Loops() {}

  /**
   * y[i] = f(x[i]).
   *
   * @param <K> the kernels of which f is one
   */
  @FunctionalInterface
  public interface Unary<K> {
    void apply(K kernels, Object x, int xo, Object y, int yo, int n);
  }

  /**
   * y[i] = f(a[i], b[i]).
   *
   * @param <K> the kernels of which f is one
   */
  @FunctionalInterface
  public interface Binary<K> {
    void apply(K kernels, Object a, int ao, Object b, int bo, Object y, int yo, int n);
  }

  /** y[i] = f(a[i], b[i]), true as 1. */
  @FunctionalInterface
  public interface Comparison {
    void apply(
        ArithmeticKernels<Object> kernels,
        Object a,
        int ao,
        Object b,
        int bo,
        byte[] y,
        int yo,
        int n);
  }

  /** f over strided runs. */
  public static <K> void unary(
      Elements<Object> e,
      K k,
      Unary<K> f,
      Object x,
      int xo,
      int xs,
      Object y,
      int yo,
      int ys,
      int n) {
    if (xs == 1 && ys == 1) {
      f.apply(k, x, xo, y, yo, n);
      return;
    }
    Object block = e.block(0);
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      e.copy(x, xo + done * xs, xs, block, 0, 1, m);
      f.apply(k, block, 0, block, 0, m);
      e.copy(block, 0, 1, y, yo + done * ys, ys, m);
    }
  }

  /** f over strided runs, from the front to the back. */
  public static <K> void binary(
      Kernels<Object> all,
      K k,
      Binary<K> f,
      Object a,
      int ao,
      int as,
      Object b,
      int bo,
      int bs,
      Object y,
      int yo,
      int ys,
      int n) {
    boolean anywhere = all.fastAnywhere();
    boolean inA = as == 1 && anywhere;
    boolean inB = bs == 1 && anywhere;
    boolean inY = ys == 1 && anywhere;
    boolean aligned = as == 1 && bs == 1 && ys == 1 && ao == yo && bo == yo;
    if (inA && inB && inY || aligned) {
      f.apply(k, a, ao, b, bo, y, yo, n);
      return;
    }
    Elements<Object> e = all.elements();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      Object p = inA ? a : stage(e, a, ao, as, 0, done, m);
      Object q = inB ? b : stage(e, b, bo, bs, 1, done, m);
      Object r = inY ? y : e.block(2);
      f.apply(k, p, inA ? ao + done : 0, q, inB ? bo + done : 0, r, inY ? yo + done : 0, m);
      if (!inY) {
        e.copy(r, 0, 1, y, yo + done * ys, ys, m);
      }
    }
  }

  /** f over strided runs; the output is adjacent. */
  public static void compare(
      Kernels<Object> all,
      Comparison f,
      Object a,
      int ao,
      int as,
      Object b,
      int bo,
      int bs,
      byte[] y,
      int yo,
      int n) {
    Elements<Object> e = all.elements();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      Object p = as == 1 ? a : stage(e, a, ao, as, 0, done, m);
      Object q = bs == 1 ? b : stage(e, b, bo, bs, 1, done, m);
      int at = as == 1 ? ao + done : 0;
      f.apply(all.arithmetic(), p, at, q, bs == 1 ? bo + done : 0, y, yo + done, m);
    }
  }

  /** A block of an operand; of one of stride 0 it stays as it was filled at first. */
  private static Object stage(
      Elements<Object> e, Object x, int xo, int xs, int number, int done, int m) {
    Object block = e.block(number);
    if (xs != 0) {
      e.copy(x, xo + done * xs, xs, block, 0, 1, m);
    } else if (done == 0) {
      e.fill(x, xo, block, m);
    }
    return block;
  }
}
