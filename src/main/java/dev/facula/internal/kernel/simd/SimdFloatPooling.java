package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdFloatLanes.*;

import dev.facula.internal.kernel.FloatPooling;
import dev.facula.internal.kernel.PoolShape;
import dev.facula.internal.parallel.Parallel;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Maximum over windows of 2 x 2 without overlap, a vector of them at a time: the even and the odd
 * elements of two rows are compared in the order of the scalar kernel. A vector may reach into the
 * next row of the input, and of the output, which is written afterwards; the last rows, where there
 * is nothing behind, are left to plain Java. The places of the maxima are chosen together with them
 * as floats of the same bits.
 */
final class SimdFloatPooling extends FloatPooling {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** 0, 2, 4, ... */
  private static final int[] STEPS = new int[L];

  static {
    for (int i = 0; i < L; i++) {
      STEPS[i] = 2 * i;
    }
  }

  @Override
  public void maxPool2d(PoolShape s, float[] x, int xo, float[] y, int yo, int[] index, int io) {
    if (!pairs(s)) {
      super.maxPool2d(s, x, xo, y, yo, index, io);
      return;
    }
    int in = s.height() * s.width();
    int out = s.outHeight() * s.outWidth();
    Parallel.parallelFor(
        s.planes(),
        FloatPooling.cost(s),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            int plane = xo + p * in;
            for (int row = 0; row < s.outHeight(); row++) {
              int at = row * s.strideH() * s.width();
              int o = p * out + row * s.outWidth();
              int n = (s.outWidth() + L - 1) / L;
              if (o + n * L <= to * out && plane + at + s.width() + 2 * n * L <= x.length) {
                pairs(n, x, plane, at, s.width(), y, yo + o, index, io + o);
              } else {
                FloatPooling.maxPairs(s, row, x, plane, y, yo + p * out, index, io + p * out);
              }
            }
          }
        });
  }

  /** n vectors of windows whose rows are at x[plane + at] and {@code width} behind. */
  private static void pairs(
      int n, float[] x, int plane, int at, int width, float[] y, int yo, int[] index, int io) {
    for (int v = 0; v < n; v++) {
      int column = at + 2 * L * v;
      int q = plane + column;
      FloatVector a = FloatVector.fromArray(S, x, q);
      FloatVector b = FloatVector.fromArray(S, x, q + L);
      FloatVector c = FloatVector.fromArray(S, x, q + width);
      FloatVector d = FloatVector.fromArray(S, x, q + width + L);
      FloatVector best = a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER);
      FloatVector v1 = a.rearrange(ODD).blend(b.rearrange(ODD), UPPER);
      FloatVector v2 = c.rearrange(EVEN).blend(d.rearrange(EVEN), UPPER);
      FloatVector v3 = c.rearrange(ODD).blend(d.rearrange(ODD), UPPER);
      IntVector steps = IntVector.fromArray(I, STEPS, 0);
      FloatVector i = IntVector.broadcast(I, column).add(steps).reinterpretAsFloats();
      VectorMask<Float> m =
          v1.compare(VectorOperators.GT, best).or(v1.compare(VectorOperators.NE, v1));
      best = best.blend(v1, m);
      IntVector place = IntVector.broadcast(I, column + 1).add(steps);
      i = i.blend(place.reinterpretAsFloats(), m);
      m = v2.compare(VectorOperators.GT, best).or(v2.compare(VectorOperators.NE, v2));
      best = best.blend(v2, m);
      place = IntVector.broadcast(I, column + width).add(steps);
      i = i.blend(place.reinterpretAsFloats(), m);
      m = v3.compare(VectorOperators.GT, best).or(v3.compare(VectorOperators.NE, v3));
      best = best.blend(v3, m);
      place = IntVector.broadcast(I, column + width + 1).add(steps);
      i = i.blend(place.reinterpretAsFloats(), m);
      best.intoArray(y, yo + v * L);
      i.reinterpretAsInts().intoArray(index, io + v * L);
    }
  }
}
