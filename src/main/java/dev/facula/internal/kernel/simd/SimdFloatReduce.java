package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdFloatLanes.*;

import dev.facula.internal.kernel.FloatCascade;
import dev.facula.internal.kernel.FloatReduce;
import dev.facula.internal.kernel.FloatScratch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums, extremes and products of rows, in four or eight vectors of partial results, which hide the
 * latency of an addition.
 *
 * <p>Lanes are folded by halves with shuffles: the order of {@code reduceLanes} is unspecified for
 * sums, and not the same in the interpreter and in compiled code. Each kernel does so for itself: a
 * vector that is an argument of a method is boxed wherever the JIT does not inline it.
 */
final class SimdFloatReduce extends FloatReduce {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /**
   * Longer rows are summed by halves, so that errors grow with the logarithm of the length; a lane
   * of an accumulator adds 16 elements before, whatever the width.
   */
  private static final int BLOCK = 128 * LANES;

  /** Longer rows of products are summed by halves; a lane of an accumulator adds 128 before. */
  private static final int DOT_BLOCK = 512 * LANES;

  /** Rows of less than so many elements are summed {@value #JOINED} at a time. */
  private static final int NARROW = 64;

  /** As many lanes as any vector has, so that joined rows fill whole vectors. */
  private static final int JOINED = 16;

