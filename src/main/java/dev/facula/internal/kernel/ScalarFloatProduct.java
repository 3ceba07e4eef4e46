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
  public int lanes() {
    return 8;
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
      float[] sums,
      int so) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        dot(k, a, ao + i * lda, b, bo + rows[ro + j], sums, so + (i * n + j) * 8);
      }
    }
  }

  private static void dot(int k, float[] a, int ao, float[] b, int bo, float[] sums, int so) {
    float s0 = sums[so];
    float s1 = sums[so + 1];
    float s2 = sums[so + 2];
    float s3 = sums[so + 3];
    float s4 = sums[so + 4];
    float s5 = sums[so + 5];
    float s6 = sums[so + 6];
    float s7 = sums[so + 7];
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
