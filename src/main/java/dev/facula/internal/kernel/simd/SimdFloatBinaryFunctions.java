package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatMath;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Comparisons into bytes, 0 or 1, and choices by them: the lanes of a vector are narrowed to bytes,
 * the bytes widened to lanes.
 */
final class SimdFloatBinaryFunctions extends SimdFloatBinary {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final IntVector ZERO = IntVector.zero(INTS);

  /** The bytes for the lanes of a vector. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));

  private final Watch geluBackward = new Watch();
  private final Watch siluBackward = new Watch();

  /** The elements in whole vectors, as long as these are wide enough for the shortest of bytes. */
  private static int whole(int n) {
    return LANES < 8 ? 0 : SPECIES.loopBound(n);
  }

  @Override
  public void eq(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    int i = 0;
    for (int end = whole(n); i < end; i += LANES) {
      FloatVector p = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector q = FloatVector.fromArray(SPECIES, b, bo + i);
      IntVector flags = ZERO.blend(1, p.compare(VectorOperators.EQ, q).cast(INTS));
      ((ByteVector) flags.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] == b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void ne(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    int i = 0;
    for (int end = whole(n); i < end; i += LANES) {
      FloatVector p = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector q = FloatVector.fromArray(SPECIES, b, bo + i);
      IntVector flags = ZERO.blend(1, p.compare(VectorOperators.NE, q).cast(INTS));
      ((ByteVector) flags.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] != b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void lt(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    int i = 0;
    for (int end = whole(n); i < end; i += LANES) {
      FloatVector p = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector q = FloatVector.fromArray(SPECIES, b, bo + i);
      IntVector flags = ZERO.blend(1, p.compare(VectorOperators.LT, q).cast(INTS));
      ((ByteVector) flags.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] < b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void le(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    int i = 0;
    for (int end = whole(n); i < end; i += LANES) {
      FloatVector p = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector q = FloatVector.fromArray(SPECIES, b, bo + i);
      IntVector flags = ZERO.blend(1, p.compare(VectorOperators.LE, q).cast(INTS));
      ((ByteVector) flags.convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] <= b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void where(
      byte[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = whole(n); i < end; i += LANES) {
      FloatVector p = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector q = FloatVector.fromArray(SPECIES, b, bo + i);
      ByteVector flags = ByteVector.fromArray(BYTES, c, co + i);
      IntVector wide = (IntVector) flags.convertShape(VectorOperators.B2I, INTS, 0);
      VectorMask<Float> first = wide.compare(VectorOperators.NE, 0).cast(SPECIES);
      q.blend(p, first).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.choose(c[co + i], a[ao + i], b[bo + i]);
    }
  }

  @Override
  public void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    geluBackward.run(SimdFloatFunctions::geluBackward, super::geluBackward, g, go, x, xo, y, yo, n);
  }

  @Override
  public void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    siluBackward.run(SimdFloatFunctions::siluBackward, super::siluBackward, g, go, x, xo, y, yo, n);
  }

  @Override
  public void lerp(double share, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    float weight = (float) share;
    boolean near = Math.abs(weight) < 0.5f;
    float part = near ? weight : weight - 1f;
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector w = FloatVector.fromArray(SPECIES, b, bo + i);
      FloatVector start = near ? v : w;
      start.add(w.sub(v).mul(part)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (near ? a[ao + i] : b[bo + i]) + (b[bo + i] - a[ao + i]) * part;
    }
  }

  @Override
  public void squaredDifference(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector w = v.sub(FloatVector.fromArray(SPECIES, b, bo + i));
      w.mul(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      float d = a[ao + i] - b[bo + i];
      y[yo + i] = d * d;
    }
  }

  @Override
  public void huber(
      double delta, double scale, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    float limit = (float) delta;
    float divisor = (float) scale;
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, ao + i);
      FloatVector d = v.sub(FloatVector.fromArray(SPECIES, b, bo + i)).abs();
      FloatVector c = d.min(limit);
      c.mul(d.sub(c.mul(0.5f))).div(divisor).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      float d = Math.abs(a[ao + i] - b[bo + i]);
      float c = Math.min(d, limit);
      y[yo + i] = c * (d - c * 0.5f) / divisor;
    }
  }
}
