package dev.facula.internal.kernel;

/**
 * Softmax over rows, and the losses made of it.
 *
 * @param <A> the type of the arrays
 */
public interface SoftmaxKernels<A> {
  void softmaxRows(A x, int xo, int rows, int n, A y, int yo);

  void logSoftmaxRows(A x, int xo, int rows, int n, A y, int yo);

  /** dx = y (g - sum(g y)), row by row. */
  void softmaxRowsBackward(A g, int go, A y, int yo, int rows, int n, A dx, int dxo);

  /** dx = g - exp(y) sum(g), row by row. */
  void logSoftmaxRowsBackward(A g, int go, A y, int yo, int rows, int n, A dx, int dxo);

  /**
   * loss[r] = lse[r] - x[r, target[r]] with lse[r] = log(sum over i of exp(x[r, i])). A negative
   * target makes a loss of 0.
   */
  void crossEntropyRows(
      A x, int xo, int rows, int n, long[] target, int to, A loss, int lo, A lse, int so);

  /**
   * dx[r, i] = g[r] (exp(x[r, i] - lse[r]) - [i = target[r]]); for a negative target 0, or NaN
   * where lse is not finite.
   */
  void crossEntropyRowsBackward(
      A g,
      int go,
      A x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      A lse,
      int so,
      A dx,
      int dxo);
}
