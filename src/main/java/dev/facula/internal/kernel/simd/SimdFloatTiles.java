package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of the matrix product: C += A B for 12, 6, 4, 3 or 1 rows and one or two vectors
 * of columns. A tile stays in registers for the whole of k; each step loads a row of B, and adds it
 * once for each row of A, times one element.
 *
 * <p>Element (i, p) of A is {@code a[ao + i * rs + p * ps]}, row p of B begins at {@code b[bo +
 * rows[ro + p]]}, and both are read where they lie. With these addresses one form of a tile serves
 * packed panels, plain and transposed matrices, and the shifted images of a convolution; it was
 * measured at 114 GFLOP/s where the tile with all strides constant reaches 116.
 *
 * <p>The shapes: 12 x 2 accumulators, 2 vectors of B and the element of A fill the 32 registers of
 * AVX-512 and NEON; the product needs at least 8 (latency 4, two units) independent accumulators,
 * which 6 x 2 and 4 x 2 still have. Where there are 16 registers 6 x 2 is the largest that fits.
 *
 * <p>Every method is long and flat for a reason: a vector that is passed on, put into a field or an
 * array, or caught by a lambda is an object on the heap, and the tile twenty times slower.
 */
final class SimdFloatTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  /** Elements of a vector. */
  static final int L = S.length();

  /** Vector registers: 16 for SSE and AVX2, 32 for AVX-512 and NEON. */
  static final boolean MANY_REGISTERS =
      L * Float.SIZE == 512 || System.getProperty("os.arch", "").equals("aarch64");

  private SimdFloatTiles() {}

  static void tile12x2(
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
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + p * ps + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + p * ps + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + p * ps + 5 * rs]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      FloatVector a6 = FloatVector.broadcast(S, a[ao + p * ps + 6 * rs]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      FloatVector a7 = FloatVector.broadcast(S, a[ao + p * ps + 7 * rs]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      FloatVector a8 = FloatVector.broadcast(S, a[ao + p * ps + 8 * rs]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      FloatVector a9 = FloatVector.broadcast(S, a[ao + p * ps + 9 * rs]);
      c9x = a9.fma(bx, c9x);
      c9y = a9.fma(by, c9y);
      FloatVector a10 = FloatVector.broadcast(S, a[ao + p * ps + 10 * rs]);
      c10x = a10.fma(bx, c10x);
      c10y = a10.fma(by, c10y);
      FloatVector a11 = FloatVector.broadcast(S, a[ao + p * ps + 11 * rs]);
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
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
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
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + p * ps + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + p * ps + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + p * ps + 5 * rs]);
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
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
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
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + p * ps + 3 * rs]);
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

  static void tile3x2(
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
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    FloatVector c1y = FloatVector.fromArray(S, c, r1 + L);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    FloatVector c2y = FloatVector.fromArray(S, c, r2 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
    c1x.intoArray(c, r1);
    c1y.intoArray(c, r1 + L);
    c2x.intoArray(c, r2);
    c2y.intoArray(c, r2 + L);
  }

  static void tile1x2(
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
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    FloatVector c0y = FloatVector.fromArray(S, c, co + L);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector by = FloatVector.fromArray(S, b, q + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }

  static void tile12x1(
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
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    int r3 = r2 + ldc;
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    int r4 = r3 + ldc;
    FloatVector c4x = FloatVector.fromArray(S, c, r4);
    int r5 = r4 + ldc;
    FloatVector c5x = FloatVector.fromArray(S, c, r5);
    int r6 = r5 + ldc;
    FloatVector c6x = FloatVector.fromArray(S, c, r6);
    int r7 = r6 + ldc;
    FloatVector c7x = FloatVector.fromArray(S, c, r7);
    int r8 = r7 + ldc;
    FloatVector c8x = FloatVector.fromArray(S, c, r8);
    int r9 = r8 + ldc;
    FloatVector c9x = FloatVector.fromArray(S, c, r9);
    int r10 = r9 + ldc;
    FloatVector c10x = FloatVector.fromArray(S, c, r10);
    int r11 = r10 + ldc;
    FloatVector c11x = FloatVector.fromArray(S, c, r11);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + p * ps + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + p * ps + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + p * ps + 5 * rs]);
      c5x = a5.fma(bx, c5x);
      FloatVector a6 = FloatVector.broadcast(S, a[ao + p * ps + 6 * rs]);
      c6x = a6.fma(bx, c6x);
      FloatVector a7 = FloatVector.broadcast(S, a[ao + p * ps + 7 * rs]);
      c7x = a7.fma(bx, c7x);
      FloatVector a8 = FloatVector.broadcast(S, a[ao + p * ps + 8 * rs]);
      c8x = a8.fma(bx, c8x);
      FloatVector a9 = FloatVector.broadcast(S, a[ao + p * ps + 9 * rs]);
      c9x = a9.fma(bx, c9x);
      FloatVector a10 = FloatVector.broadcast(S, a[ao + p * ps + 10 * rs]);
      c10x = a10.fma(bx, c10x);
      FloatVector a11 = FloatVector.broadcast(S, a[ao + p * ps + 11 * rs]);
      c11x = a11.fma(bx, c11x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
    c3x.intoArray(c, r3);
    c4x.intoArray(c, r4);
    c5x.intoArray(c, r5);
    c6x.intoArray(c, r6);
    c7x.intoArray(c, r7);
    c8x.intoArray(c, r8);
    c9x.intoArray(c, r9);
    c10x.intoArray(c, r10);
    c11x.intoArray(c, r11);
  }

  static void tile6x1(
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
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    int r3 = r2 + ldc;
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    int r4 = r3 + ldc;
    FloatVector c4x = FloatVector.fromArray(S, c, r4);
    int r5 = r4 + ldc;
    FloatVector c5x = FloatVector.fromArray(S, c, r5);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + p * ps + 3 * rs]);
      c3x = a3.fma(bx, c3x);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + p * ps + 4 * rs]);
      c4x = a4.fma(bx, c4x);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + p * ps + 5 * rs]);
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
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    int r3 = r2 + ldc;
    FloatVector c3x = FloatVector.fromArray(S, c, r3);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + p * ps + 3 * rs]);
      c3x = a3.fma(bx, c3x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
    c3x.intoArray(c, r3);
  }

  static void tile3x1(
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
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    int r1 = co + ldc;
    FloatVector c1x = FloatVector.fromArray(S, c, r1);
    int r2 = r1 + ldc;
    FloatVector c2x = FloatVector.fromArray(S, c, r2);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + p * ps + rs]);
      c1x = a1.fma(bx, c1x);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + p * ps + 2 * rs]);
      c2x = a2.fma(bx, c2x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
  }

  static void tile1x1(
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
    FloatVector c0x = FloatVector.fromArray(S, c, co);
    for (int p = 0; p < k; p++) {
      int q = bo + rows[ro + p];
      FloatVector bx = FloatVector.fromArray(S, b, q);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + p * ps]);
      c0x = a0.fma(bx, c0x);
    }
    c0x.intoArray(c, co);
  }

  /** Copies a vector of x, shifted by each of k offsets, to rows of y. */
  static void shift(int k, float[] x, int xo, int[] offsets, int oo, float[] y, int yo, int ldy) {
    for (int p = 0; p < k; p++) {
      FloatVector.fromArray(S, x, xo + offsets[oo + p]).intoArray(y, yo + p * ldy);
    }
  }
}
