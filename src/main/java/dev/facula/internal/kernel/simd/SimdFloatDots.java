package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatScratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Dot products of 3 or 1 rows of A with 4 or 1 rows of B, all contiguous: C += A B<sup>T</sup>
 * where the length k of the rows is large against the number of results, as in the gradient of a
 * convolution's weight and in the product of a matrix and a vector. Nothing is packed; a step loads
 * 7 vectors for 12 fused multiply-adds. The lanes are added up at the end.
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
      float[] c,
      int co,
      int ldc) {
    int a1o = ao + lda;
    int a2o = a1o + lda;
    int b0o = bo + rows[ro];
    int b1o = bo + rows[ro + 1];
    int b2o = bo + rows[ro + 2];
    int b3o = bo + rows[ro + 3];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s13 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s23 = FloatVector.zero(S);
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
    float[] sums = FloatScratch.get().array(FloatScratch.SUMS, 12 * L);
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
    int a1o = ao + lda;
    int a2o = a1o + lda;
    int b0o = bo + rows[ro];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
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
    float[] sums = FloatScratch.get().array(FloatScratch.SUMS, 3 * L);
    s00.intoArray(sums, 0);
    s10.intoArray(sums, L);
    s20.intoArray(sums, 2 * L);
    for (int i = 0; i < 3; i++) {
      c[co + i * ldc] += sum(sums, i * L) + tail(whole, k, a, ao + i * lda, b, b0o);
    }
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
      float[] c,
      int co,
      int ldc) {
    int b0o = bo + rows[ro];
    int b1o = bo + rows[ro + 1];
    int b2o = bo + rows[ro + 2];
    int b3o = bo + rows[ro + 3];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
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
    float[] sums = FloatScratch.get().array(FloatScratch.SUMS, 4 * L);
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
    int b0o = bo + rows[ro];
    FloatVector s00 = FloatVector.zero(S);
    int whole = S.loopBound(k);
    for (int p = 0; p < whole; p += L) {
      FloatVector a0 = FloatVector.fromArray(S, a, ao + p);
      FloatVector b0 = FloatVector.fromArray(S, b, b0o + p);
      s00 = a0.fma(b0, s00);
    }
    float[] sums = FloatScratch.get().array(FloatScratch.SUMS, 1 * L);
    s00.intoArray(sums, 0);
    c[co] += sum(sums, 0) + tail(whole, k, a, ao, b, b0o);
  }

  /** Sum of the L lanes that begin at index o, by halves. */
  private static float sum(float[] lanes, int o) {
    for (int half = L / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[o + i] += lanes[o + half + i];
      }
    }
    return lanes[o];
  }

  private static float tail(int from, int k, float[] a, int ao, float[] b, int bo) {
    float sum = 0f;
    for (int p = from; p < k; p++) {
      sum = Math.fma(a[ao + p], b[bo + p], sum);
    }
    return sum;
  }
}
