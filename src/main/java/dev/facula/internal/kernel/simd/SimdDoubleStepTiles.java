package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles like {@link SimdDoubleTiles} for a convolution that leaves out taps: a table says
 * for each step where its column of A and its row of B begin, so that any selection of taps and
 * pixels is one product. Element (i, p) of A is {@code a[ao + steps[2 (so + p)] + i * rs]}, row p
 * of B begins at {@code b[bo + steps[2 (so + p) + 1]]}.
 */
final class SimdDoubleStepTiles {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private static final int L = S.length();

  private SimdDoubleStepTiles() {}

  static void tile12x2(
      int k,
      double[] a,
      int ao,
      int rs,
      double[] b,
      int bo,
      int[] steps,
      int so,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, c, co);
    DoubleVector c0y = DoubleVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    DoubleVector c1x = DoubleVector.fromArray(S, c, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    DoubleVector c2x = DoubleVector.fromArray(S, c, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, c, r2 + L);
    int r3 = r2 + ldc;
    DoubleVector c3x = DoubleVector.fromArray(S, c, r3);
    DoubleVector c3y = DoubleVector.fromArray(S, c, r3 + L);
    int r4 = r3 + ldc;
    DoubleVector c4x = DoubleVector.fromArray(S, c, r4);
    DoubleVector c4y = DoubleVector.fromArray(S, c, r4 + L);
    int r5 = r4 + ldc;
    DoubleVector c5x = DoubleVector.fromArray(S, c, r5);
    DoubleVector c5y = DoubleVector.fromArray(S, c, r5 + L);
    int r6 = r5 + ldc;
    DoubleVector c6x = DoubleVector.fromArray(S, c, r6);
    DoubleVector c6y = DoubleVector.fromArray(S, c, r6 + L);
    int r7 = r6 + ldc;
    DoubleVector c7x = DoubleVector.fromArray(S, c, r7);
    DoubleVector c7y = DoubleVector.fromArray(S, c, r7 + L);
    int r8 = r7 + ldc;
    DoubleVector c8x = DoubleVector.fromArray(S, c, r8);
    DoubleVector c8y = DoubleVector.fromArray(S, c, r8 + L);
    int r9 = r8 + ldc;
    DoubleVector c9x = DoubleVector.fromArray(S, c, r9);
    DoubleVector c9y = DoubleVector.fromArray(S, c, r9 + L);
    int r10 = r9 + ldc;
    DoubleVector c10x = DoubleVector.fromArray(S, c, r10);
    DoubleVector c10y = DoubleVector.fromArray(S, c, r10 + L);
    int r11 = r10 + ldc;
    DoubleVector c11x = DoubleVector.fromArray(S, c, r11);
    DoubleVector c11y = DoubleVector.fromArray(S, c, r11 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5 * rs]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      DoubleVector a6 = DoubleVector.broadcast(S, a[at + 6 * rs]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      DoubleVector a7 = DoubleVector.broadcast(S, a[at + 7 * rs]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      DoubleVector a8 = DoubleVector.broadcast(S, a[at + 8 * rs]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      DoubleVector a9 = DoubleVector.broadcast(S, a[at + 9 * rs]);
      c9x = a9.fma(bx, c9x);
      c9y = a9.fma(by, c9y);
      DoubleVector a10 = DoubleVector.broadcast(S, a[at + 10 * rs]);
      c10x = a10.fma(bx, c10x);
      c10y = a10.fma(by, c10y);
      DoubleVector a11 = DoubleVector.broadcast(S, a[at + 11 * rs]);
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
      double[] a,
      int ao,
      int rs,
      double[] b,
      int bo,
      int[] steps,
      int so,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, c, co);
    DoubleVector c0y = DoubleVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    DoubleVector c1x = DoubleVector.fromArray(S, c, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    DoubleVector c2x = DoubleVector.fromArray(S, c, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, c, r2 + L);
    int r3 = r2 + ldc;
    DoubleVector c3x = DoubleVector.fromArray(S, c, r3);
    DoubleVector c3y = DoubleVector.fromArray(S, c, r3 + L);
    int r4 = r3 + ldc;
    DoubleVector c4x = DoubleVector.fromArray(S, c, r4);
    DoubleVector c4y = DoubleVector.fromArray(S, c, r4 + L);
    int r5 = r4 + ldc;
    DoubleVector c5x = DoubleVector.fromArray(S, c, r5);
    DoubleVector c5y = DoubleVector.fromArray(S, c, r5 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5 * rs]);
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
      double[] a,
      int ao,
      int rs,
      double[] b,
      int bo,
      int[] steps,
      int so,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, c, co);
    DoubleVector c0y = DoubleVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    DoubleVector c1x = DoubleVector.fromArray(S, c, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    DoubleVector c2x = DoubleVector.fromArray(S, c, r2);
    DoubleVector c2y = DoubleVector.fromArray(S, c, r2 + L);
    int r3 = r2 + ldc;
    DoubleVector c3x = DoubleVector.fromArray(S, c, r3);
    DoubleVector c3y = DoubleVector.fromArray(S, c, r3 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3 * rs]);
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
      double[] a,
      int ao,
      int rs,
      double[] b,
      int bo,
      int[] steps,
      int so,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, c, co);
    DoubleVector c0y = DoubleVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    DoubleVector c1x = DoubleVector.fromArray(S, c, r1);
    DoubleVector c1y = DoubleVector.fromArray(S, c, r1 + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + rs]);
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
      double[] a,
      int ao,
      int rs,
      double[] b,
      int bo,
      int[] steps,
      int so,
      double[] c,
      int co,
      int ldc) {
    DoubleVector c0x = DoubleVector.fromArray(S, c, co);
    DoubleVector c0y = DoubleVector.fromArray(S, c, co + L);
    int end = 2 * (so + k);
    for (int p = 2 * so; p < end; p += 2) {
      int at = ao + steps[p];
      int q = bo + steps[p + 1];
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }
}
