package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes squares of 8 x 8 elements in registers, in three rounds: rows that are 4, 2 and 1
 * apart exchange half of their elements, the upper row's in lanes without the bit 4, 2 or 1 for the
 * lower row's in lanes with it. A blend collects what leaves both rows, one permutation moves it,
 * two blends put it in place. Permutations of two vectors would save the blends, but JDK 17 makes
 * them of boxed vectors.
 */
final class SimdDoubleTranspose {
  /** Side of a square. */
  static final int N = 8;

  private static final VectorSpecies<Double> S =
      VectorSpecies.of(double.class, VectorShape.forBitSize(N * Double.SIZE));

  private static final VectorMask<Double> UPPER4 = upper(4);
  private static final VectorMask<Double> UPPER2 = upper(2);
  private static final VectorMask<Double> UPPER1 = upper(1);

  private static final VectorShuffle<Double> SWAP4 = VectorShuffle.fromOp(S, i -> i ^ 4);
  private static final VectorShuffle<Double> SWAP2 = VectorShuffle.fromOp(S, i -> i ^ 2);
  private static final VectorShuffle<Double> SWAP1 = VectorShuffle.fromOp(S, i -> i ^ 1);

  private SimdDoubleTranspose() {}

  /** The lanes whose number has a bit. */
  private static VectorMask<Double> upper(int bit) {
    boolean[] lanes = new boolean[N];
    for (int i = 0; i < N; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  /** y[p, i] = x[i, p] for 8 rows of 8 n elements. */
  static void rows(int n, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int square = 0; square < n; square++) {
      int from = xo + square * N;
      int to = yo + square * N * ldy;
      DoubleVector a0 = DoubleVector.fromArray(S, x, from);
      DoubleVector a1 = DoubleVector.fromArray(S, x, from + ldx);
      DoubleVector a2 = DoubleVector.fromArray(S, x, from + 2 * ldx);
      DoubleVector a3 = DoubleVector.fromArray(S, x, from + 3 * ldx);
      DoubleVector a4 = DoubleVector.fromArray(S, x, from + 4 * ldx);
      DoubleVector a5 = DoubleVector.fromArray(S, x, from + 5 * ldx);
      DoubleVector a6 = DoubleVector.fromArray(S, x, from + 6 * ldx);
      DoubleVector a7 = DoubleVector.fromArray(S, x, from + 7 * ldx);
      DoubleVector t40 = a4.blend(a0, UPPER4).rearrange(SWAP4);
      DoubleVector b0 = a0.blend(t40, UPPER4);
      DoubleVector b4 = t40.blend(a4, UPPER4);
      DoubleVector t41 = a5.blend(a1, UPPER4).rearrange(SWAP4);
      DoubleVector b1 = a1.blend(t41, UPPER4);
      DoubleVector b5 = t41.blend(a5, UPPER4);
      DoubleVector t42 = a6.blend(a2, UPPER4).rearrange(SWAP4);
      DoubleVector b2 = a2.blend(t42, UPPER4);
      DoubleVector b6 = t42.blend(a6, UPPER4);
      DoubleVector t43 = a7.blend(a3, UPPER4).rearrange(SWAP4);
      DoubleVector b3 = a3.blend(t43, UPPER4);
      DoubleVector b7 = t43.blend(a7, UPPER4);
      DoubleVector t20 = b2.blend(b0, UPPER2).rearrange(SWAP2);
      DoubleVector c0 = b0.blend(t20, UPPER2);
      DoubleVector c2 = t20.blend(b2, UPPER2);
      DoubleVector t21 = b3.blend(b1, UPPER2).rearrange(SWAP2);
      DoubleVector c1 = b1.blend(t21, UPPER2);
      DoubleVector c3 = t21.blend(b3, UPPER2);
      DoubleVector t24 = b6.blend(b4, UPPER2).rearrange(SWAP2);
      DoubleVector c4 = b4.blend(t24, UPPER2);
      DoubleVector c6 = t24.blend(b6, UPPER2);
      DoubleVector t25 = b7.blend(b5, UPPER2).rearrange(SWAP2);
      DoubleVector c5 = b5.blend(t25, UPPER2);
      DoubleVector c7 = t25.blend(b7, UPPER2);
      DoubleVector t10 = c1.blend(c0, UPPER1).rearrange(SWAP1);
      DoubleVector d0 = c0.blend(t10, UPPER1);
      DoubleVector d1 = t10.blend(c1, UPPER1);
      DoubleVector t12 = c3.blend(c2, UPPER1).rearrange(SWAP1);
      DoubleVector d2 = c2.blend(t12, UPPER1);
      DoubleVector d3 = t12.blend(c3, UPPER1);
      DoubleVector t14 = c5.blend(c4, UPPER1).rearrange(SWAP1);
      DoubleVector d4 = c4.blend(t14, UPPER1);
      DoubleVector d5 = t14.blend(c5, UPPER1);
      DoubleVector t16 = c7.blend(c6, UPPER1).rearrange(SWAP1);
      DoubleVector d6 = c6.blend(t16, UPPER1);
      DoubleVector d7 = t16.blend(c7, UPPER1);
      d0.intoArray(y, to);
      d1.intoArray(y, to + ldy);
      d2.intoArray(y, to + 2 * ldy);
      d3.intoArray(y, to + 3 * ldy);
      d4.intoArray(y, to + 4 * ldy);
      d5.intoArray(y, to + 5 * ldy);
      d6.intoArray(y, to + 6 * ldy);
      d7.intoArray(y, to + 7 * ldy);
    }
  }
}
