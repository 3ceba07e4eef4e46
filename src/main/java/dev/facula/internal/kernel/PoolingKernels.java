package dev.facula.internal.kernel;

/**
 * Pooling of contiguous arrays.
 *
 * @param <A> the type of the arrays
 */
public interface PoolingKernels<A> {
  /**
   * Maxima of windows, and where in its plane (h * width + w) each was found; -infinity and -1 for
   * a window without a cell.
   */
  void maxPool2d(PoolShape s, A x, int xo, A y, int yo, int[] index, int io);

  /** dx[index] += g over zeros. */
  void maxPool2dBackward(PoolShape s, A g, int go, int[] index, int io, A dx, int dxo);

  /**
   * Means of windows. A sum is divided by {@code divisor}, or where that is 0 by the cells of the
   * window, with or without those on the padding.
   */
  void avgPool2d(PoolShape s, boolean countPadding, int divisor, A x, int xo, A y, int yo);

  void avgPool2dBackward(
      PoolShape s, boolean countPadding, int divisor, A g, int go, A dx, int dxo);

  /** y[i] = sum of weights[k] x[at[k]] over k from starts[i] to starts[i + 1] - 1. */
  void weightedSums(int[] starts, int[] at, double[] weights, A x, int xo, A y, int yo);
}
