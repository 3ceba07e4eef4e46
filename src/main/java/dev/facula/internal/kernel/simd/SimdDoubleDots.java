package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of 3 or 1 rows of A with 4 or 1 rows of B, all contiguous, for results that are few
 * against the length k of the rows, as in the gradient of a convolution's weight and in the product
 * of a matrix and a vector. Nothing is packed; a step loads 7 vectors for 12 fused multiply-adds.
 * The sums of the lanes are kept apart: a result is a vector in {@code sums}, those of one row of A
 * {@code step} elements behind those of the row before. Steps beyond the last whole vector are left
 * to the caller.
 */
final class SimdDoubleDots {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private SimdDoubleDots() {}

  static void dots6x4(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      double[] sums,
      int so,
      int step) {
    int x1 = ao + lda;
    int x2 = x1 + lda;
    int x3 = x2 + lda;
    int x4 = x3 + lda;
    int x5 = x4 + lda;
    int y0 = bo + rows[ro];
    int y1 = bo + rows[ro + 1];
    int y2 = bo + rows[ro + 2];
    int y3 = bo + rows[ro + 3];
    DoubleVector s00 = DoubleVector.fromArray(S, sums, so);
    DoubleVector s01 = DoubleVector.fromArray(S, sums, so + L);
    DoubleVector s02 = DoubleVector.fromArray(S, sums, so + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, sums, so + 3 * L);
    DoubleVector s10 = DoubleVector.fromArray(S, sums, so + step);
    DoubleVector s11 = DoubleVector.fromArray(S, sums, so + step + L);
    DoubleVector s12 = DoubleVector.fromArray(S, sums, so + step + 2 * L);
    DoubleVector s13 = DoubleVector.fromArray(S, sums, so + step + 3 * L);
    DoubleVector s20 = DoubleVector.fromArray(S, sums, so + 2 * step);
    DoubleVector s21 = DoubleVector.fromArray(S, sums, so + 2 * step + L);
    DoubleVector s22 = DoubleVector.fromArray(S, sums, so + 2 * step + 2 * L);
    DoubleVector s23 = DoubleVector.fromArray(S, sums, so + 2 * step + 3 * L);
    DoubleVector s30 = DoubleVector.fromArray(S, sums, so + 3 * step);
    DoubleVector s31 = DoubleVector.fromArray(S, sums, so + 3 * step + L);
    DoubleVector s32 = DoubleVector.fromArray(S, sums, so + 3 * step + 2 * L);
    DoubleVector s33 = DoubleVector.fromArray(S, sums, so + 3 * step + 3 * L);
    DoubleVector s40 = DoubleVector.fromArray(S, sums, so + 4 * step);
    DoubleVector s41 = DoubleVector.fromArray(S, sums, so + 4 * step + L);
    DoubleVector s42 = DoubleVector.fromArray(S, sums, so + 4 * step + 2 * L);
    DoubleVector s43 = DoubleVector.fromArray(S, sums, so + 4 * step + 3 * L);
    DoubleVector s50 = DoubleVector.fromArray(S, sums, so + 5 * step);
    DoubleVector s51 = DoubleVector.fromArray(S, sums, so + 5 * step + L);
    DoubleVector s52 = DoubleVector.fromArray(S, sums, so + 5 * step + 2 * L);
    DoubleVector s53 = DoubleVector.fromArray(S, sums, so + 5 * step + 3 * L);
    int whole = k / L;
    for (int q = 0; q < whole; q++) {
      int p = q * L;
      int jump = jumps[q];
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, x1 + p);
      DoubleVector a2 = DoubleVector.fromArray(S, a, x2 + p);
      DoubleVector a3 = DoubleVector.fromArray(S, a, x3 + p);
      DoubleVector a4 = DoubleVector.fromArray(S, a, x4 + p);
      DoubleVector a5 = DoubleVector.fromArray(S, a, x5 + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, y0 + jump);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      s30 = a3.fma(b0, s30);
      s40 = a4.fma(b0, s40);
      s50 = a5.fma(b0, s50);
      DoubleVector b1 = DoubleVector.fromArray(S, b, y1 + jump);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      s31 = a3.fma(b1, s31);
      s41 = a4.fma(b1, s41);
      s51 = a5.fma(b1, s51);
      DoubleVector b2 = DoubleVector.fromArray(S, b, y2 + jump);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      s32 = a3.fma(b2, s32);
      s42 = a4.fma(b2, s42);
      s52 = a5.fma(b2, s52);
      DoubleVector b3 = DoubleVector.fromArray(S, b, y3 + jump);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
      s33 = a3.fma(b3, s33);
      s43 = a4.fma(b3, s43);
      s53 = a5.fma(b3, s53);
    }
    s00.intoArray(sums, so);
    s01.intoArray(sums, so + L);
    s02.intoArray(sums, so + 2 * L);
    s03.intoArray(sums, so + 3 * L);
    s10.intoArray(sums, so + step);
    s11.intoArray(sums, so + step + L);
    s12.intoArray(sums, so + step + 2 * L);
    s13.intoArray(sums, so + step + 3 * L);
    s20.intoArray(sums, so + 2 * step);
    s21.intoArray(sums, so + 2 * step + L);
    s22.intoArray(sums, so + 2 * step + 2 * L);
    s23.intoArray(sums, so + 2 * step + 3 * L);
    s30.intoArray(sums, so + 3 * step);
    s31.intoArray(sums, so + 3 * step + L);
    s32.intoArray(sums, so + 3 * step + 2 * L);
    s33.intoArray(sums, so + 3 * step + 3 * L);
    s40.intoArray(sums, so + 4 * step);
    s41.intoArray(sums, so + 4 * step + L);
    s42.intoArray(sums, so + 4 * step + 2 * L);
    s43.intoArray(sums, so + 4 * step + 3 * L);
    s50.intoArray(sums, so + 5 * step);
    s51.intoArray(sums, so + 5 * step + L);
    s52.intoArray(sums, so + 5 * step + 2 * L);
    s53.intoArray(sums, so + 5 * step + 3 * L);
  }

  static void dots3x4(
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      double[] sums,
      int so,
      int step) {
    int x1 = ao + lda;
    int x2 = x1 + lda;
    int y0 = bo + rows[ro];
    int y1 = bo + rows[ro + 1];
    int y2 = bo + rows[ro + 2];
    int y3 = bo + rows[ro + 3];
    int r1 = so + step;
    int r2 = r1 + step;
    DoubleVector s00 = DoubleVector.fromArray(S, sums, so);
    DoubleVector s01 = DoubleVector.fromArray(S, sums, so + L);
    DoubleVector s02 = DoubleVector.fromArray(S, sums, so + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, sums, so + 3 * L);
    DoubleVector s10 = DoubleVector.fromArray(S, sums, r1);
    DoubleVector s11 = DoubleVector.fromArray(S, sums, r1 + L);
    DoubleVector s12 = DoubleVector.fromArray(S, sums, r1 + 2 * L);
    DoubleVector s13 = DoubleVector.fromArray(S, sums, r1 + 3 * L);
    DoubleVector s20 = DoubleVector.fromArray(S, sums, r2);
    DoubleVector s21 = DoubleVector.fromArray(S, sums, r2 + L);
    DoubleVector s22 = DoubleVector.fromArray(S, sums, r2 + 2 * L);
    DoubleVector s23 = DoubleVector.fromArray(S, sums, r2 + 3 * L);
    int whole = k / L;
    for (int q = 0; q < whole; q++) {
      int p = q * L;
      int jump = jumps[q];
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, x1 + p);
      DoubleVector a2 = DoubleVector.fromArray(S, a, x2 + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, y0 + jump);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      DoubleVector b1 = DoubleVector.fromArray(S, b, y1 + jump);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      DoubleVector b2 = DoubleVector.fromArray(S, b, y2 + jump);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      DoubleVector b3 = DoubleVector.fromArray(S, b, y3 + jump);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
    }
    s00.intoArray(sums, so);
    s01.intoArray(sums, so + L);
    s02.intoArray(sums, so + 2 * L);
    s03.intoArray(sums, so + 3 * L);
    s10.intoArray(sums, r1);
    s11.intoArray(sums, r1 + L);
    s12.intoArray(sums, r1 + 2 * L);
    s13.intoArray(sums, r1 + 3 * L);
    s20.intoArray(sums, r2);
    s21.intoArray(sums, r2 + L);
    s22.intoArray(sums, r2 + 2 * L);
    s23.intoArray(sums, r2 + 3 * L);
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
      int[] jumps,
      double[] sums,
      int so,
      int step) {
    int x1 = ao + lda;
    int x2 = x1 + lda;
    int y0 = bo + rows[ro];
    int r1 = so + step;
    int r2 = r1 + step;
    DoubleVector s00 = DoubleVector.fromArray(S, sums, so);
    DoubleVector s10 = DoubleVector.fromArray(S, sums, r1);
    DoubleVector s20 = DoubleVector.fromArray(S, sums, r2);
    int whole = k / L;
    for (int q = 0; q < whole; q++) {
      int p = q * L;
      int jump = jumps[q];
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector a1 = DoubleVector.fromArray(S, a, x1 + p);
      DoubleVector a2 = DoubleVector.fromArray(S, a, x2 + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, y0 + jump);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
    }
    s00.intoArray(sums, so);
    s10.intoArray(sums, r1);
    s20.intoArray(sums, r2);
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
      int[] jumps,
      double[] sums,
      int so,
      int step) {
    int y0 = bo + rows[ro];
    int y1 = bo + rows[ro + 1];
    int y2 = bo + rows[ro + 2];
    int y3 = bo + rows[ro + 3];
    DoubleVector s00 = DoubleVector.fromArray(S, sums, so);
    DoubleVector s01 = DoubleVector.fromArray(S, sums, so + L);
    DoubleVector s02 = DoubleVector.fromArray(S, sums, so + 2 * L);
    DoubleVector s03 = DoubleVector.fromArray(S, sums, so + 3 * L);
    int whole = k / L;
    for (int q = 0; q < whole; q++) {
      int p = q * L;
      int jump = jumps[q];
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, y0 + jump);
      s00 = a0.fma(b0, s00);
      DoubleVector b1 = DoubleVector.fromArray(S, b, y1 + jump);
      s01 = a0.fma(b1, s01);
      DoubleVector b2 = DoubleVector.fromArray(S, b, y2 + jump);
      s02 = a0.fma(b2, s02);
      DoubleVector b3 = DoubleVector.fromArray(S, b, y3 + jump);
      s03 = a0.fma(b3, s03);
    }
    s00.intoArray(sums, so);
    s01.intoArray(sums, so + L);
    s02.intoArray(sums, so + 2 * L);
    s03.intoArray(sums, so + 3 * L);
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
      int[] jumps,
      double[] sums,
      int so,
      int step) {
    int y0 = bo + rows[ro];
    DoubleVector s00 = DoubleVector.fromArray(S, sums, so);
    int whole = k / L;
    for (int q = 0; q < whole; q++) {
      int p = q * L;
      int jump = jumps[q];
      DoubleVector a0 = DoubleVector.fromArray(S, a, ao + p);
      DoubleVector b0 = DoubleVector.fromArray(S, b, y0 + jump);
      s00 = a0.fma(b0, s00);
    }
    s00.intoArray(sums, so);
  }
}
