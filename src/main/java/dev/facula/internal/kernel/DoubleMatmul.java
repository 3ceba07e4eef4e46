package dev.facula.internal.kernel;

/** Matrix products. */
final class DoubleMatmul {
  private DoubleMatmul() {}

  static void gemm(
      boolean transA, boolean transB, int m, int n, int k,
      double[] a, int ao, int lda, double[] b, int bo, int ldb, double beta, double[] c, int co, int ldc) {
    for (int i = 0; i < m; i++) {
      int row = co + i * ldc;
      if (beta == 0.0) {
        DoubleBinary.fill(0.0, c, row, n);
      }
      for (int p = 0; p < k; p++) {
        double s = a[ao + (transA ? p * lda + i : i * lda + p)];
        if (transB) {
          for (int j = 0; j < n; j++) {
            c[row + j] += s * b[bo + j * ldb + p];
          }
        } else {
          DoubleBinary.axpy(s, b, bo + p * ldb, c, row, n);
        }
      }
    }
  }

  static void gemmBatched(
      int batch, boolean transA, boolean transB, int m, int n, int k,
      double[] a, int ao, int aStep, int lda, double[] b, int bo, int bStep, int ldb, double beta,
      double[] c, int co, int cStep, int ldc) {
    for (int i = 0; i < batch; i++) {
      gemm(
          transA, transB, m, n, k, a, ao + i * aStep, lda, b, bo + i * bStep, ldb, beta, c,
          co + i * cStep, ldc);
    }
  }
}
