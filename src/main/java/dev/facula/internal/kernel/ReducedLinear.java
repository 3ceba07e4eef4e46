package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * The product of a dense layer whose weights have 16 bits: they are widened a block of rows at a
 * time, into memory that stays in level 2 of the cache, and go from there through the kernels of
 * float. From main memory half of what those would read is read, once. For one or two rows of X the
 * weights are widened in registers, on their way into dot products.
 */
public final class ReducedLinear {
  /** Elements of a block of weights: half a MiB of floats. */
  private static final int BLOCK = 1 << 17;

  /** Rows of a block at least, and at most: enough for tiles, and for all threads to have some. */
  private static final int LEAST = 32;

  private static final int MOST = 256;

  private ReducedLinear() {}

  /** Makes floats of n elements of the weights, from one of them on. */
  @FunctionalInterface
  public interface Widen {
    void apply(int from, float[] to, int n);
  }

  /** The dot product of n elements of the weights, from one of them on, and of a row. */
  @FunctionalInterface
  public interface Dot {
    float apply(int from, float[] x, int xo, int n);
  }

  /**
   * Y = X Wᵀ + Y for X of m x k, W of n x k and Y of m x n without gaps, which begins with the bias
   * or with zeros.
   */
  public static void add(
      MatmulKernels<float[]> kernels,
      Widen widen,
      Dot dot,
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      int ldx,
      float[] y) {
    if (m <= 2) {
      Parallel.parallelFor(
          n,
          Parallel.ELEMENT * k * m,
          (from, to) -> {
            for (int j = from; j < to; j++) {
              for (int i = 0; i < m; i++) {
                y[i * n + j] += dot.apply(j * k, x, xo + i * ldx, k);
              }
            }
          });
      return;
    }
    int rows = Math.min(n, Math.max(LEAST, Math.min(MOST, BLOCK / k)));
    int blocks = (n + rows - 1) / rows;
    Parallel.parallelFor(
        blocks,
        (long) rows * k * (m + 1),
        (from, to) -> {
          float[] wide = FloatScratch.get().array(FloatScratch.WEIGHT, rows * k);
          for (int i = from; i < to; i++) {
            int first = i * rows;
            int count = Math.min(rows, n - first);
            widen.apply(first * k, wide, count * k);
            kernels.gemm(false, true, m, count, k, x, xo, ldx, wide, 0, k, 1, y, first, n);
          }
        });
  }
}
