package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes blocks of 8 rows and 4 columns in registers. A vector takes four elements of a row and
 * the four below them in the fourth row after it; that is two squares of 4 x 4 side by side, which
 * are transposed in two rounds: vectors that are 2, then 1 apart exchange half of their elements,
 * those of the first in lanes with the bit 2 or 1 for those of the second in lanes without it. A
 * blend collects what leaves both, one permutation moves it, two blends put it in place.
 *
 * <p>Permutations of two vectors would save blends, but JDK 17 boxes vectors for them; it does so
 * too with 8 x 8 elements, which are more operations than it compiles into one loop.
 */
final class SimdDoubleTranspose {
  /** Rows, and elements of a vector. */
  static final int ROWS = 8;

  static final int COLUMNS = 4;

  private static final VectorSpecies<Double> S =
      VectorSpecies.of(double.class, VectorShape.forBitSize(ROWS * Double.SIZE));

  private static final VectorMask<Double> UPPER4 = upper(4);
  private static final VectorMask<Double> UPPER2 = upper(2);
  private static final VectorMask<Double> UPPER1 = upper(1);

  private static final VectorShuffle<Double> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Double> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1);

  private SimdDoubleTranspose() {}

  /** The lanes whose number has a bit. */
  private static VectorMask<Double> upper(int bit) {
    boolean[] lanes = new boolean[ROWS];
    for (int i = 0; i < ROWS; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  /** y[p, i] = x[i, p] for m rows, a multiple of 8, of n elements, a multiple of 4. */
  static void transpose(int m, int n, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int i = 0; i < m; i += ROWS) {
      for (int p = 0; p < n; p += COLUMNS) {
        int from = xo + i * ldx + p;
        int to = yo + p * ldy + i;
        // The half of each vector that the blend drops may belong to a neighbour, never to another
        // array: the upper vector has four rows behind it, the lower one four before it.
        DoubleVector a0 =
            DoubleVector.fromArray(S, x, from)
                .blend(DoubleVector.fromArray(S, x, from + 4 * ldx - 4), UPPER4);
        DoubleVector a1 =
            DoubleVector.fromArray(S, x, from + ldx)
                .blend(DoubleVector.fromArray(S, x, from + 5 * ldx - 4), UPPER4);
        DoubleVector a2 =
            DoubleVector.fromArray(S, x, from + 2 * ldx)
                .blend(DoubleVector.fromArray(S, x, from + 6 * ldx - 4), UPPER4);
        DoubleVector a3 =
            DoubleVector.fromArray(S, x, from + 3 * ldx)
                .blend(DoubleVector.fromArray(S, x, from + 7 * ldx - 4), UPPER4);
        DoubleVector t02 = a2.blend(a0, UPPER2).rearrange(SWAP2);
        DoubleVector b0 = a0.blend(t02, UPPER2);
        DoubleVector b2 = t02.blend(a2, UPPER2);
        DoubleVector t13 = a3.blend(a1, UPPER2).rearrange(SWAP2);
        DoubleVector b1 = a1.blend(t13, UPPER2);
        DoubleVector b3 = t13.blend(a3, UPPER2);
        DoubleVector s01 = b1.blend(b0, UPPER1).rearrange(SWAP1);
        DoubleVector c0 = b0.blend(s01, UPPER1);
        DoubleVector c1 = s01.blend(b1, UPPER1);
        DoubleVector s23 = b3.blend(b2, UPPER1).rearrange(SWAP1);
        DoubleVector c2 = b2.blend(s23, UPPER1);
        DoubleVector c3 = s23.blend(b3, UPPER1);
        c0.intoArray(y, to);
        c1.intoArray(y, to + ldy);
        c2.intoArray(y, to + 2 * ldy);
        c3.intoArray(y, to + 3 * ldy);
      }
    }
  }
}
