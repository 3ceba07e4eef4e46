package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles like {@link SimdFloatTiles} whose rows of B lie anywhere: row p begins at {@code
 * b[bo + rows[ro + p]]}. A convolution multiplies the shifted images where they are; that costs a
 * tenth of the speed, less than to copy them for a few rows of weights.
 */
final class SimdFloatRowTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private SimdFloatRowTiles() {}

  static void tile8x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    int r6 = r5 + ldc;
    int r7 = r6 + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    FloatVector c1y = FloatVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, z2);
    FloatVector c2y = FloatVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, z3);
    FloatVector c3y = FloatVector.fromArray(S, z, z3 + L);
    int z4 = z3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, z4);
    FloatVector c4y = FloatVector.fromArray(S, z, z4 + L);
    int z5 = z4 + ldz;
    FloatVector c5x = FloatVector.fromArray(S, z, z5);
    FloatVector c5y = FloatVector.fromArray(S, z, z5 + L);
    int z6 = z5 + ldz;
    FloatVector c6x = FloatVector.fromArray(S, z, z6);
    FloatVector c6y = FloatVector.fromArray(S, z, z6 + L);
    int z7 = z6 + ldz;
    FloatVector c7x = FloatVector.fromArray(S, z, z7);
    FloatVector c7y = FloatVector.fromArray(S, z, z7 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 8;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      FloatVector a6 = FloatVector.broadcast(S, a[at + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      FloatVector a7 = FloatVector.broadcast(S, a[at + 7]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + L);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + L);
    c4x.intoArray(c, r4);
    c4y.intoArray(c, r4 + L);
    c5x.intoArray(c, r5);
    c5y.intoArray(c, r5 + L);
    c6x.intoArray(c, r6);
    c6y.intoArray(c, r6 + L);
    c7x.intoArray(c, r7);
    c7y.intoArray(c, r7 + L);
  }

  static void tile6x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    FloatVector c1y = FloatVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, z2);
    FloatVector c2y = FloatVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, z3);
    FloatVector c3y = FloatVector.fromArray(S, z, z3 + L);
    int z4 = z3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, z4);
    FloatVector c4y = FloatVector.fromArray(S, z, z4 + L);
    int z5 = z4 + ldz;
    FloatVector c5x = FloatVector.fromArray(S, z, z5);
    FloatVector c5y = FloatVector.fromArray(S, z, z5 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 6;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + L);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + L);
    c4x.intoArray(c, r4);
    c4y.intoArray(c, r4 + L);
    c5x.intoArray(c, r5);
    c5y.intoArray(c, r5 + L);
  }

  static void tile4x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    FloatVector c1y = FloatVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, z2);
    FloatVector c2y = FloatVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, z3);
    FloatVector c3y = FloatVector.fromArray(S, z, z3 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 4;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + L);
    c3x.intoArray(c, r3);
    c3y.intoArray(c, r3 + L);
  }

  static void tile2x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    FloatVector c1y = FloatVector.fromArray(S, z, z1 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 2;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
  }

  static void tile1x2(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    FloatVector c0y = FloatVector.fromArray(S, z, zo + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }

  static void tile8x1(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    int r6 = r5 + ldc;
    int r7 = r6 + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, z3);
    int z4 = z3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, z4);
    int z5 = z4 + ldz;
    FloatVector c5x = FloatVector.fromArray(S, z, z5);
    int z6 = z5 + ldz;
    FloatVector c6x = FloatVector.fromArray(S, z, z6);
    int z7 = z6 + ldz;
    FloatVector c7x = FloatVector.fromArray(S, z, z7);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 8;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      FloatVector a6 = FloatVector.broadcast(S, a[at + 6]);
      c6x = a6.fma(bx, c6x);
      FloatVector a7 = FloatVector.broadcast(S, a[at + 7]);
      c7x = a7.fma(bx, c7x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
    c3x.intoArray(c, r3);
    c4x.intoArray(c, r4);
    c5x.intoArray(c, r5);
    c6x.intoArray(c, r6);
    c7x.intoArray(c, r7);
  }

  static void tile6x1(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, z3);
    int z4 = z3 + ldz;
    FloatVector c4x = FloatVector.fromArray(S, z, z4);
    int z5 = z4 + ldz;
    FloatVector c5x = FloatVector.fromArray(S, z, z5);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 6;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
    c3x.intoArray(c, r3);
    c4x.intoArray(c, r4);
    c5x.intoArray(c, r5);
  }

  static void tile4x1(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    FloatVector c2x = FloatVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    FloatVector c3x = FloatVector.fromArray(S, z, z3);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 4;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
    c3x.intoArray(c, r3);
  }

  static void tile2x1(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    FloatVector c1x = FloatVector.fromArray(S, z, z1);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p * 2;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
  }

  static void tile1x1(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, z, zo);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      int at = ao + p;
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
    }
    c0x.intoArray(c, co);
  }

  /** Copies two vectors of x, shifted by each of k offsets, to rows of y. */
  static void gather2(
      int k, float[] x, int xo0, int xo1, int[] offsets, int oo, float[] y, int yo, int ldy) {
    for (int p = 0; p < k; p++) {
      int shift = offsets[oo + p];
      FloatVector.fromArray(S, x, xo0 + shift).intoArray(y, yo + p * ldy);
      FloatVector.fromArray(S, x, xo1 + shift).intoArray(y, yo + p * ldy + L);
    }
  }

  /** Copies runs of at most a vector of x; see {@link SimdFloatProduct#gather}. */
  static void gather(
      int k,
      float[] x,
      int xo,
      int[] offsets,
      int oo,
      int r0,
      int r1,
      int[] run,
      float[] y,
      int yo,
      int ldy) {
    for (int p = 0; p < k; p++) {
      int shift = xo + offsets[oo + p];
      for (int r = 3 * r0; r < 3 * r1; r += 3) {
        int from = shift + run[r];
        int to = yo + p * ldy + run[r + 1];
        if (from + L <= x.length) {
          FloatVector.fromArray(S, x, from).intoArray(y, to);
        } else {
          System.arraycopy(x, from, y, to, run[r + 2]);
        }
      }
    }
  }
}
