package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles like {@link SimdDoubleTiles} for {@link
 * dev.facula.internal.kernel.DoubleWindowProduct}: the table of places is on the side of the
 * elements that are broadcast, the rows of B follow one another. With one vector of columns each
 * fused multiply-add needs a broadcast of its own, of which a Zen 4 does three in the time of four
 * fused multiply-adds; two halves of a vector would be faster, but a second length of vectors in a
 * program keeps C2 from knowing the type of any of them.
 */
final class SimdDoubleWindowTiles {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int L = S.length();

  private SimdDoubleWindowTiles() {}

  static void tile10x2(
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, r2 + L);
    int r3 = r2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, r3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, r3 + L);
    int r4 = r3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, r4);
    DoubleVector c4y = DoubleVector.fromArray(S, z, r4 + L);
    int r5 = r4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, r5);
    DoubleVector c5y = DoubleVector.fromArray(S, z, r5 + L);
    int r6 = r5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, r6);
    DoubleVector c6y = DoubleVector.fromArray(S, z, r6 + L);
    int r7 = r6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, r7);
    DoubleVector c7y = DoubleVector.fromArray(S, z, r7 + L);
    int r8 = r7 + ldz;
    DoubleVector c8x = DoubleVector.fromArray(S, z, r8);
    DoubleVector c8y = DoubleVector.fromArray(S, z, r8 + L);
    int r9 = r8 + ldz;
    DoubleVector c9x = DoubleVector.fromArray(S, z, r9);
    DoubleVector c9y = DoubleVector.fromArray(S, z, r9 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * 2 * L);
      DoubleVector by = DoubleVector.fromArray(S, b, bo + p * 2 * L + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[q + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      DoubleVector a6 = DoubleVector.broadcast(S, a[q + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      DoubleVector a7 = DoubleVector.broadcast(S, a[q + 7]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      DoubleVector a8 = DoubleVector.broadcast(S, a[q + 8]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      DoubleVector a9 = DoubleVector.broadcast(S, a[q + 9]);
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
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, r2 + L);
    int r3 = r2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, r3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, r3 + L);
    int r4 = r3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, r4);
    DoubleVector c4y = DoubleVector.fromArray(S, z, r4 + L);
    int r5 = r4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, r5);
    DoubleVector c5y = DoubleVector.fromArray(S, z, r5 + L);
    int r6 = r5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, r6);
    DoubleVector c6y = DoubleVector.fromArray(S, z, r6 + L);
    int r7 = r6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, r7);
    DoubleVector c7y = DoubleVector.fromArray(S, z, r7 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * 2 * L);
      DoubleVector by = DoubleVector.fromArray(S, b, bo + p * 2 * L + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[q + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      DoubleVector a6 = DoubleVector.broadcast(S, a[q + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      DoubleVector a7 = DoubleVector.broadcast(S, a[q + 7]);
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
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, r2 + L);
    int r3 = r2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, r3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, r3 + L);
    int r4 = r3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, r4);
    DoubleVector c4y = DoubleVector.fromArray(S, z, r4 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * 2 * L);
      DoubleVector by = DoubleVector.fromArray(S, b, bo + p * 2 * L + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[q + 4]);
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
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, r1 + L);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, r2 + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * 2 * L);
      DoubleVector by = DoubleVector.fromArray(S, b, bo + p * 2 * L + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
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
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * 2 * L);
      DoubleVector by = DoubleVector.fromArray(S, b, bo + p * 2 * L + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }

  static void tile10x1(
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    int r3 = r2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, r3);
    int r4 = r3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, r4);
    int r5 = r4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, r5);
    int r6 = r5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, r6);
    int r7 = r6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, r7);
    int r8 = r7 + ldz;
    DoubleVector c8x = DoubleVector.fromArray(S, z, r8);
    int r9 = r8 + ldz;
    DoubleVector c9x = DoubleVector.fromArray(S, z, r9);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      DoubleVector a3 = DoubleVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      DoubleVector a4 = DoubleVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
      DoubleVector a5 = DoubleVector.broadcast(S, a[q + 5]);
      c5x = a5.fma(bx, c5x);
      DoubleVector a6 = DoubleVector.broadcast(S, a[q + 6]);
      c6x = a6.fma(bx, c6x);
      DoubleVector a7 = DoubleVector.broadcast(S, a[q + 7]);
      c7x = a7.fma(bx, c7x);
      DoubleVector a8 = DoubleVector.broadcast(S, a[q + 8]);
      c8x = a8.fma(bx, c8x);
      DoubleVector a9 = DoubleVector.broadcast(S, a[q + 9]);
      c9x = a9.fma(bx, c9x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, co + ldc);
    c2x.intoArray(c, co + 2 * ldc);
    c3x.intoArray(c, co + 3 * ldc);
    c4x.intoArray(c, co + 4 * ldc);
    c5x.intoArray(c, co + 5 * ldc);
    c6x.intoArray(c, co + 6 * ldc);
    c7x.intoArray(c, co + 7 * ldc);
    c8x.intoArray(c, co + 8 * ldc);
    c9x.intoArray(c, co + 9 * ldc);
  }

  static void tile5x1(
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    int r3 = r2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, r3);
    int r4 = r3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, r4);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
      DoubleVector a3 = DoubleVector.broadcast(S, a[q + 3]);
      c3x = a3.fma(bx, c3x);
      DoubleVector a4 = DoubleVector.broadcast(S, a[q + 4]);
      c4x = a4.fma(bx, c4x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, co + ldc);
    c2x.intoArray(c, co + 2 * ldc);
    c3x.intoArray(c, co + 3 * ldc);
    c4x.intoArray(c, co + 4 * ldc);
  }

  static void tile3x1(
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int r1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, r1);
    int r2 = r1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, r2);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[q + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[q + 2]);
      c2x = a2.fma(bx, c2x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, co + ldc);
    c2x.intoArray(c, co + 2 * ldc);
  }

  static void tile1x1(
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    for (int p = 0; p < k; p++) {
      int q = ao + offsets[oo + p];
      DoubleVector bx = DoubleVector.fromArray(S, b, bo + p * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[q]);
      c0x = a0.fma(bx, c0x);
    }
    c0x.intoArray(c, co);
  }
}
