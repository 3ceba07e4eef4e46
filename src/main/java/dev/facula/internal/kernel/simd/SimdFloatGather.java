package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies of the pixels that a step of k reads, into the strips of a packed operand. */
final class SimdFloatGather {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private SimdFloatGather() {}

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
