package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.ReducedKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Conversions of 16 bits, as many lanes at a time as floats have; JDK 17 makes no vectors here. */
public final class SimdReducedKernels extends ReducedKernels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));
  private static final int LANES = FLOATS.length();

  @Override
  public void widenBfloat16(short[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      IntVector bits =
          (IntVector)
              ShortVector.fromArray(SHORTS, x, xo + i).convertShape(VectorOperators.S2I, INTS, 0);
      bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats().intoArray(y, yo + i);
    }
    super.widenBfloat16(x, xo + i, y, yo + i, n - i);
  }

  @Override
  public void widenFloat16(short[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      IntVector bits =
          (IntVector)
              ShortVector.fromArray(SHORTS, x, xo + i).convertShape(VectorOperators.S2I, INTS, 0);
      IntVector magnitude = bits.and(0x7fff);
      IntVector scaled =
          magnitude
              .lanewise(VectorOperators.LSHL, 13)
              .reinterpretAsFloats()
              .mul(BIAS)
              .reinterpretAsInts();
      // all ones where the magnitude is at least that of infinity
      IntVector special =
          IntVector.broadcast(INTS, 0x7bff).sub(magnitude).lanewise(VectorOperators.ASHR, 31);
      scaled
          .or(special.and(0x7f800000))
          .or(bits.and(0x8000).lanewise(VectorOperators.LSHL, 16))
          .reinterpretAsFloats()
          .intoArray(y, yo + i);
    }
    super.widenFloat16(x, xo + i, y, yo + i, n - i);
  }

  @Override
  public void narrowBfloat16(float[] x, int xo, short[] y, int yo, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      IntVector bits = FloatVector.fromArray(FLOATS, x, xo + i).reinterpretAsInts();
      IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
      IntVector rounded = bits.add(0x7fff).add(odd);
      // all ones where the number is NaN
      IntVector nan =
          IntVector.broadcast(INTS, 0x7f800000)
              .sub(bits.and(0x7fffffff))
              .lanewise(VectorOperators.ASHR, 31);
      IntVector kept =
          rounded.and(nan.not()).or(bits.or(0x400000).and(nan)).lanewise(VectorOperators.ASHR, 16);
      ((ShortVector) kept.convertShape(VectorOperators.I2S, SHORTS, 0)).intoArray(y, yo + i);
    }
    super.narrowBfloat16(x, xo + i, y, yo + i, n - i);
  }
}
