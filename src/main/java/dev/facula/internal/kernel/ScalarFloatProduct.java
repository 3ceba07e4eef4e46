package dev.facula.internal.kernel;

/** Products in plain Java. */
final class ScalarFloatProduct implements FloatProduct {
  @Override
  public int strip() {
    return 512;
  }

  @Override
  public void add(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        FloatBinary.axpy(a[ao + i * rs + p * ps], b, bo + rows[ro + p], c, co + i * ldc, n);
      }
    }
  }

  @Override
  public void addDots(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[co + i * ldc + j] += FloatReduce.dot(a, ao + i * lda, b, bo + rows[ro + j], k);
      }
    }
  }
}