  @Override
  public void sumRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = sum(x, xo + r * n, n);
    }
  }

  static float sum(float[] x, int xo, int n) {
    if (n > BLOCK) {
      int half = (n / 2 + BLOCK - 1) / BLOCK * BLOCK;
      return sum(x, xo, half) + sum(x, xo + half, n - half);
    }
    float tail = 0;
    int i = 0;
    if (n >= LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      for (int end = n - 8 * LANES; i <= end; i += 8 * LANES) {
        int p = xo + i;
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, p));
        s1 = s1.add(FloatVector.fromArray(SPECIES, x, p + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, x, p + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, x, p + 3 * LANES));
        s4 = s4.add(FloatVector.fromArray(SPECIES, x, p + 4 * LANES));
        s5 = s5.add(FloatVector.fromArray(SPECIES, x, p + 5 * LANES));
        s6 = s6.add(FloatVector.fromArray(SPECIES, x, p + 6 * LANES));
        s7 = s7.add(FloatVector.fromArray(SPECIES, x, p + 7 * LANES));
      }
      for (int end = n - LANES; i <= end; i += LANES) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, xo + i));
      }
      s0 = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
      s0 = LANES > 8 ? s0.add(s0.rearrange(SWAP_8)) : s0;
      s0 = LANES > 4 ? s0.add(s0.rearrange(SWAP_4)) : s0;
      s0 = LANES > 2 ? s0.add(s0.rearrange(SWAP_2)) : s0;
      s0 = LANES > 1 ? s0.add(s0.rearrange(SWAP_1)) : s0;
      tail = s0.lane(0);
    }
    for (; i < n; i++) {
      tail += x[xo + i];
    }
    return tail;
  }

  @Override
  public void sumColumns(float[] x, int xo, int outer, int n, int inner, float[] y, int yo) {
    for (int o = 0; o < outer; o++) {
      sumColumns(x, xo + o * n * inner, n, inner, y, yo + o * inner);
    }
  }

  /** Few columns of many rows are summed as wider rows, each some rows long, first. */
  private static void sumColumns(float[] x, int xo, int n, int inner, float[] y, int yo) {
    if (n <= FloatCascade.ROWS) {
      addColumns(x, xo, n, inner, y, yo, inner);
      return;
    }
    if (inner >= NARROW) {
      cascade(x, xo, n, inner, y, yo);
      return;
    }
    int rows = n / JOINED;
    int rest = n - rows * JOINED;
    float[] ends = FloatScratch.get().array(FloatScratch.RIGHT, (JOINED + rest) * inner);
    cascade(x, xo, rows, JOINED * inner, ends, 0);
    System.arraycopy(x, xo + rows * JOINED * inner, ends, JOINED * inner, rest * inner);
    addColumns(ends, 0, JOINED + rest, inner, y, yo, inner);
  }

  /** The sums of blocks of rows, added up pairwise. */
  private static void cascade(float[] x, int xo, int n, int inner, float[] y, int yo) {
    float[][] stack = FloatCascade.stack(n, FloatCascade.COLUMNS);
    for (int j = 0; j < inner; j += FloatCascade.COLUMNS) {
      int m = Math.min(FloatCascade.COLUMNS, inner - j);
      int depth = 0;
      for (int from = 0, block = 1; from < n; from += FloatCascade.ROWS, block++) {
        int rows = Math.min(FloatCascade.ROWS, n - from);
        addColumns(x, xo + from * inner + j, rows, inner, stack[depth], 0, m);
        depth = FloatCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(FloatCascade.total(stack, m, depth), 0, y, yo + j, m);
    }
  }

  /** Four columns of vectors at a time, down all rows, of which m elements of {@code inner}. */
  private static void addColumns(float[] x, int xo, int n, int inner, float[] y, int yo, int m) {
    int i = 0;
    for (int end = m - 4 * LANES; i <= end; i += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int k = 0, p = xo + i; k < n; k++, p += inner) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, p));
        s1 = s1.add(FloatVector.fromArray(SPECIES, x, p + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, x, p + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, x, p + 3 * LANES));
      }
      s0.intoArray(y, yo + i);
      s1.intoArray(y, yo + i + LANES);
      s2.intoArray(y, yo + i + 2 * LANES);
      s3.intoArray(y, yo + i + 3 * LANES);
    }
    for (int end = m - LANES; i <= end; i += LANES) {
      FloatVector s = FloatVector.zero(SPECIES);
      for (int k = 0, p = xo + i; k < n; k++, p += inner) {
        s = s.add(FloatVector.fromArray(SPECIES, x, p));
      }
      s.intoArray(y, yo + i);
    }
    for (; i < m; i++) {
      float s = 0;
      for (int k = 0, p = xo + i; k < n; k++, p += inner) {
        s += x[p];
      }
      y[yo + i] = s;
    }
  }

  @Override
  public void maxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = max(x, xo + r * n, n);
    }
  }

  /**
   * A comparison and a choice take half of the time of the maximum that knows of NaN. Whether there
   * may be one tells a sum.
   */
  static float max(float[] x, int xo, int n) {
    float m = Float.NEGATIVE_INFINITY;
    float sum = 0;
    int i = 0;
    if (n >= LANES) {
      FloatVector m0 = FloatVector.broadcast(SPECIES, m);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, x, xo + i);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, xo + i + LANES);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, xo + i + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, xo + i + 3 * LANES);
        m0 = m0.blend(v0, v0.compare(VectorOperators.GT, m0));
        m1 = m1.blend(v1, v1.compare(VectorOperators.GT, m1));
        m2 = m2.blend(v2, v2.compare(VectorOperators.GT, m2));
        m3 = m3.blend(v3, v3.compare(VectorOperators.GT, m3));
        s0 = s0.add(v0).add(v1);
        s1 = s1.add(v2).add(v3);
      }
      for (int end = n - LANES; i <= end; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
        m0 = m0.blend(v, v.compare(VectorOperators.GT, m0));
        s0 = s0.add(v);
      }
      m = m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
      sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    }
    for (; i < n; i++) {
      m = Math.max(m, x[xo + i]);
    }
    return Float.isNaN(sum) && hasNaN(x, xo, n) ? Float.NaN : m;
  }

  @Override
  public void minRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = min(x, xo + r * n, n);
    }
  }

  static float min(float[] x, int xo, int n) {
    float m = Float.POSITIVE_INFINITY;
    float sum = 0;
    int i = 0;
    if (n >= LANES) {
      FloatVector m0 = FloatVector.broadcast(SPECIES, m);
      FloatVector m1 = m0;
      FloatVector m2 = m0;
      FloatVector m3 = m0;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
        FloatVector v0 = FloatVector.fromArray(SPECIES, x, xo + i);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, xo + i + LANES);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, xo + i + 2 * LANES);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, xo + i + 3 * LANES);
        m0 = m0.blend(v0, v0.compare(VectorOperators.LT, m0));
        m1 = m1.blend(v1, v1.compare(VectorOperators.LT, m1));
        m2 = m2.blend(v2, v2.compare(VectorOperators.LT, m2));
        m3 = m3.blend(v3, v3.compare(VectorOperators.LT, m3));
        s0 = s0.add(v0).add(v1);
        s1 = s1.add(v2).add(v3);
      }
      for (int end = n - LANES; i <= end; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
        m0 = m0.blend(v, v.compare(VectorOperators.LT, m0));
        s0 = s0.add(v);
      }
      m = m0.min(m1).min(m2.min(m3)).reduceLanes(VectorOperators.MIN);
      sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    }
    for (; i < n; i++) {
      m = Math.min(m, x[xo + i]);
    }
    return Float.isNaN(sum) && hasNaN(x, xo, n) ? Float.NaN : m;
  }

  private static boolean hasNaN(float[] x, int xo, int n) {
    for (int i = 0; i < n; i++) {
      if (Float.isNaN(x[xo + i])) {
        return true;
      }
    }
    return false;
  }

  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    if (n > DOT_BLOCK) {
      int half = (n / 2 + DOT_BLOCK - 1) / DOT_BLOCK * DOT_BLOCK;
      return dot(a, ao, b, bo, half) + dot(a, ao + half, b, bo + half, n - half);
    }
    float tail = 0;
    int i = 0;
    if (n >= LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
        int p = ao + i;
        int q = bo + i;
        s0 = FloatVector.fromArray(SPECIES, a, p).fma(FloatVector.fromArray(SPECIES, b, q), s0);
        s1 =
            FloatVector.fromArray(SPECIES, a, p + LANES)
                .fma(FloatVector.fromArray(SPECIES, b, q + LANES), s1);
        s2 =
            FloatVector.fromArray(SPECIES, a, p + 2 * LANES)
                .fma(FloatVector.fromArray(SPECIES, b, q + 2 * LANES), s2);
        s3 =
            FloatVector.fromArray(SPECIES, a, p + 3 * LANES)
                .fma(FloatVector.fromArray(SPECIES, b, q + 3 * LANES), s3);
      }
      for (int end = n - LANES; i <= end; i += LANES) {
        s0 =
            FloatVector.fromArray(SPECIES, a, ao + i)
                .fma(FloatVector.fromArray(SPECIES, b, bo + i), s0);
      }
      s0 = s0.add(s1).add(s2.add(s3));
      s0 = LANES > 8 ? s0.add(s0.rearrange(SWAP_8)) : s0;
      s0 = LANES > 4 ? s0.add(s0.rearrange(SWAP_4)) : s0;
      s0 = LANES > 2 ? s0.add(s0.rearrange(SWAP_2)) : s0;
      s0 = LANES > 1 ? s0.add(s0.rearrange(SWAP_1)) : s0;
      tail = s0.lane(0);
    }
    for (; i < n; i++) {
      tail += a[ao + i] * b[bo + i];
    }
    return tail;
  }

  /** Sum of (x[i] - m)^2. */
  static float squaredDistance(float[] x, int xo, int n, float m) {
    if (n > DOT_BLOCK) {
      int half = (n / 2 + DOT_BLOCK - 1) / DOT_BLOCK * DOT_BLOCK;
      return squaredDistance(x, xo, half, m) + squaredDistance(x, xo + half, n - half, m);
    }
    float tail = 0;
    int i = 0;
    if (n >= LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
        int p = xo + i;
        FloatVector d0 = FloatVector.fromArray(SPECIES, x, p).sub(m);
        FloatVector d1 = FloatVector.fromArray(SPECIES, x, p + LANES).sub(m);
        FloatVector d2 = FloatVector.fromArray(SPECIES, x, p + 2 * LANES).sub(m);
        FloatVector d3 = FloatVector.fromArray(SPECIES, x, p + 3 * LANES).sub(m);
        s0 = d0.fma(d0, s0);
        s1 = d1.fma(d1, s1);
        s2 = d2.fma(d2, s2);
        s3 = d3.fma(d3, s3);
      }
      for (int end = n - LANES; i <= end; i += LANES) {
        FloatVector d0 = FloatVector.fromArray(SPECIES, x, xo + i).sub(m);
        s0 = d0.fma(d0, s0);
      }
      s0 = s0.add(s1).add(s2.add(s3));
      s0 = LANES > 8 ? s0.add(s0.rearrange(SWAP_8)) : s0;
      s0 = LANES > 4 ? s0.add(s0.rearrange(SWAP_4)) : s0;
      s0 = LANES > 2 ? s0.add(s0.rearrange(SWAP_2)) : s0;
      s0 = LANES > 1 ? s0.add(s0.rearrange(SWAP_1)) : s0;
      tail = s0.lane(0);
    }
    for (; i < n; i++) {
      float d = x[xo + i] - m;
      tail += d * d;
    }
    return tail;
  }

  /** Sum of g[i] (x[i] - m). */
  static float centredDot(float[] g, int go, float[] x, int xo, int n, float m) {
    if (n > DOT_BLOCK) {
      int half = (n / 2 + DOT_BLOCK - 1) / DOT_BLOCK * DOT_BLOCK;
      return centredDot(g, go, x, xo, half, m)
          + centredDot(g, go + half, x, xo + half, n - half, m);
    }
    float tail = 0;
    int i = 0;
    if (n >= LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int end = n - 4 * LANES; i <= end; i += 4 * LANES) {
        int p = go + i;
        int q = xo + i;
        s0 =
            FloatVector.fromArray(SPECIES, x, q)
                .sub(m)
                .fma(FloatVector.fromArray(SPECIES, g, p), s0);
        s1 =
            FloatVector.fromArray(SPECIES, x, q + LANES)
                .sub(m)
                .fma(FloatVector.fromArray(SPECIES, g, p + LANES), s1);
        s2 =
            FloatVector.fromArray(SPECIES, x, q + 2 * LANES)
                .sub(m)
                .fma(FloatVector.fromArray(SPECIES, g, p + 2 * LANES), s2);
        s3 =
            FloatVector.fromArray(SPECIES, x, q + 3 * LANES)
                .sub(m)
                .fma(FloatVector.fromArray(SPECIES, g, p + 3 * LANES), s3);
      }
      for (int end = n - LANES; i <= end; i += LANES) {
        s0 =
            FloatVector.fromArray(SPECIES, x, xo + i)
                .sub(m)
                .fma(FloatVector.fromArray(SPECIES, g, go + i), s0);
      }
      s0 = s0.add(s1).add(s2.add(s3));
      s0 = LANES > 8 ? s0.add(s0.rearrange(SWAP_8)) : s0;
      s0 = LANES > 4 ? s0.add(s0.rearrange(SWAP_4)) : s0;
      s0 = LANES > 2 ? s0.add(s0.rearrange(SWAP_2)) : s0;
      s0 = LANES > 1 ? s0.add(s0.rearrange(SWAP_1)) : s0;
      tail = s0.lane(0);
    }
    for (; i < n; i++) {
      tail += g[go + i] * (x[xo + i] - m);
    }
    return tail;
  }

  @Override
  public void argmaxRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = first(x, xo + r * n, n, max(x, xo + r * n, n));
    }
  }

  @Override
  public void argminRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = first(x, xo + r * n, n, min(x, xo + r * n, n));
    }
  }

  /** Where a value that is there, or NaN, comes first. */
  private static int first(float[] x, int xo, int n, float value) {
    int i = 0;
    boolean number = !Float.isNaN(value);
    if (number) {
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
        if (v.compare(VectorOperators.EQ, value).anyTrue()) {
          break;
        }
      }
    }
    while (x[xo + i] != value && (number || !Float.isNaN(x[xo + i]))) {
      i++;
    }
    return i;
  }
}
