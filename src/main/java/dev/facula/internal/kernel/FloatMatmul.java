package dev.facula.internal.kernel;

/** Matrix products. */
final class FloatMatmul {
  private FloatMatmul() {}

  static void gemm(
      boolean transA, boolean transB, int m, int n, int k,
      float[] a, int ao, int lda, float[] b, int bo, int ldb, float beta, float[] c, int co, int ldc) {
    for (int i = 0; i < m; i++) {
      int row = co + i * ldc;
      if (beta == 0f) {
        FloatBinary.fill(0f, c, row, n);
      }
      for (int p = 0; p < k; p++) {
        float s = a[ao + (transA ? p * lda + i : i * lda + p)];
        if (transB) {
          for (int j = 0; j < n; j++) {
            c[row + j] += s * b[bo + j * ldb + p];
          }
        } else {
          FloatBinary.axpy(s, b, bo + p * ldb, c, row, n);
        }
      }
    }
  }

  static void gemmBatched(
      int batch, boolean transA, boolean transB, int m, int n, int k,
      float[] a, int ao, int aStep, int lda, float[] b, int bo, int bStep, int ldb, float beta,
      float[] c, int co, int cStep, int ldc) {
    for (int i = 0; i < batch; i++) {
      gemm(
          transA, transB, m, n, k, a, ao + i * aStep, lda, b, bo + i * bStep, ldb, beta, c,
          co + i * cStep, ldc);
    }
  }
}
