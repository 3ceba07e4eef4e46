package dev.facula.internal.kernel;

/**
 * Reductions and scans of rows and columns, for numbers of all types.
 *
 * @param <A> the type of the arrays
 */
public interface ReduceKernels<A> {
  /** y[r] = sum over i of x[r, i]; several accumulators, so that errors grow slowly. */
  void sumRows(A x, int xo, int rows, int n, A y, int yo);

  /** y[o, i] = sum over k of x[o, k, i]. */
  void sumColumns(A x, int xo, int outer, int n, int inner, A y, int yo);

  /** y[r] = max over i of x[r, i], n &gt; 0; NaN if there is one. */
  void maxRows(A x, int xo, int rows, int n, A y, int yo);

  void minRows(A x, int xo, int rows, int n, A y, int yo);

  /** Index of the largest of each row, n &gt; 0; the first of equals, the first NaN of all. */
  void argmaxRows(A x, int xo, int rows, int n, long[] y, int yo);

  void argminRows(A x, int xo, int rows, int n, long[] y, int yo);

  /** y[r, i] = x[r, 0] + ... + x[r, i]. */
  void cumsumRows(A x, int xo, int rows, int n, A y, int yo);
}
