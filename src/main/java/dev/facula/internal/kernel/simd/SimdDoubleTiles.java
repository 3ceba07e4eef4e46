package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Register tiles of the matrix product: C = Z + A B for up to 14 rows and one or two vectors of
 * columns; see {@link dev.facula.internal.kernel.DoubleProduct#multiplyStrips}. A tile stays in
 * registers for the whole of k; each step loads a row of B, and adds it once for each row of A,
 * times one element.
 *
 * <p>Both operands are packed, so that every distance is a constant: element (i, p) of A is {@code
 * a[ao + p * height + i]}, row p of B begins at {@code b[bo + p * 2 * L]}. The JIT then checks the
 * bounds once before the loop and addresses memory without arithmetic. On a core with two units for
 * vectors of 512 bits this is what a tile needs: 195 GFLOP/s of 200, where strides in variables
 * allow 100. With one unit (Zen 4) both forms reach its 115.
 *
 * <p>The heights: 14 x 2 accumulators, 2 vectors of B and the element of A fill 31 of the 32
 * registers of AVX-512 and NEON; 8 x 2 still hides the latency of the units (4 steps, two units)
 * and is the best of the lower ones, since C2 of JDK 17 schedules 10 and 12 rows badly (130 and 150
 * against 175 and 185 GFLOP/s). 6 x 2 is the largest that fits where there are 16 registers.
 *
 * <p>Every method is long and flat for a reason: a vector that is passed on, put into a field or an
 * array, or caught by a lambda is an object on the heap, and the tile twenty times slower. Where
 * rows of C begin is computed before the loop: behind it, C2 finds a schedule that spills. The loop
 * is not unrolled, nor is there one around it: either costs C2 a fifth, on JDK 17 everything.
 */
final class SimdDoubleTiles {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  /** Elements of a vector. */
  static final int L = S.length();

  /** Vector registers: 16 for SSE and AVX2, 32 for AVX-512 and NEON. */
  static final boolean MANY_REGISTERS =
      L * Double.SIZE == 512 || System.getProperty("os.arch", "").equals("aarch64");

  private SimdDoubleTiles() {}

  static void tile14x2(
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    int r6 = r5 + ldc;
    int r7 = r6 + ldc;
    int r8 = r7 + ldc;
    int r9 = r8 + ldc;
    int r10 = r9 + ldc;
    int r11 = r10 + ldc;
    int r12 = r11 + ldc;
    int r13 = r12 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, z3 + L);
    int z4 = z3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, z4);
    DoubleVector c4y = DoubleVector.fromArray(S, z, z4 + L);
    int z5 = z4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, z5);
    DoubleVector c5y = DoubleVector.fromArray(S, z, z5 + L);
    int z6 = z5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, z6);
    DoubleVector c6y = DoubleVector.fromArray(S, z, z6 + L);
    int z7 = z6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, z7);
    DoubleVector c7y = DoubleVector.fromArray(S, z, z7 + L);
    int z8 = z7 + ldz;
    DoubleVector c8x = DoubleVector.fromArray(S, z, z8);
    DoubleVector c8y = DoubleVector.fromArray(S, z, z8 + L);
    int z9 = z8 + ldz;
    DoubleVector c9x = DoubleVector.fromArray(S, z, z9);
    DoubleVector c9y = DoubleVector.fromArray(S, z, z9 + L);
    int z10 = z9 + ldz;
    DoubleVector c10x = DoubleVector.fromArray(S, z, z10);
    DoubleVector c10y = DoubleVector.fromArray(S, z, z10 + L);
    int z11 = z10 + ldz;
    DoubleVector c11x = DoubleVector.fromArray(S, z, z11);
    DoubleVector c11y = DoubleVector.fromArray(S, z, z11 + L);
    int z12 = z11 + ldz;
    DoubleVector c12x = DoubleVector.fromArray(S, z, z12);
    DoubleVector c12y = DoubleVector.fromArray(S, z, z12 + L);
    int z13 = z12 + ldz;
    DoubleVector c13x = DoubleVector.fromArray(S, z, z13);
    DoubleVector c13y = DoubleVector.fromArray(S, z, z13 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 14;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      DoubleVector a6 = DoubleVector.broadcast(S, a[at + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      DoubleVector a7 = DoubleVector.broadcast(S, a[at + 7]);
      c7x = a7.fma(bx, c7x);
      c7y = a7.fma(by, c7y);
      DoubleVector a8 = DoubleVector.broadcast(S, a[at + 8]);
      c8x = a8.fma(bx, c8x);
      c8y = a8.fma(by, c8y);
      DoubleVector a9 = DoubleVector.broadcast(S, a[at + 9]);
      c9x = a9.fma(bx, c9x);
      c9y = a9.fma(by, c9y);
      DoubleVector a10 = DoubleVector.broadcast(S, a[at + 10]);
      c10x = a10.fma(bx, c10x);
      c10y = a10.fma(by, c10y);
      DoubleVector a11 = DoubleVector.broadcast(S, a[at + 11]);
      c11x = a11.fma(bx, c11x);
      c11y = a11.fma(by, c11y);
      DoubleVector a12 = DoubleVector.broadcast(S, a[at + 12]);
      c12x = a12.fma(bx, c12x);
      c12y = a12.fma(by, c12y);
      DoubleVector a13 = DoubleVector.broadcast(S, a[at + 13]);
      c13x = a13.fma(bx, c13x);
      c13y = a13.fma(by, c13y);
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
    c12x.intoArray(c, r12);
    c12y.intoArray(c, r12 + L);
    c13x.intoArray(c, r13);
    c13y.intoArray(c, r13 + L);
  }

  static void tile8x2(
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    int r6 = r5 + ldc;
    int r7 = r6 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, z3 + L);
    int z4 = z3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, z4);
    DoubleVector c4y = DoubleVector.fromArray(S, z, z4 + L);
    int z5 = z4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, z5);
    DoubleVector c5y = DoubleVector.fromArray(S, z, z5 + L);
    int z6 = z5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, z6);
    DoubleVector c6y = DoubleVector.fromArray(S, z, z6 + L);
    int z7 = z6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, z7);
    DoubleVector c7y = DoubleVector.fromArray(S, z, z7 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 8;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      c5y = a5.fma(by, c5y);
      DoubleVector a6 = DoubleVector.broadcast(S, a[at + 6]);
      c6x = a6.fma(bx, c6x);
      c6y = a6.fma(by, c6y);
      DoubleVector a7 = DoubleVector.broadcast(S, a[at + 7]);
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
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, z3 + L);
    int z4 = z3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, z4);
    DoubleVector c4y = DoubleVector.fromArray(S, z, z4 + L);
    int z5 = z4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, z5);
    DoubleVector c5y = DoubleVector.fromArray(S, z, z5 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 6;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      c3y = a3.fma(by, c3y);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      c4y = a4.fma(by, c4y);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5]);
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
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, z1 + L);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    DoubleVector c2y = DoubleVector.fromArray(S, z, z2 + L);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    DoubleVector c3y = DoubleVector.fromArray(S, z, z3 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 4;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      c1y = a1.fma(by, c1y);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      c2y = a2.fma(by, c2y);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
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
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    DoubleVector c0y = DoubleVector.fromArray(S, z, zo + L);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    DoubleVector c1y = DoubleVector.fromArray(S, z, z1 + L);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 2;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
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
      int q = bo + p * 2 * L;
      int at = ao + p;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector by = DoubleVector.fromArray(S, b, q + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      c0y = a0.fma(by, c0y);
    }
    c0x.intoArray(c, co);
    c0y.intoArray(c, co + L);
  }

  static void tile14x1(
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    int r6 = r5 + ldc;
    int r7 = r6 + ldc;
    int r8 = r7 + ldc;
    int r9 = r8 + ldc;
    int r10 = r9 + ldc;
    int r11 = r10 + ldc;
    int r12 = r11 + ldc;
    int r13 = r12 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    int z4 = z3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, z4);
    int z5 = z4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, z5);
    int z6 = z5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, z6);
    int z7 = z6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, z7);
    int z8 = z7 + ldz;
    DoubleVector c8x = DoubleVector.fromArray(S, z, z8);
    int z9 = z8 + ldz;
    DoubleVector c9x = DoubleVector.fromArray(S, z, z9);
    int z10 = z9 + ldz;
    DoubleVector c10x = DoubleVector.fromArray(S, z, z10);
    int z11 = z10 + ldz;
    DoubleVector c11x = DoubleVector.fromArray(S, z, z11);
    int z12 = z11 + ldz;
    DoubleVector c12x = DoubleVector.fromArray(S, z, z12);
    int z13 = z12 + ldz;
    DoubleVector c13x = DoubleVector.fromArray(S, z, z13);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 14;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      DoubleVector a6 = DoubleVector.broadcast(S, a[at + 6]);
      c6x = a6.fma(bx, c6x);
      DoubleVector a7 = DoubleVector.broadcast(S, a[at + 7]);
      c7x = a7.fma(bx, c7x);
      DoubleVector a8 = DoubleVector.broadcast(S, a[at + 8]);
      c8x = a8.fma(bx, c8x);
      DoubleVector a9 = DoubleVector.broadcast(S, a[at + 9]);
      c9x = a9.fma(bx, c9x);
      DoubleVector a10 = DoubleVector.broadcast(S, a[at + 10]);
      c10x = a10.fma(bx, c10x);
      DoubleVector a11 = DoubleVector.broadcast(S, a[at + 11]);
      c11x = a11.fma(bx, c11x);
      DoubleVector a12 = DoubleVector.broadcast(S, a[at + 12]);
      c12x = a12.fma(bx, c12x);
      DoubleVector a13 = DoubleVector.broadcast(S, a[at + 13]);
      c13x = a13.fma(bx, c13x);
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
    c12x.intoArray(c, r12);
    c13x.intoArray(c, r13);
  }

  static void tile8x1(
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    int r6 = r5 + ldc;
    int r7 = r6 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    int z4 = z3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, z4);
    int z5 = z4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, z5);
    int z6 = z5 + ldz;
    DoubleVector c6x = DoubleVector.fromArray(S, z, z6);
    int z7 = z6 + ldz;
    DoubleVector c7x = DoubleVector.fromArray(S, z, z7);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 8;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(bx, c5x);
      DoubleVector a6 = DoubleVector.broadcast(S, a[at + 6]);
      c6x = a6.fma(bx, c6x);
      DoubleVector a7 = DoubleVector.broadcast(S, a[at + 7]);
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
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    int r4 = r3 + ldc;
    int r5 = r4 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    int z4 = z3 + ldz;
    DoubleVector c4x = DoubleVector.fromArray(S, z, z4);
    int z5 = z4 + ldz;
    DoubleVector c5x = DoubleVector.fromArray(S, z, z5);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 6;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
      DoubleVector a4 = DoubleVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(bx, c4x);
      DoubleVector a5 = DoubleVector.broadcast(S, a[at + 5]);
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
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    int r2 = r1 + ldc;
    int r3 = r2 + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    int z2 = z1 + ldz;
    DoubleVector c2x = DoubleVector.fromArray(S, z, z2);
    int z3 = z2 + ldz;
    DoubleVector c3x = DoubleVector.fromArray(S, z, z3);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 4;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
      DoubleVector a2 = DoubleVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(bx, c2x);
      DoubleVector a3 = DoubleVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(bx, c3x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
    c2x.intoArray(c, r2);
    c3x.intoArray(c, r3);
  }

  static void tile2x1(
      int k,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int r1 = co + ldc;
    DoubleVector c0x = DoubleVector.fromArray(S, z, zo);
    int z1 = zo + ldz;
    DoubleVector c1x = DoubleVector.fromArray(S, z, z1);
    for (int p = 0; p < k; p++) {
      int q = bo + p * 2 * L;
      int at = ao + p * 2;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
      DoubleVector a1 = DoubleVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(bx, c1x);
    }
    c0x.intoArray(c, co);
    c1x.intoArray(c, r1);
  }

  static void tile1x1(
      int k,
      double[] a,
      int ao,
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
      int q = bo + p * 2 * L;
      int at = ao + p;
      DoubleVector bx = DoubleVector.fromArray(S, b, q);
      DoubleVector a0 = DoubleVector.broadcast(S, a[at]);
      c0x = a0.fma(bx, c0x);
    }
    c0x.intoArray(c, co);
  }
}
