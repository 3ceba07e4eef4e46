package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdDoubleLanes.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes blocks of four columns, and as many rows as a vector has elements, in registers. A
 * vector takes four elements of a row and those below them in the fourth, eighth and twelfth row
 * after it, that is a row of each of up to four squares of 4 x 4 side by side. The squares are
 * transposed in two rounds: vectors that are 2, then 1 apart exchange half of their elements, those
 * of the first in lanes with the bit 2 or 1 for those of the second in lanes without it. A blend
 * collects what leaves both, one permutation moves it, two blends put it in place.
 *
 * <p>Permutations of two vectors would save blends, but JDK 17 boxes vectors for them. Vectors
 * shorter than the preferred ones would do, too, but once there are two lengths in a program JDK 17
 * cannot tell any more which one the tiles of the products are made of, and boxes those.
 */
final class SimdDoubleTranspose {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Columns of a block. */
  static final int COLUMNS = 4;

  private SimdDoubleTranspose() {}

  /** y[p, i] = x[i, p] for m rows, a multiple of a vector, of n elements, a multiple of 4. */
  static void transpose(int m, int n, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int i = 0; i < m; i += L) {
      for (int p = 0; p < n; p += COLUMNS) {
        int from = xo + i * ldx + p;
        int to = yo + p * ldy + i;
        // What a blend drops of a vector may belong to a neighbour in x, but is never outside of x:
        // a vector begins as many elements before p as there are rows above it in the block.
        DoubleVector a0 = DoubleVector.fromArray(S, x, from);
        DoubleVector a1 = DoubleVector.fromArray(S, x, from + ldx);
        DoubleVector a2 = DoubleVector.fromArray(S, x, from + 2 * ldx);
        DoubleVector a3 = DoubleVector.fromArray(S, x, from + 3 * ldx);
        if (L >= 8) {
          a0 = a0.blend(DoubleVector.fromArray(S, x, from + 4 * ldx - 4), FROM_4);
          a1 = a1.blend(DoubleVector.fromArray(S, x, from + 5 * ldx - 4), FROM_4);
          a2 = a2.blend(DoubleVector.fromArray(S, x, from + 6 * ldx - 4), FROM_4);
          a3 = a3.blend(DoubleVector.fromArray(S, x, from + 7 * ldx - 4), FROM_4);
        }
        if (L >= 16) {
          a0 = a0.blend(DoubleVector.fromArray(S, x, from + 8 * ldx - 8), FROM_8);
          a1 = a1.blend(DoubleVector.fromArray(S, x, from + 9 * ldx - 8), FROM_8);
          a2 = a2.blend(DoubleVector.fromArray(S, x, from + 10 * ldx - 8), FROM_8);
          a3 = a3.blend(DoubleVector.fromArray(S, x, from + 11 * ldx - 8), FROM_8);
          a0 = a0.blend(DoubleVector.fromArray(S, x, from + 12 * ldx - 12), FROM_12);
          a1 = a1.blend(DoubleVector.fromArray(S, x, from + 13 * ldx - 12), FROM_12);
          a2 = a2.blend(DoubleVector.fromArray(S, x, from + 14 * ldx - 12), FROM_12);
          a3 = a3.blend(DoubleVector.fromArray(S, x, from + 15 * ldx - 12), FROM_12);
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
        c1.intoArray(y, to + ldy);
        c2.intoArray(y, to + 2 * ldy);
        c3.intoArray(y, to + 3 * ldy);
      }
    }
  }
}
