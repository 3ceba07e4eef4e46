package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatScratch;
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

  /** In four vectors of partial sums; lanes are added in memory, in order. */
  @Override
  public float dotBfloat16(short[] w, int wo, float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      int p = wo + i;
      int q = xo + i;
      FloatVector a =
          ((IntVector)
                  ShortVector.fromArray(SHORTS, w, p).convertShape(VectorOperators.S2I, INTS, 0))
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      s0 = a.fma(FloatVector.fromArray(FLOATS, x, q), s0);
      FloatVector b =
          ((IntVector)
                  ShortVector.fromArray(SHORTS, w, p + LANES)
                      .convertShape(VectorOperators.S2I, INTS, 0))
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      s1 = b.fma(FloatVector.fromArray(FLOATS, x, q + LANES), s1);
      FloatVector c =
          ((IntVector)
                  ShortVector.fromArray(SHORTS, w, p + 2 * LANES)
                      .convertShape(VectorOperators.S2I, INTS, 0))
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      s2 = c.fma(FloatVector.fromArray(FLOATS, x, q + 2 * LANES), s2);
      FloatVector d =
          ((IntVector)
                  ShortVector.fromArray(SHORTS, w, p + 3 * LANES)
                      .convertShape(VectorOperators.S2I, INTS, 0))
              .lanewise(VectorOperators.LSHL, 16)
              .reinterpretAsFloats();
      s3 = d.fma(FloatVector.fromArray(FLOATS, x, q + 3 * LANES), s3);
    }
    float[] lanes = FloatScratch.get().array(FloatScratch.SUMS, LANES);
    s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
    float sum = super.dotBfloat16(w, wo + i, x, xo + i, n - i);
    for (int lane = 0; lane < LANES; lane++) {
      sum += lanes[lane];
    }
    return sum;
  }

  @Override
  public float dotFloat16(short[] w, int wo, float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = s0;
    IntVector infinite = IntVector.broadcast(INTS, 0x7bff);
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      IntVector a =
          (IntVector)
              ShortVector.fromArray(SHORTS, w, wo + i).convertShape(VectorOperators.S2I, INTS, 0);
      IntVector m = a.and(0x7fff);
      FloatVector p =
          m.lanewise(VectorOperators.LSHL, 13)
              .reinterpretAsFloats()
              .mul(BIAS)
              .reinterpretAsInts()
              .or(infinite.sub(m).lanewise(VectorOperators.ASHR, 31).and(0x7f800000))
              .or(a.and(0x8000).lanewise(VectorOperators.LSHL, 16))
              .reinterpretAsFloats();
      s0 = p.fma(FloatVector.fromArray(FLOATS, x, xo + i), s0);
      IntVector b =
          (IntVector)
              ShortVector.fromArray(SHORTS, w, wo + i + LANES)
                  .convertShape(VectorOperators.S2I, INTS, 0);
      IntVector k = b.and(0x7fff);
      FloatVector q =
          k.lanewise(VectorOperators.LSHL, 13)
              .reinterpretAsFloats()
              .mul(BIAS)
              .reinterpretAsInts()
              .or(infinite.sub(k).lanewise(VectorOperators.ASHR, 31).and(0x7f800000))
              .or(b.and(0x8000).lanewise(VectorOperators.LSHL, 16))
              .reinterpretAsFloats();
      s1 = q.fma(FloatVector.fromArray(FLOATS, x, xo + i + LANES), s1);
    }
    float[] lanes = FloatScratch.get().array(FloatScratch.SUMS, LANES);
    s0.add(s1).intoArray(lanes, 0);
    float sum = super.dotFloat16(w, wo + i, x, xo + i, n - i);
    for (int lane = 0; lane < LANES; lane++) {
      sum += lanes[lane];
    }
    return sum;
  }
}
