package dev.facula.internal.kernel;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Runs kernels written for adjacent elements over strided ones: what is not adjacent is gathered
 * into a block that stays in the first-level cache, worked on there, and scattered back. An operand
 * of stride 0 fills its block once.
 */
public final class DoubleLoops {
  /** Elements of a block. */
  private static final int BLOCK = 1024;

  /** Blocks of the operands and the result. */
  private static final ThreadLocal<double[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new double[3][BLOCK]);

  private DoubleLoops() {}

  /** y[i] = f(x[i]). */
  @FunctionalInterface
  public interface Unary {
    void apply(double[] x, int xo, double[] y, int yo, int n);
  }

  /** y[i] = f(a[i], b[i]). */
  @FunctionalInterface
  public interface Binary {
    void apply(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);
  }

  /** y[i] = f(a[i], b[i]), true as 1. */
  @FunctionalInterface
  public interface Comparison {
    void apply(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n);
  }

  /** The loop around a function of one element: for functions without a kernel of their own. */
  public static Unary map(DoubleUnaryOperator f) {
    return (x, xo, y, yo, n) -> {
      for (int i = 0; i < n; i++) {
        y[yo + i] = f.applyAsDouble(x[xo + i]);
      }
    };
  }

  /** The loop around a function of two elements. */
  public static Binary map(DoubleBinaryOperator f) {
    return (a, ao, b, bo, y, yo, n) -> {
      for (int i = 0; i < n; i++) {
        y[yo + i] = f.applyAsDouble(a[ao + i], b[bo + i]);
      }
    };
  }

  /** f over strided runs. */
  public static void unary(Unary f, double[] x, int xo, int xs, double[] y, int yo, int ys, int n) {
    if (xs == 1 && ys == 1) {
      f.apply(x, xo, y, yo, n);
      return;
    }
    double[] block = SCRATCH.get()[0];
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      gather(x, xo + done * xs, xs, block, 0, m);
      f.apply(block, 0, block, 0, m);
      scatter(block, 0, y, yo + done * ys, ys, m);
    }
  }

  /** f over strided runs, from the front to the back. */
  public static void binary(
      Binary f,
      double[] a,
      int ao,
      int as,
      double[] b,
      int bo,
      int bs,
      double[] y,
      int yo,
      int ys,
      int n) {
    // without vectors the JIT wants all arrays at one index, see DoubleUnary
    boolean inA = as == 1 && Kernels.VECTORS;
    boolean inB = bs == 1 && Kernels.VECTORS;
    boolean inY = ys == 1 && Kernels.VECTORS;
    boolean aligned = as == 1 && bs == 1 && ys == 1 && ao == yo && bo == yo;
    if (inA && inB && inY || aligned) {
      f.apply(a, ao, b, bo, y, yo, n);
      return;
    }
    double[][] blocks = SCRATCH.get();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      double[] p = inA ? a : stage(a, ao, as, blocks[0], done, m);
      double[] q = inB ? b : stage(b, bo, bs, blocks[1], done, m);
      double[] r = inY ? y : blocks[2];
      f.apply(p, inA ? ao + done : 0, q, inB ? bo + done : 0, r, inY ? yo + done : 0, m);
      if (!inY) {
        scatter(r, 0, y, yo + done * ys, ys, m);
      }
    }
  }

  /** f over strided runs; the output is adjacent. */
  public static void compare(
      Comparison f,
      double[] a,
      int ao,
      int as,
      double[] b,
      int bo,
      int bs,
      byte[] y,
      int yo,
      int n) {
    double[][] blocks = SCRATCH.get();
    for (int done = 0; done < n; done += BLOCK) {
      int m = Math.min(BLOCK, n - done);
      double[] p = as == 1 ? a : stage(a, ao, as, blocks[0], done, m);
      double[] q = bs == 1 ? b : stage(b, bo, bs, blocks[1], done, m);
      f.apply(p, as == 1 ? ao + done : 0, q, bs == 1 ? bo + done : 0, y, yo + done, m);
    }
  }

  /** A block of an operand; of one of stride 0 it stays as it was filled at first. */
  private static double[] stage(double[] x, int xo, int xs, double[] block, int done, int m) {
    if (xs != 0) {
      gather(x, xo + done * xs, xs, block, 0, m);
    } else if (done == 0) {
      java.util.Arrays.fill(block, 0, m, x[xo]);
    }
    return block;
  }

  /** y[yo + i] = x[xo + i * xs]. */
  public static void gather(double[] x, int xo, int xs, double[] y, int yo, int n) {
    if (xs == 1) {
      System.arraycopy(x, xo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i * xs];
    }
  }

  /** y[yo + i * ys] = x[xo + i]. */
  public static void scatter(double[] x, int xo, double[] y, int yo, int ys, int n) {
    if (ys == 1) {
      System.arraycopy(x, xo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i * ys] = x[xo + i];
    }
  }
}
