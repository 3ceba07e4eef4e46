package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles like {@link SimdFloatTiles} for a convolution that leaves out taps: a table says
 * for each step where its column of A and its row of B begin, so that any selection of taps and
 * pixels is one product. Element (i, p) of A is {@code a[ao + steps[2 (so + p)] + i * rs]}, row p
 * of B begins at {@code b[bo + steps[2 (so + p) + 1]]}.
 */
final class SimdFloatStepTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int L = S.length();

  private SimdFloatStepTiles() {}

  static void tile12x2(
      int k,
      float[] a,
      int ao,
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    FloatVector c2y = FloatVector.fromArray(S, c, r2 + L);
    int r3 = r2 + ldc;
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    FloatVector c3y = FloatVector.fromArray(S, c, r3 + L);
    int r4 = r3 + ldc;
    FloatVector c4x = FloatVector.fromArray(S, c, r4);
    FloatVector c4y = FloatVector.fromArray(S, c, r4 + L);
    int r5 = r4 + ldc;
    FloatVector c5x = FloatVector.fromArray(S, c, r5);
    FloatVector c5y = FloatVector.fromArray(S, c, r5 + L);
    int r6 = r5 + ldc;
    FloatVector c6x = FloatVector.fromArray(S, c, r6);
    FloatVector c6y = FloatVector.fromArray(S, c, r6 + L);
    int r7 = r6 + ldc;
    FloatVector c7x = FloatVector.fromArray(S, c, r7);
    FloatVector c7y = FloatVector.fromArray(S, c, r7 + L);
    int r8 = r7 + ldc;
    FloatVector c8x = FloatVector.fromArray(S, c, r8);
    FloatVector c8y = FloatVector.fromArray(S, c, r8 + L);
    int r9 = r8 + ldc;
    FloatVector c9x = FloatVector.fromArray(S, c, r9);
    FloatVector c9y = FloatVector.fromArray(S, c, r9 + L);
    int r10 = r9 + ldc;
    FloatVector c10x = FloatVector.fromArray(S, c, r10);
    FloatVector c10y = FloatVector.fromArray(S, c, r10 + L);
    int r11 = r10 + ldc;
    FloatVector c11x = FloatVector.fromArray(S, c, r11);
    FloatVector c11y = FloatVector.fromArray(S, c, r11 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5 * rs]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      FloatVector a6 = FloatVector.broadcast(S, a[at + 6 * rs]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      FloatVector a7 = FloatVector.broadcast(S, a[at + 7 * rs]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      FloatVector a8 = FloatVector.broadcast(S, a[at + 8 * rs]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      FloatVector a9 = FloatVector.broadcast(S, a[at + 9 * rs]);
      c9x = a9.fma(bx, c9x);
      c9y = a9.fma(by, c9y);
      FloatVector a10 = FloatVector.broadcast(S, a[at + 10 * rs]);
      c10x = a10.fma(bx, c10x);
      c10y = a10.fma(by, c10y);
      FloatVector a11 = FloatVector.broadcast(S, a[at + 11 * rs]);
      c11x = a11.fma(bx, c11x);
      c11y = a11.fma(by, c11y);
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
    c8x.intoArray(c, r8);
    c8y.intoArray(c, r8 + L);
    c9x.intoArray(c, r9);
    c9y.intoArray(c, r9 + L);
    c10x.intoArray(c, r10);
    c10y.intoArray(c, r10 + L);
    c11x.intoArray(c, r11);
    c11y.intoArray(c, r11 + L);
  }

  static void tile6x2(
      int k,
      float[] a,
      int ao,
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    FloatVector c2y = FloatVector.fromArray(S, c, r2 + L);
    int r3 = r2 + ldc;
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    FloatVector c3y = FloatVector.fromArray(S, c, r3 + L);
    int r4 = r3 + ldc;
    FloatVector c4x = FloatVector.fromArray(S, c, r4);
    FloatVector c4y = FloatVector.fromArray(S, c, r4 + L);
    int r5 = r4 + ldc;
    FloatVector c5x = FloatVector.fromArray(S, c, r5);
    FloatVector c5y = FloatVector.fromArray(S, c, r5 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5 * rs]);
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
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    FloatVector c2y = FloatVector.fromArray(S, c, r2 + L);
    int r3 = r2 + ldc;
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    FloatVector c3y = FloatVector.fromArray(S, c, r3 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3 * rs]);
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
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[at + rs]);
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
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }
}
