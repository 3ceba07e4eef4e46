package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles like {@link SimdFloatTiles} for {@link
 * dev.facula.internal.kernel.FloatWindowProduct}: the table of places is on the side of the
 * elements that are broadcast, the rows of B follow one another. With one vector of columns each
 * fused multiply-add needs a broadcast of its own, of which a Zen 4 does three in the time of four
 * fused multiply-adds, unless several steps of k share them. Two halves of a vector would be faster
 * as well, but a second length of vectors in a program keeps C2 from knowing the type of any.
 */
final class SimdFloatWindowTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int L = S.length();

  private SimdFloatWindowTiles() {}

  static void tile10x2(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, r1);
    FloatVector c1y = FloatVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, r2);
    FloatVector c2y = FloatVector.fromArray(S, z, r2 + L);
    int r3 = r2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, r3);
    FloatVector c3y = FloatVector.fromArray(S, z, r3 + L);
    int r4 = r3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, r4);
    FloatVector c4y = FloatVector.fromArray(S, z, r4 + L);
    int r5 = r4 + ldz;
    FloatVector c5x = FloatVector.fromArray(S, z, r5);
    FloatVector c5y = FloatVector.fromArray(S, z, r5 + L);
    int r6 = r5 + ldz;
    FloatVector c6x = FloatVector.fromArray(S, z, r6);
    FloatVector c6y = FloatVector.fromArray(S, z, r6 + L);
    int r7 = r6 + ldz;
    FloatVector c7x = FloatVector.fromArray(S, z, r7);
    FloatVector c7y = FloatVector.fromArray(S, z, r7 + L);
    int r8 = r7 + ldz;
    FloatVector c8x = FloatVector.fromArray(S, z, r8);
    FloatVector c8y = FloatVector.fromArray(S, z, r8 + L);
    int r9 = r8 + ldz;
    FloatVector c9x = FloatVector.fromArray(S, z, r9);
    FloatVector c9y = FloatVector.fromArray(S, z, r9 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * 2 * L);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[q + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      FloatVector a6 = FloatVector.broadcast(S, a[q + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      FloatVector a7 = FloatVector.broadcast(S, a[q + 7]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      FloatVector a8 = FloatVector.broadcast(S, a[q + 8]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      FloatVector a9 = FloatVector.broadcast(S, a[q + 9]);
      c9x = a9.fma(bx, c9x);
      c9y = a9.fma(by, c9y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, co + ldc);
    c1y.intoArray(c, co + ldc + L);
    c2x.intoArray(c, co + 2 * ldc);
    c2y.intoArray(c, co + 2 * ldc + L);
    c3x.intoArray(c, co + 3 * ldc);
    c3y.intoArray(c, co + 3 * ldc + L);
    c4x.intoArray(c, co + 4 * ldc);
    c4y.intoArray(c, co + 4 * ldc + L);
    c5x.intoArray(c, co + 5 * ldc);
    c5y.intoArray(c, co + 5 * ldc + L);
    c6x.intoArray(c, co + 6 * ldc);
    c6y.intoArray(c, co + 6 * ldc + L);
    c7x.intoArray(c, co + 7 * ldc);
    c7y.intoArray(c, co + 7 * ldc + L);
    c8x.intoArray(c, co + 8 * ldc);
    c8y.intoArray(c, co + 8 * ldc + L);
    c9x.intoArray(c, co + 9 * ldc);
    c9y.intoArray(c, co + 9 * ldc + L);
  }

  static void tile8x2(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, r1);
    FloatVector c1y = FloatVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, r2);
    FloatVector c2y = FloatVector.fromArray(S, z, r2 + L);
    int r3 = r2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, r3);
    FloatVector c3y = FloatVector.fromArray(S, z, r3 + L);
    int r4 = r3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, r4);
    FloatVector c4y = FloatVector.fromArray(S, z, r4 + L);
    int r5 = r4 + ldz;
    FloatVector c5x = FloatVector.fromArray(S, z, r5);
    FloatVector c5y = FloatVector.fromArray(S, z, r5 + L);
    int r6 = r5 + ldz;
    FloatVector c6x = FloatVector.fromArray(S, z, r6);
    FloatVector c6y = FloatVector.fromArray(S, z, r6 + L);
    int r7 = r6 + ldz;
    FloatVector c7x = FloatVector.fromArray(S, z, r7);
    FloatVector c7y = FloatVector.fromArray(S, z, r7 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * 2 * L);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[q + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      FloatVector a6 = FloatVector.broadcast(S, a[q + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      FloatVector a7 = FloatVector.broadcast(S, a[q + 7]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, co + ldc);
    c1y.intoArray(c, co + ldc + L);
    c2x.intoArray(c, co + 2 * ldc);
    c2y.intoArray(c, co + 2 * ldc + L);
    c3x.intoArray(c, co + 3 * ldc);
    c3y.intoArray(c, co + 3 * ldc + L);
    c4x.intoArray(c, co + 4 * ldc);
    c4y.intoArray(c, co + 4 * ldc + L);
    c5x.intoArray(c, co + 5 * ldc);
    c5y.intoArray(c, co + 5 * ldc + L);
    c6x.intoArray(c, co + 6 * ldc);
    c6y.intoArray(c, co + 6 * ldc + L);
    c7x.intoArray(c, co + 7 * ldc);
    c7y.intoArray(c, co + 7 * ldc + L);
  }

  static void tile5x2(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, r1);
    FloatVector c1y = FloatVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, r2);
    FloatVector c2y = FloatVector.fromArray(S, z, r2 + L);
    int r3 = r2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, r3);
    FloatVector c3y = FloatVector.fromArray(S, z, r3 + L);
    int r4 = r3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, r4);
    FloatVector c4y = FloatVector.fromArray(S, z, r4 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * 2 * L);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, co + ldc);
    c1y.intoArray(c, co + ldc + L);
    c2x.intoArray(c, co + 2 * ldc);
    c2y.intoArray(c, co + 2 * ldc + L);
    c3x.intoArray(c, co + 3 * ldc);
    c3y.intoArray(c, co + 3 * ldc + L);
    c4x.intoArray(c, co + 4 * ldc);
    c4y.intoArray(c, co + 4 * ldc + L);
  }

  static void tile3x2(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, r1);
    FloatVector c1y = FloatVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, r2);
    FloatVector c2y = FloatVector.fromArray(S, z, r2 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * 2 * L);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, co + ldc);
    c1y.intoArray(c, co + ldc + L);
    c2x.intoArray(c, co + 2 * ldc);
    c2y.intoArray(c, co + 2 * ldc + L);
  }

  static void tile1x2(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * 2 * L);
      FloatVector by = FloatVector.fromArray(S, b, bo + p * 2 * L + L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }

  // Windows of five neighbours each, which begin at a0, a1, ...

  static void tile25x1(
      int k,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    FloatVector s01 = FloatVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    FloatVector s02 = FloatVector.fromArray(S, z, r2);
    int r3 = r2 + ldz;
    FloatVector s03 = FloatVector.fromArray(S, z, r3);
    int r4 = r3 + ldz;
    FloatVector s04 = FloatVector.fromArray(S, z, r4);
    int r5 = r4 + ldz;
    FloatVector s10 = FloatVector.fromArray(S, z, r5);
    int r6 = r5 + ldz;
    FloatVector s11 = FloatVector.fromArray(S, z, r6);
    int r7 = r6 + ldz;
    FloatVector s12 = FloatVector.fromArray(S, z, r7);
    int r8 = r7 + ldz;
    FloatVector s13 = FloatVector.fromArray(S, z, r8);
    int r9 = r8 + ldz;
    FloatVector s14 = FloatVector.fromArray(S, z, r9);
    int r10 = r9 + ldz;
    FloatVector s20 = FloatVector.fromArray(S, z, r10);
    int r11 = r10 + ldz;
    FloatVector s21 = FloatVector.fromArray(S, z, r11);
    int r12 = r11 + ldz;
    FloatVector s22 = FloatVector.fromArray(S, z, r12);
    int r13 = r12 + ldz;
    FloatVector s23 = FloatVector.fromArray(S, z, r13);
    int r14 = r13 + ldz;
    FloatVector s24 = FloatVector.fromArray(S, z, r14);
    int r15 = r14 + ldz;
    FloatVector s30 = FloatVector.fromArray(S, z, r15);
    int r16 = r15 + ldz;
    FloatVector s31 = FloatVector.fromArray(S, z, r16);
    int r17 = r16 + ldz;
    FloatVector s32 = FloatVector.fromArray(S, z, r17);
    int r18 = r17 + ldz;
    FloatVector s33 = FloatVector.fromArray(S, z, r18);
    int r19 = r18 + ldz;
    FloatVector s34 = FloatVector.fromArray(S, z, r19);
    int r20 = r19 + ldz;
    FloatVector s40 = FloatVector.fromArray(S, z, r20);
    int r21 = r20 + ldz;
    FloatVector s41 = FloatVector.fromArray(S, z, r21);
    int r22 = r21 + ldz;
    FloatVector s42 = FloatVector.fromArray(S, z, r22);
    int r23 = r22 + ldz;
    FloatVector s43 = FloatVector.fromArray(S, z, r23);
    int r24 = r23 + ldz;
    FloatVector s44 = FloatVector.fromArray(S, z, r24);
    for (int p = 0; p < k; p++) {
      int offset = offsets[oo + p];
      FloatVector x = FloatVector.fromArray(S, b, bo + p * L);
      int q0 = a0 + offset;
      s00 = FloatVector.broadcast(S, a[q0]).fma(x, s00);
      s01 = FloatVector.broadcast(S, a[q0 + 1]).fma(x, s01);
      s02 = FloatVector.broadcast(S, a[q0 + 2]).fma(x, s02);
      s03 = FloatVector.broadcast(S, a[q0 + 3]).fma(x, s03);
      s04 = FloatVector.broadcast(S, a[q0 + 4]).fma(x, s04);
      int q1 = a1 + offset;
      s10 = FloatVector.broadcast(S, a[q1]).fma(x, s10);
      s11 = FloatVector.broadcast(S, a[q1 + 1]).fma(x, s11);
      s12 = FloatVector.broadcast(S, a[q1 + 2]).fma(x, s12);
      s13 = FloatVector.broadcast(S, a[q1 + 3]).fma(x, s13);
      s14 = FloatVector.broadcast(S, a[q1 + 4]).fma(x, s14);
      int q2 = a2 + offset;
      s20 = FloatVector.broadcast(S, a[q2]).fma(x, s20);
      s21 = FloatVector.broadcast(S, a[q2 + 1]).fma(x, s21);
      s22 = FloatVector.broadcast(S, a[q2 + 2]).fma(x, s22);
      s23 = FloatVector.broadcast(S, a[q2 + 3]).fma(x, s23);
      s24 = FloatVector.broadcast(S, a[q2 + 4]).fma(x, s24);
      int q3 = a3 + offset;
      s30 = FloatVector.broadcast(S, a[q3]).fma(x, s30);
      s31 = FloatVector.broadcast(S, a[q3 + 1]).fma(x, s31);
      s32 = FloatVector.broadcast(S, a[q3 + 2]).fma(x, s32);
      s33 = FloatVector.broadcast(S, a[q3 + 3]).fma(x, s33);
      s34 = FloatVector.broadcast(S, a[q3 + 4]).fma(x, s34);
      int q4 = a4 + offset;
      s40 = FloatVector.broadcast(S, a[q4]).fma(x, s40);
      s41 = FloatVector.broadcast(S, a[q4 + 1]).fma(x, s41);
      s42 = FloatVector.broadcast(S, a[q4 + 2]).fma(x, s42);
      s43 = FloatVector.broadcast(S, a[q4 + 3]).fma(x, s43);
      s44 = FloatVector.broadcast(S, a[q4 + 4]).fma(x, s44);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + ldc);
    s02.intoArray(c, co + 2 * ldc);
    s03.intoArray(c, co + 3 * ldc);
    s04.intoArray(c, co + 4 * ldc);
    s10.intoArray(c, co + 5 * ldc);
    s11.intoArray(c, co + 6 * ldc);
    s12.intoArray(c, co + 7 * ldc);
    s13.intoArray(c, co + 8 * ldc);
    s14.intoArray(c, co + 9 * ldc);
    s20.intoArray(c, co + 10 * ldc);
    s21.intoArray(c, co + 11 * ldc);
    s22.intoArray(c, co + 12 * ldc);
    s23.intoArray(c, co + 13 * ldc);
    s24.intoArray(c, co + 14 * ldc);
    s30.intoArray(c, co + 15 * ldc);
    s31.intoArray(c, co + 16 * ldc);
    s32.intoArray(c, co + 17 * ldc);
    s33.intoArray(c, co + 18 * ldc);
    s34.intoArray(c, co + 19 * ldc);
    s40.intoArray(c, co + 20 * ldc);
    s41.intoArray(c, co + 21 * ldc);
    s42.intoArray(c, co + 22 * ldc);
    s43.intoArray(c, co + 23 * ldc);
    s44.intoArray(c, co + 24 * ldc);
  }

  static void tile10x1(
      int k,
      float[] a,
      int a0,
      int a1,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    FloatVector s01 = FloatVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    FloatVector s02 = FloatVector.fromArray(S, z, r2);
    int r3 = r2 + ldz;
    FloatVector s03 = FloatVector.fromArray(S, z, r3);
    int r4 = r3 + ldz;
    FloatVector s04 = FloatVector.fromArray(S, z, r4);
    int r5 = r4 + ldz;
    FloatVector s10 = FloatVector.fromArray(S, z, r5);
    int r6 = r5 + ldz;
    FloatVector s11 = FloatVector.fromArray(S, z, r6);
    int r7 = r6 + ldz;
    FloatVector s12 = FloatVector.fromArray(S, z, r7);
    int r8 = r7 + ldz;
    FloatVector s13 = FloatVector.fromArray(S, z, r8);
    int r9 = r8 + ldz;
    FloatVector s14 = FloatVector.fromArray(S, z, r9);
    for (int p = 0; p < k; p++) {
      int offset = offsets[oo + p];
      FloatVector x = FloatVector.fromArray(S, b, bo + p * L);
      int q0 = a0 + offset;
      s00 = FloatVector.broadcast(S, a[q0]).fma(x, s00);
      s01 = FloatVector.broadcast(S, a[q0 + 1]).fma(x, s01);
      s02 = FloatVector.broadcast(S, a[q0 + 2]).fma(x, s02);
      s03 = FloatVector.broadcast(S, a[q0 + 3]).fma(x, s03);
      s04 = FloatVector.broadcast(S, a[q0 + 4]).fma(x, s04);
      int q1 = a1 + offset;
      s10 = FloatVector.broadcast(S, a[q1]).fma(x, s10);
      s11 = FloatVector.broadcast(S, a[q1 + 1]).fma(x, s11);
      s12 = FloatVector.broadcast(S, a[q1 + 2]).fma(x, s12);
      s13 = FloatVector.broadcast(S, a[q1 + 3]).fma(x, s13);
      s14 = FloatVector.broadcast(S, a[q1 + 4]).fma(x, s14);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + ldc);
    s02.intoArray(c, co + 2 * ldc);
    s03.intoArray(c, co + 3 * ldc);
    s04.intoArray(c, co + 4 * ldc);
    s10.intoArray(c, co + 5 * ldc);
    s11.intoArray(c, co + 6 * ldc);
    s12.intoArray(c, co + 7 * ldc);
    s13.intoArray(c, co + 8 * ldc);
    s14.intoArray(c, co + 9 * ldc);
  }

  /**
   * The same for steps of k that are runs of five neighbours: nine elements of a window serve 25
   * multiplications, so that the multipliers are busier than the load units. C2 of JDK 17 does not
   * compile more multiplications than these in one loop.
   */
  static void tile10x1x5(
      int k,
      float[] a,
      int a0,
      int a1,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    FloatVector s01 = FloatVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    FloatVector s02 = FloatVector.fromArray(S, z, r2);
    int r3 = r2 + ldz;
    FloatVector s03 = FloatVector.fromArray(S, z, r3);
    int r4 = r3 + ldz;
    FloatVector s04 = FloatVector.fromArray(S, z, r4);
    int r5 = r4 + ldz;
    FloatVector s10 = FloatVector.fromArray(S, z, r5);
    int r6 = r5 + ldz;
    FloatVector s11 = FloatVector.fromArray(S, z, r6);
    int r7 = r6 + ldz;
    FloatVector s12 = FloatVector.fromArray(S, z, r7);
    int r8 = r7 + ldz;
    FloatVector s13 = FloatVector.fromArray(S, z, r8);
    int r9 = r8 + ldz;
    FloatVector s14 = FloatVector.fromArray(S, z, r9);
    for (int p = 0; p < k; p += 5) {
      int offset = offsets[oo + p];
      int q = bo + p * L;
      FloatVector x0 = FloatVector.fromArray(S, b, q);
      FloatVector x1 = FloatVector.fromArray(S, b, q + L);
      FloatVector x2 = FloatVector.fromArray(S, b, q + 2 * L);
      FloatVector x3 = FloatVector.fromArray(S, b, q + 3 * L);
      FloatVector x4 = FloatVector.fromArray(S, b, q + 4 * L);
      int q0 = a0 + offset;
      int q1 = a1 + offset;
      FloatVector v00 = FloatVector.broadcast(S, a[q0]);
      s00 = v00.fma(x0, s00);
      FloatVector v10 = FloatVector.broadcast(S, a[q1]);
      s10 = v10.fma(x0, s10);
      FloatVector v01 = FloatVector.broadcast(S, a[q0 + 1]);
      s00 = v01.fma(x1, s00);
      s01 = v01.fma(x0, s01);
      FloatVector v11 = FloatVector.broadcast(S, a[q1 + 1]);
      s10 = v11.fma(x1, s10);
      s11 = v11.fma(x0, s11);
      FloatVector v02 = FloatVector.broadcast(S, a[q0 + 2]);
      s00 = v02.fma(x2, s00);
      s01 = v02.fma(x1, s01);
      s02 = v02.fma(x0, s02);
      FloatVector v12 = FloatVector.broadcast(S, a[q1 + 2]);
      s10 = v12.fma(x2, s10);
      s11 = v12.fma(x1, s11);
      s12 = v12.fma(x0, s12);
      FloatVector v03 = FloatVector.broadcast(S, a[q0 + 3]);
      s00 = v03.fma(x3, s00);
      s01 = v03.fma(x2, s01);
      s02 = v03.fma(x1, s02);
      s03 = v03.fma(x0, s03);
      FloatVector v13 = FloatVector.broadcast(S, a[q1 + 3]);
      s10 = v13.fma(x3, s10);
      s11 = v13.fma(x2, s11);
      s12 = v13.fma(x1, s12);
      s13 = v13.fma(x0, s13);
      FloatVector v04 = FloatVector.broadcast(S, a[q0 + 4]);
      s00 = v04.fma(x4, s00);
      s01 = v04.fma(x3, s01);
      s02 = v04.fma(x2, s02);
      s03 = v04.fma(x1, s03);
      s04 = v04.fma(x0, s04);
      FloatVector v14 = FloatVector.broadcast(S, a[q1 + 4]);
      s10 = v14.fma(x4, s10);
      s11 = v14.fma(x3, s11);
      s12 = v14.fma(x2, s12);
      s13 = v14.fma(x1, s13);
      s14 = v14.fma(x0, s14);
      FloatVector v05 = FloatVector.broadcast(S, a[q0 + 5]);
      s01 = v05.fma(x4, s01);
      s02 = v05.fma(x3, s02);
      s03 = v05.fma(x2, s03);
      s04 = v05.fma(x1, s04);
      FloatVector v15 = FloatVector.broadcast(S, a[q1 + 5]);
      s11 = v15.fma(x4, s11);
      s12 = v15.fma(x3, s12);
      s13 = v15.fma(x2, s13);
      s14 = v15.fma(x1, s14);
      FloatVector v06 = FloatVector.broadcast(S, a[q0 + 6]);
      s02 = v06.fma(x4, s02);
      s03 = v06.fma(x3, s03);
      s04 = v06.fma(x2, s04);
      FloatVector v16 = FloatVector.broadcast(S, a[q1 + 6]);
      s12 = v16.fma(x4, s12);
      s13 = v16.fma(x3, s13);
      s14 = v16.fma(x2, s14);
      FloatVector v07 = FloatVector.broadcast(S, a[q0 + 7]);
      s03 = v07.fma(x4, s03);
      s04 = v07.fma(x3, s04);
      FloatVector v17 = FloatVector.broadcast(S, a[q1 + 7]);
      s13 = v17.fma(x4, s13);
      s14 = v17.fma(x3, s14);
      FloatVector v08 = FloatVector.broadcast(S, a[q0 + 8]);
      s04 = v08.fma(x4, s04);
      FloatVector v18 = FloatVector.broadcast(S, a[q1 + 8]);
      s14 = v18.fma(x4, s14);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + ldc);
    s02.intoArray(c, co + 2 * ldc);
    s03.intoArray(c, co + 3 * ldc);
    s04.intoArray(c, co + 4 * ldc);
    s10.intoArray(c, co + 5 * ldc);
    s11.intoArray(c, co + 6 * ldc);
    s12.intoArray(c, co + 7 * ldc);
    s13.intoArray(c, co + 8 * ldc);
    s14.intoArray(c, co + 9 * ldc);
  }

  static void tile5x1(
      int k,
      float[] a,
      int a0,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector s00 = FloatVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    FloatVector s01 = FloatVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    FloatVector s02 = FloatVector.fromArray(S, z, r2);
    int r3 = r2 + ldz;
    FloatVector s03 = FloatVector.fromArray(S, z, r3);
    int r4 = r3 + ldz;
    FloatVector s04 = FloatVector.fromArray(S, z, r4);
    for (int p = 0; p < k; p++) {
      int offset = offsets[oo + p];
      FloatVector x = FloatVector.fromArray(S, b, bo + p * L);
      int q0 = a0 + offset;
      s00 = FloatVector.broadcast(S, a[q0]).fma(x, s00);
      s01 = FloatVector.broadcast(S, a[q0 + 1]).fma(x, s01);
      s02 = FloatVector.broadcast(S, a[q0 + 2]).fma(x, s02);
      s03 = FloatVector.broadcast(S, a[q0 + 3]).fma(x, s03);
      s04 = FloatVector.broadcast(S, a[q0 + 4]).fma(x, s04);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + ldc);
    s02.intoArray(c, co + 2 * ldc);
    s03.intoArray(c, co + 3 * ldc);
    s04.intoArray(c, co + 4 * ldc);
  }

  static void tile3x1(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, r2);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, co + ldc);
    c2x.intoArray(c, co + 2 * ldc);
  }

  static void tile1x1(
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      FloatVector bx = FloatVector.fromArray(S, b, bo + p * L);
      FloatVector a0 = FloatVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
    }
    c0x.intoArray(c, co);
  }
}
