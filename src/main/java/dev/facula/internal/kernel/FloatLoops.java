package dev.facula.internal.kernel;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Runs kernels written for adjacent elements over strided ones: what is not adjacent is gathered
 * into a block that stays in the first-level cache, worked on there, and scattered back. An operand
 * of stride 0 fills its block once.
 */
public final class FloatLoops {
  /** Elements of a block. */
  private static final int BLOCK = 1024;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[3 * BLOCK]);

  private FloatLoops() {}

  /** y[i] = f(x[i]). */
  @FunctionalInterface
  public interface Unary {
    void apply(float[] x, int xo, float[] y, int yo, int n);
  }

  /** y[i] = f(a[i], b[i]). */
  @FunctionalInterface
  public interface Binary {
    void apply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);
  }

  /** y[i] = f(a[i], b[i]), true as 1. */
  @FunctionalInterface
  public interface Comparison {
    void apply(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);
  }

  /** The loop around a function of one element: for functions without a kernel of their own. */
  public static Unary map(DoubleUnaryOperator f) {
    return (x, xo, y, yo, n) -> {
      for (int i = 0; i < n; i++) {
        y[yo + i] = (float) f.applyAsDouble(x[xo + i]);
      }
    };
  }

  /** The loop around a function of two elements. */
  public static Binary map(DoubleBinaryOperator f) {
    return (a, ao, b, bo, y, yo, n) -> {
      for (int i = 0; i < n; i++) {
        y[yo + i] = (float) f.applyAsDouble(a[ao + i], b[bo + i]);
      }
    };
  }

  /** f over strided runs. */
  public static void unary(Unary f, float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
    if (xs == 1 && ys == 1) {
      f.apply(x, xo, y, yo, n);
      return;
    }
    float[] scratch = SCRATCH.get();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      gather(x, xo + done * xs, xs, scratch, 0, m);
      f.apply(scratch, 0, scratch, 0, m);
      scatter(scratch, 0, y, yo + done * ys, ys, m);
    }
  }

  /** f over strided runs. */
  public static void binary(
      Binary f,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] y,
      int yo,
      int ys,
      int n) {
    if (as == 1 && bs == 1 && ys == 1) {
      f.apply(a, ao, b, bo, y, yo, n);
      return;
    }
    float[] scratch = SCRATCH.get();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      stage(a, ao, as, scratch, 0, done, m);
      stage(b, bo, bs, scratch, BLOCK, done, m);
      boolean directA = as == 1;
      boolean directB = bs == 1;
      float[] out = ys == 1 ? y : scratch;
      int outAt = ys == 1 ? yo + done : 2 * BLOCK;
      f.apply(
          directA ? a : scratch,
          directA ? ao + done : 0,
          directB ? b : scratch,
          directB ? bo + done : BLOCK,
          out,
          outAt,
          m);
      if (ys != 1) {
        scatter(scratch, 2 * BLOCK, y, yo + done * ys, ys, m);
      }
    }
  }

  /** f over strided runs; the output is adjacent. */
  public static void compare(
      Comparison f, float[] a, int ao, int as, float[] b, int bo, int bs, byte[] y, int yo, int n) {
    float[] scratch = as == 1 && bs == 1 ? a : SCRATCH.get();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      stage(a, ao, as, scratch, 0, done, m);
      stage(b, bo, bs, scratch, BLOCK, done, m);
      boolean directA = as == 1;
      boolean directB = bs == 1;
      f.apply(
          directA ? a : scratch,
          directA ? ao + done : 0,
          directB ? b : scratch,
          directB ? bo + done : BLOCK,
          y,
          yo + done,
          m);
    }
  }

  /** Makes a block of a strided operand ready; one of stride 0 stays as it was filled at first. */
  private static void stage(float[] x, int xo, int xs, float[] scratch, int at, int done, int m) {
    if (xs == 0) {
      if (done == 0) {
        java.util.Arrays.fill(scratch, at, at + m, x[xo]);
      }
    } else if (xs != 1) {
      gather(x, xo + done * xs, xs, scratch, at, m);
    }
  }

  /** y[yo + i] = x[xo + i * xs]. */
  public static void gather(float[] x, int xo, int xs, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i * xs];
    }
  }

  /** y[yo + i * ys] = x[xo + i]. */
  public static void scatter(float[] x, int xo, float[] y, int yo, int ys, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i * ys] = x[xo + i];
    }
  }
}
