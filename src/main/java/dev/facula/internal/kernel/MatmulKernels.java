package dev.facula.internal.kernel;

/**
 * Matrix products.
 *
 * @param <A> the type of the arrays
 */
public interface MatmulKernels<A> {
  /**
   * C = op(A) op(B) + beta C, with op(A) m x k, op(B) k x n, all row-major with row strides lda,
   * ldb, ldc (of the arrays as stored: A is k x m where transA). beta is 0 or 1; with 0 the old
   * contents of C are not read. Each element is one chain over k, whatever the number of threads.
   * Runs on the worker pool where the size is worth it.
   */
  void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      A a,
      int ao,
      int lda,
      A b,
      int bo,
      int ldb,
      double beta,
      A c,
      int co,
      int ldc);

  /** Y = op(X) op(W) + bias, the bias being one for each column; Y is m x n without gaps. */
  void linear(
      boolean transX,
      boolean transW,
      int m,
      int n,
      int k,
      A x,
      int xo,
      int ldx,
      A w,
      int wo,
      int ldw,
      A bias,
      int biasO,
      A y);

  /** {@code batch} products as above, operand i at offset + i * step. */
  void gemmBatched(
      int batch,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      A a,
      int ao,
      int aStep,
      int lda,
      A b,
      int bo,
      int bStep,
      int ldb,
      double beta,
      A c,
      int co,
      int cStep,
      int ldc);

  /** Sum of a[i] b[i]. */
  double dot(A a, int ao, A b, int bo, int n);
}
