package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.FloatMath.*;

import dev.facula.internal.kernel.FloatMath;
import dev.facula.internal.kernel.FloatScratch;
import dev.facula.internal.kernel.FloatSoftmax;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Softmax, its logarithm and the cross entropy over rows. */
final class SimdFloatSoftmax extends FloatSoftmax {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int BLOCK = 1024;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[BLOCK]);

  private static final Watch FORWARD = new Watch();
  private static final Watch BACKWARD = new Watch();

  @Override
  public void softmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    int timed = Math.max(1, BLOCK / Math.max(1, n)); // rows for a look at the clock
    for (int from = 0; from < rows; from += timed) {
      int to = Math.min(rows, from + timed);
      long start = System.nanoTime();
      boolean vectors = FORWARD.vectors();
      for (int r = from; r < to; r++) {
        int p = xo + r * n;
        int q = yo + r * n;
        float m = SimdFloatReduce.max(x, p, n);
        float sum = vectors ? vectorExpMinus(x, p, m, y, q, n) : plainExpMinus(x, p, m, y, q, n);
        scale(1f / sum, y, q, n);
      }
      FORWARD.took(vectors, System.nanoTime() - start, (to - from) * n);
    }
  }

  /**
   * y[i] = exp(x[i] - m) for m no less than any x[i], and the sum of that; lanes folded as in
   * {@link SimdFloatReduce}, but in an array: shuffles here are boxed every so often. The
   * exponential is that of {@link SimdFloatFunctions}, which tells why it is not a method.
   */
  private static float expMinus(float[] x, int xo, float m, float[] y, int yo, int n) {
    long start = System.nanoTime();
    boolean vectors = FORWARD.vectors();
    float sum = vectors ? vectorExpMinus(x, xo, m, y, yo, n) : plainExpMinus(x, xo, m, y, yo, n);
    FORWARD.took(vectors, System.nanoTime() - start, n);
    return sum;
  }

  /** The same bits in plain Java. */
  static float plainExpMinus(float[] x, int xo, float m, float[] y, int yo, int n) {
    System.arraycopy(x, xo, y, yo, n);
    for (int i = yo, end = yo + n; i < end; i++) {
      y[i] -= m;
    }
    FloatMath.exp(y, yo, y, yo, n);
    int whole = n - n % LANES;
    float sum = 0;
    if (whole > 0) {
      float[] lanes = FloatScratch.get().array(FloatScratch.PARTIAL, LANES);
      Arrays.fill(lanes, 0, LANES, 0f);
      for (int i = yo; i < yo + whole; i += LANES) {
        for (int j = 0; j < LANES; j++) {
          lanes[j] += y[i + j];
        }
      }
      sum = folded(lanes);
    }
    for (int i = yo + whole; i < yo + n; i++) {
      sum += y[i];
    }
    return sum;
  }

  /** The sum of the lanes, by halves; overwrites them. */
  private static float folded(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }

  static float vectorExpMinus(float[] x, int xo, float m, float[] y, int yo, int n) {
    FloatVector sums = FloatVector.zero(SPECIES);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, xo + i).sub(m);
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector u = k.fma(c.broadcast(-LN2_HI), c);
      u = k.fma(c.broadcast(-LN2_LO), u);
      FloatVector p = u.fma(E6, E5).fma(u, c.broadcast(E4)).fma(u, c.broadcast(E3));
      p = p.fma(u, c.broadcast(E2)).fma(u, c.broadcast(1f)).fma(u, c.broadcast(1f));
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      FloatVector e =
          p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
              .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      e.intoArray(y, yo + i);
      sums = sums.add(e);
    }
    float sum = 0;
    if (n >= LANES) {
      float[] lanes = FloatScratch.get().array(FloatScratch.PARTIAL, LANES);
      sums.intoArray(lanes, 0);
      sum = folded(lanes);
    }
    for (; i < n; i++) {
      float e = FloatMath.exp(x[xo + i] - m);
      y[yo + i] = e;
      sum += e;
    }
    return sum;
  }

  /** y[i] *= s. */
  private static void scale(float s, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector.fromArray(SPECIES, y, yo + i).mul(s).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] *= s;
    }
  }

  /** Sum of exp(x[i] - m), through a block of scratch. */
  private static float sumExpMinus(float[] x, int xo, float m, int n) {
    float[] scratch = SCRATCH.get();
    float sum = 0;
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      sum += expMinus(x, xo + i, m, scratch, 0, count);
    }
    return sum;
  }

  @Override
  public void logSoftmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      float max = SimdFloatReduce.max(x, p, n);
      float log = FloatMath.log(sumExpMinus(x, p, max, n));
      int i = 0;
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        FloatVector.fromArray(SPECIES, x, p + i).sub(max).sub(log).intoArray(y, q + i);
      }
      for (; i < n; i++) {
        y[q + i] = x[p + i] - max - log;
      }
    }
  }

  @Override
  public void softmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      int out = dxo + r * n;
      float sum = SimdFloatReduce.dot(g, p, y, q, n);
      int i = 0;
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, g, p + i).sub(sum);
        FloatVector.fromArray(SPECIES, y, q + i).mul(v).intoArray(dx, out + i);
      }
      for (; i < n; i++) {
        dx[out + i] = y[q + i] * (g[p + i] - sum);
      }
    }
  }

  @Override
  public void logSoftmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    float[] scratch = SCRATCH.get();
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = yo + r * n;
      int out = dxo + r * n;
      float sum = SimdFloatReduce.sum(g, p, n);
      for (int i = 0; i < n; i += BLOCK) {
        int count = Math.min(BLOCK, n - i);
        BACKWARD.run(SimdFloatFunctions::exp, FloatMath::exp, y, q + i, scratch, 0, count);
        minusMultiple(g, p + i, sum, scratch, dx, out + i, count);
      }
    }
  }

  /** y[i] = a[i] - s b[i]. */
  private static void minusMultiple(
      float[] a, int ao, float s, float[] b, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector w = FloatVector.fromArray(SPECIES, b, i).mul(s);
      FloatVector.fromArray(SPECIES, a, ao + i).sub(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = a[ao + i] - b[i] * s;
    }
  }

  @Override
  public void crossEntropyRows(
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] loss,
      int lo,
      float[] lse,
      int so) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      float max = SimdFloatReduce.max(x, p, n);
      float log = FloatMath.log(sumExpMinus(x, p, max, n));
      lse[so + r] = max + log;
      int t = (int) target[to + r];
      loss[lo + r] = t < 0 ? 0f : log - (x[p + t] - max);
    }
  }

  @Override
  public void crossEntropyRowsBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] lse,
      int so,
      float[] dx,
      int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = dxo + r * n;
      int t = (int) target[to + r];
      if (t < 0) {
        Arrays.fill(dx, q, q + n, lse[so + r] - lse[so + r]); // NaN unless finite
        continue;
      }
      float s = g[go + r];
      expMinus(x, p, lse[so + r], dx, q, n);
      scale(s, dx, q, n);
      dx[q + t] -= s;
    }
  }
}
