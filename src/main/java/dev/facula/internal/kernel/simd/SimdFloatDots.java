package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of 3 or 1 rows of A with 4 or 1 rows of B, all contiguous, for results that are few
 * against the length k of the rows, as in the gradient of a convolution's weight and in the product
 * of a matrix and a vector. Nothing is packed; a step loads 7 vectors for 12 fused multiply-adds.
 * The sums of the lanes are kept apart: a result is a vector in {@code sums}, those of one row of A
 * {@code step} elements behind those of the row before. Steps beyond the last whole vector are left
 * to the caller.
 */
final class SimdFloatDots {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private SimdFloatDots() {}

  static void dots3x4(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] sums,
      int so,
      int step) {
    int a1o = ao + lda;
    int a2o = a1o + lda;
    int b0o = bo + rows[ro];
    int b1o = bo + rows[ro + 1];
    int b2o = bo + rows[ro + 2];
    int b3o = bo + rows[ro + 3];
    int s1o = so + step;
    int s2o = s1o + step;
    FloatVector s00 = FloatVector.fromArray(S, sums, so);
    FloatVector s01 = FloatVector.fromArray(S, sums, so + L);
    FloatVector s02 = FloatVector.fromArray(S, sums, so + 2 * L);
    FloatVector s03 = FloatVector.fromArray(S, sums, so + 3 * L);
    FloatVector s10 = FloatVector.fromArray(S, sums, s1o);
    FloatVector s11 = FloatVector.fromArray(S, sums, s1o + L);
    FloatVector s12 = FloatVector.fromArray(S, sums, s1o + 2 * L);
    FloatVector s13 = FloatVector.fromArray(S, sums, s1o + 3 * L);
    FloatVector s20 = FloatVector.fromArray(S, sums, s2o);
    FloatVector s21 = FloatVector.fromArray(S, sums, s2o + L);
    FloatVector s22 = FloatVector.fromArray(S, sums, s2o + 2 * L);
    FloatVector s23 = FloatVector.fromArray(S, sums, s2o + 3 * L);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      FloatVector a0 = FloatVector.fromArray(S, a, ao + p);
      FloatVector a1 = FloatVector.fromArray(S, a, a1o + p);
      FloatVector a2 = FloatVector.fromArray(S, a, a2o + p);
      FloatVector b0 = FloatVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
      FloatVector b1 = FloatVector.fromArray(S, b, b1o + p);
      s01 = a0.fma(b1, s01);
      s11 = a1.fma(b1, s11);
      s21 = a2.fma(b1, s21);
      FloatVector b2 = FloatVector.fromArray(S, b, b2o + p);
      s02 = a0.fma(b2, s02);
      s12 = a1.fma(b2, s12);
      s22 = a2.fma(b2, s22);
      FloatVector b3 = FloatVector.fromArray(S, b, b3o + p);
      s03 = a0.fma(b3, s03);
      s13 = a1.fma(b3, s13);
      s23 = a2.fma(b3, s23);
    }
    s00.intoArray(sums, so);
    s01.intoArray(sums, so + L);
    s02.intoArray(sums, so + 2 * L);
    s03.intoArray(sums, so + 3 * L);
    s10.intoArray(sums, s1o);
    s11.intoArray(sums, s1o + L);
    s12.intoArray(sums, s1o + 2 * L);
    s13.intoArray(sums, s1o + 3 * L);
    s20.intoArray(sums, s2o);
    s21.intoArray(sums, s2o + L);
    s22.intoArray(sums, s2o + 2 * L);
    s23.intoArray(sums, s2o + 3 * L);
  }

  static void dots3x1(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] sums,
      int so,
      int step) {
    int a1o = ao + lda;
    int a2o = a1o + lda;
    int b0o = bo + rows[ro];
    int s1o = so + step;
    int s2o = s1o + step;
    FloatVector s00 = FloatVector.fromArray(S, sums, so);
    FloatVector s10 = FloatVector.fromArray(S, sums, s1o);
    FloatVector s20 = FloatVector.fromArray(S, sums, s2o);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      FloatVector a0 = FloatVector.fromArray(S, a, ao + p);
      FloatVector a1 = FloatVector.fromArray(S, a, a1o + p);
      FloatVector a2 = FloatVector.fromArray(S, a, a2o + p);
      FloatVector b0 = FloatVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
      s10 = a1.fma(b0, s10);
      s20 = a2.fma(b0, s20);
    }
    s00.intoArray(sums, so);
    s10.intoArray(sums, s1o);
    s20.intoArray(sums, s2o);
  }

  static void dots1x4(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] sums,
      int so,
      int step) {
    int b0o = bo + rows[ro];
    int b1o = bo + rows[ro + 1];
    int b2o = bo + rows[ro + 2];
    int b3o = bo + rows[ro + 3];
    FloatVector s00 = FloatVector.fromArray(S, sums, so);
    FloatVector s01 = FloatVector.fromArray(S, sums, so + L);
    FloatVector s02 = FloatVector.fromArray(S, sums, so + 2 * L);
    FloatVector s03 = FloatVector.fromArray(S, sums, so + 3 * L);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      FloatVector a0 = FloatVector.fromArray(S, a, ao + p);
      FloatVector b0 = FloatVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
      FloatVector b1 = FloatVector.fromArray(S, b, b1o + p);
      s01 = a0.fma(b1, s01);
      FloatVector b2 = FloatVector.fromArray(S, b, b2o + p);
      s02 = a0.fma(b2, s02);
      FloatVector b3 = FloatVector.fromArray(S, b, b3o + p);
      s03 = a0.fma(b3, s03);
    }
    s00.intoArray(sums, so);
    s01.intoArray(sums, so + L);
    s02.intoArray(sums, so + 2 * L);
    s03.intoArray(sums, so + 3 * L);
  }

  static void dots1x1(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] sums,
      int so,
      int step) {
    int b0o = bo + rows[ro];
    FloatVector s00 = FloatVector.fromArray(S, sums, so);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      FloatVector a0 = FloatVector.fromArray(S, a, ao + p);
      FloatVector b0 = FloatVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
    }
    s00.intoArray(sums, so);
  }
}
