package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Selections and permutations of the lanes of a vector, constants to the JIT. */
final class SimdDoubleLanes {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** The lanes from 4, 8 or 12 on, and the upper half. */
  static final VectorMask<Double> FROM_4 = VectorMask.fromLong(S, -1L << 4);

  static final VectorMask<Double> FROM_8 = VectorMask.fromLong(S, -1L << 8);
  static final VectorMask<Double> FROM_12 = VectorMask.fromLong(S, -1L << 12);
  static final VectorMask<Double> UPPER = VectorMask.fromLong(S, -1L << L / 2);

  /** The lanes whose number has the bit 1, or 2. */
  static final VectorMask<Double> BIT_1 = VectorMask.fromLong(S, 0xAAAA);

  static final VectorMask<Double> BIT_2 = VectorMask.fromLong(S, 0xCCCC);

  /** Lanes so far apart change places. */
  static final VectorShuffle<Double> SWAP_1 = swap(1);

  static final VectorShuffle<Double> SWAP_2 = swap(2);
  static final VectorShuffle<Double> SWAP_4 = swap(4);
  static final VectorShuffle<Double> SWAP_8 = swap(8);

  /** The even or odd lanes, twice. */
  static final VectorShuffle<Double> EVEN = everySecond(0);

  static final VectorShuffle<Double> ODD = everySecond(1);

  private SimdDoubleLanes() {}

  private static VectorShuffle<Double> swap(int distance) {
    int[] lanes = new int[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (i ^ distance) & (L - 1);
    }
    return VectorShuffle.fromArray(S, lanes, 0);
  }

  private static VectorShuffle<Double> everySecond(int first) {
    int[] lanes = new int[L];
    for (int i = 0; i < L; i++) {
      lanes[i] = (2 * i + first) & (L - 1);
    }
    return VectorShuffle.fromArray(S, lanes, 0);
  }
}
