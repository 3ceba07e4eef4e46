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
  public int lanes() {
    return 8;
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
      double[] sums,
      int so) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        dot(k, a, ao + i * lda, b, bo + rows[ro + j], sums, so + (i * n + j) * 8);
      }
    }
  }

  private static void dot(int k, double[] a, int ao, double[] b, int bo, double[] sums, int so) {
    double s0 = sums[so];
    double s1 = sums[so + 1];
    double s2 = sums[so + 2];
    double s3 = sums[so + 3];
    double s4 = sums[so + 4];
    double s5 = sums[so + 5];
    double s6 = sums[so + 6];
    double s7 = sums[so + 7];
    int p = 0;
    for (; p + 8 <= k; p += 8) {
      s0 = Math.fma(a[ao + p], b[bo + p], s0);
      s1 = Math.fma(a[ao + p + 1], b[bo + p + 1], s1);
      s2 = Math.fma(a[ao + p + 2], b[bo + p + 2], s2);
      s3 = Math.fma(a[ao + p + 3], b[bo + p + 3], s3);
      s4 = Math.fma(a[ao + p + 4], b[bo + p + 4], s4);
      s5 = Math.fma(a[ao + p + 5], b[bo + p + 5], s5);
      s6 = Math.fma(a[ao + p + 6], b[bo + p + 6], s6);
      s7 = Math.fma(a[ao + p + 7], b[bo + p + 7], s7);
    }
    sums[so] = s0;
    sums[so + 1] = s1;
    sums[so + 2] = s2;
    sums[so + 3] = s3;
    sums[so + 4] = s4;
    sums[so + 5] = s5;
    sums[so + 6] = s6;
    sums[so + 7] = s7;
    for (; p < k; p++) {
      int l = so + (p & 7);
      sums[l] = Math.fma(a[ao + p], b[bo + p], sums[l]);
    }
  }
}
