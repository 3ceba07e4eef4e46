package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdDoubleLanes.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packs the operands of products for {@link SimdDoubleTiles}. Whole vectors are stored where only
 * as many elements as the panel has rows belong: what is too much is overwritten by the next step,
 * and the last steps, which have none after them, are left to the caller.
 */
final class SimdDoublePanels {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /**
   * Rows of B that all strips take before the next ones. Each of them is in a page of its own, and
   * those of a whole strip are more than the processor's first table of pages holds.
   */
  private static final int ROWS = 16;

  private SimdDoublePanels() {}

  /**
   * Packs a panel whose element (i, p) is {@code a[ao + i * rs + p * ps]}, rs or ps being 1;
   * returns the steps done. Rows that do not fit into a vector come first, so that what they write
   * too much is overwritten, too.
   */
  static int pack(int height, int k, double[] a, int ao, int rs, int ps, double[] panel, int po) {
    int done = k;
    for (int row = (height - 1) / L * L; row >= 0; row -= L) {
      int steps = Math.max(0, k - (row + L + height - 1) / height + 1);
      int from = ao + row * rs;
      int rows = Math.min(L, height - row);
      done =
          Math.min(
              done,
              rs == 1
                  ? copy(steps, a, from, ps, panel, po + row, height)
                  : transpose(rows, steps, a, from, rs, panel, po + row, height));
    }
    return done;
  }

  /** Copies a vector from each step, ps apart; returns the steps done. */
  private static int copy(
      int steps, double[] a, int ao, int ps, double[] panel, int po, int height) {
    int n = steps;
    while (n > 0 && ao + (n - 1) * ps + L > a.length) {
      n--;
    }
    for (int p = 0; p < n; p++) {
      DoubleVector.fromArray(S, a, ao + p * ps).intoArray(panel, po + p * height);
    }
    return n;
  }

  /** Copies m rows of n elements, at least a vector. */
  static void copyRows(int m, int n, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int i = 0; i < m; i++) {
      int from = xo + i * ldx;
      int to = yo + i * ldy;
      for (int j = 0; j < n - L; j += L) {
        DoubleVector.fromArray(S, x, from + j).intoArray(y, to + j);
      }
      DoubleVector.fromArray(S, x, from + n - L).intoArray(y, to + n - L);
    }
  }

  /** Copies every second of the elements of m rows, a whole number of vectors. */
  static void copyEven(int m, int n, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j += L) {
        int from = xo + i * ldx + 2 * j;
        DoubleVector low = DoubleVector.fromArray(S, x, from).rearrange(EVEN);
        DoubleVector high = DoubleVector.fromArray(S, x, from + L).rearrange(EVEN);
        low.blend(high, UPPER).intoArray(y, yo + i * ldy + j);
      }
    }
  }

  /** Copies k rows of n elements to strips of two vectors, k rows of them after another. */
  static void strips(int k, int n, double[] b, int bo, int ldb, double[] strips, int so) {
    for (int first = 0; first < k; first += ROWS) {
      int end = Math.min(first + ROWS, k);
      for (int j = 0; j < n; j += 2 * L) {
        int to = so + j * k;
        for (int p = first; p < end; p++) {
          DoubleVector x = DoubleVector.fromArray(S, b, bo + j + p * ldb);
          DoubleVector y = DoubleVector.fromArray(S, b, bo + j + p * ldb + L);
          x.intoArray(strips, to + p * 2 * L);
          y.intoArray(strips, to + p * 2 * L + L);
        }
      }
    }
  }

  /**
   * Transposes up to a vector of rows, ldx apart; returns the steps done. The block in registers is
   * that of {@link SimdDoubleTranspose}; where there are fewer rows the last is repeated.
   */
  private static int transpose(
      int rows, int steps, double[] x, int xo, int ldx, double[] y, int yo, int height) {
    // A vector of the last row reaches at most L elements behind its column, and begins at most
    // L - 4 before it.
    int last = (rows - 1) * ldx;
    int n = Math.min(steps, x.length - L - xo - last + 1) / 4 * 4;
    if (L < SimdDoubleTranspose.COLUMNS || last < L || n <= 0) {
      return 0;
    }
    int r1 = Math.min(ldx, last);
    int r2 = Math.min(2 * ldx, last);
    int r3 = Math.min(3 * ldx, last);
    int r4 = Math.min(4 * ldx, last) - 4;
    int r5 = Math.min(5 * ldx, last) - 4;
    int r6 = Math.min(6 * ldx, last) - 4;
    int r7 = Math.min(7 * ldx, last) - 4;
    int r8 = Math.min(8 * ldx, last) - 8;
    int r9 = Math.min(9 * ldx, last) - 8;
    int r10 = Math.min(10 * ldx, last) - 8;
    int r11 = Math.min(11 * ldx, last) - 8;
    int r12 = Math.min(12 * ldx, last) - 12;
    int r13 = Math.min(13 * ldx, last) - 12;
    for (int p = 0; p < n; p += 4) {
      int from = xo + p;
      int to = yo + p * height;
      DoubleVector a0 = DoubleVector.fromArray(S, x, from);
      DoubleVector a1 = DoubleVector.fromArray(S, x, from + r1);
      DoubleVector a2 = DoubleVector.fromArray(S, x, from + r2);
      DoubleVector a3 = DoubleVector.fromArray(S, x, from + r3);
      if (L >= 8) {
        a0 = a0.blend(DoubleVector.fromArray(S, x, from + r4), FROM_4);
        a1 = a1.blend(DoubleVector.fromArray(S, x, from + r5), FROM_4);
        a2 = a2.blend(DoubleVector.fromArray(S, x, from + r6), FROM_4);
        a3 = a3.blend(DoubleVector.fromArray(S, x, from + r7), FROM_4);
      }
      if (L >= 16) {
        a0 = a0.blend(DoubleVector.fromArray(S, x, from + r8), FROM_8);
        a1 = a1.blend(DoubleVector.fromArray(S, x, from + r9), FROM_8);
        a2 = a2.blend(DoubleVector.fromArray(S, x, from + r10), FROM_8);
        a3 = a3.blend(DoubleVector.fromArray(S, x, from + r11), FROM_8);
        a0 = a0.blend(DoubleVector.fromArray(S, x, from + r12), FROM_12);
        a1 = a1.blend(DoubleVector.fromArray(S, x, from + r13), FROM_12);
      }
      DoubleVector t02 = a2.blend(a0, BIT_2).rearrange(SWAP_2);
      DoubleVector b0 = a0.blend(t02, BIT_2);
      DoubleVector b2 = t02.blend(a2, BIT_2);
      DoubleVector t13 = a3.blend(a1, BIT_2).rearrange(SWAP_2);
      DoubleVector b1 = a1.blend(t13, BIT_2);
      DoubleVector b3 = t13.blend(a3, BIT_2);
      DoubleVector s01 = b1.blend(b0, BIT_1).rearrange(SWAP_1);
      DoubleVector c0 = b0.blend(s01, BIT_1);
      DoubleVector c1 = s01.blend(b1, BIT_1);
      DoubleVector s23 = b3.blend(b2, BIT_1).rearrange(SWAP_1);
      DoubleVector c2 = b2.blend(s23, BIT_1);
      DoubleVector c3 = s23.blend(b3, BIT_1);
      c0.intoArray(y, to);
      c1.intoArray(y, to + height);
      c2.intoArray(y, to + 2 * height);
      c3.intoArray(y, to + 3 * height);
    }
    return n;
  }
}
