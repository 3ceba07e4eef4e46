package dev.facula.internal.kernel;

/** Products in plain Java. */
final class ScalarDoubleProduct implements DoubleProduct {
  @Override
  public int strip() {
    return 512;
  }

  @Override
  public void add(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int rs,
      int ps,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p++) {
        DoubleBinary.axpy(a[ao + i * rs + p * ps], b, bo + rows[ro + p], c, co + i * ldc, n);
      }
    }
  }

  @Override
  public void addDots(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[co + i * ldc + j] += DoubleReduce.dot(a, ao + i * lda, b, bo + rows[ro + j], k);
      }
    }
  }
}
