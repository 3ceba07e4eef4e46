package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.DoubleScratch;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of 3 or 1 rows of A with 4 or 1 rows of B, all contiguous: C += A B<sup>T</sup>
 * where the length k of the rows is large against the number of results, as in the gradient of a
 * convolution's weight and in the product of a matrix and a vector. Nothing is packed; a step loads
 * 7 vectors for 12 fused multiply-adds. The lanes are added up at the end.
 */
final class SimdDoubleDots {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private SimdDoubleDots() {}

  static void dots3x4(
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
    int a1o = ao + lda;
    int a2o = a1o + lda;
    int b0o = bo + rows[ro];
    int b1o = bo + rows[ro + 1];
    int b2o = bo + rows[ro + 2];
    int b3o = bo + rows[ro + 3];
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s13 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s22 = DoubleVector.zero(S);
    DoubleVector s23 = DoubleVector.zero(S);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, a1o + p);
      DoubleVector a2 = DoubleVector.fromArray(S, a, a2o + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      DoubleVector b1 = DoubleVector.fromArray(S, b, b1o + p);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      DoubleVector b2 = DoubleVector.fromArray(S, b, b2o + p);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      DoubleVector b3 = DoubleVector.fromArray(S, b, b3o + p);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
    }
    double[] sums = DoubleScratch.get().array(DoubleScratch.SUMS, 12 * L);
    s00.intoArray(sums, 0);
    s01.intoArray(sums, L);
    s02.intoArray(sums, 2 * L);
    s03.intoArray(sums, 3 * L);
    s10.intoArray(sums, 4 * L);
    s11.intoArray(sums, 5 * L);
    s12.intoArray(sums, 6 * L);
    s13.intoArray(sums, 7 * L);
    s20.intoArray(sums, 8 * L);
    s21.intoArray(sums, 9 * L);
    s22.intoArray(sums, 10 * L);
    s23.intoArray(sums, 11 * L);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 4; j++) {
        c[co + i * ldc + j] +=
            sum(sums, (i * 4 + j) * L) + tail(whole, k, a, ao + i * lda, b, bo + rows[ro + j]);
      }
    }
  }

  static void dots3x1(
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
    int a1o = ao + lda;
    int a2o = a1o + lda;
    int b0o = bo + rows[ro];
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, a1o + p);
      DoubleVector a2 = DoubleVector.fromArray(S, a, a2o + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
    }
    double[] sums = DoubleScratch.get().array(DoubleScratch.SUMS, 3 * L);
    s00.intoArray(sums, 0);
    s10.intoArray(sums, L);
    s20.intoArray(sums, 2 * L);
    for (int i = 0; i < 3; i++) {
      c[co + i * ldc] += sum(sums, i * L) + tail(whole, k, a, ao + i * lda, b, b0o);
    }
  }

  static void dots1x4(
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
    int b0o = bo + rows[ro];
    int b1o = bo + rows[ro + 1];
    int b2o = bo + rows[ro + 2];
    int b3o = bo + rows[ro + 3];
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s03 = DoubleVector.zero(S);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
      DoubleVector b1 = DoubleVector.fromArray(S, b, b1o + p);
      s01 = a0.fma(b1, s01);
      DoubleVector b2 = DoubleVector.fromArray(S, b, b2o + p);
      s02 = a0.fma(b2, s02);
      DoubleVector b3 = DoubleVector.fromArray(S, b, b3o + p);
      s03 = a0.fma(b3, s03);
    }
    double[] sums = DoubleScratch.get().array(DoubleScratch.SUMS, 4 * L);
    s00.intoArray(sums, 0);
    s01.intoArray(sums, L);
    s02.intoArray(sums, 2 * L);
    s03.intoArray(sums, 3 * L);
    for (int j = 0; j < 4; j++) {
      c[co + j] += sum(sums, j * L) + tail(whole, k, a, ao, b, bo + rows[ro + j]);
    }
  }

  static void dots1x1(
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
    int b0o = bo + rows[ro];
    DoubleVector s00 = DoubleVector.zero(S);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
    }
    double[] sums = DoubleScratch.get().array(DoubleScratch.SUMS, 1 * L);
    s00.intoArray(sums, 0);
    c[co] += sum(sums, 0) + tail(whole, k, a, ao, b, b0o);
  }

  /** Sum of the L lanes that begin at index o, by halves. */
  private static double sum(double[] lanes, int o) {
    for (int half = L / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[o + i] += lanes[o + half + i];
      }
    }
    return lanes[o];
  }

  private static double tail(int from, int k, double[] a, int ao, double[] b, int bo) {
    double sum = 0.0;
    for (int p = from; p < k; p++) {
      sum = Math.fma(a[ao + p], b[bo + p], sum);
    }
    return sum;
  }
}
