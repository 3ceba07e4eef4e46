package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdFloatTiles.L;

import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatScratch;
import dev.facula.internal.kernel.ScalarFloatProduct;

/**
 * Products by register tiles: cuts a matrix into the shapes of {@link SimdFloatTiles}. Loading this
 * class does not touch vectors, which would take a while.
 */
public final class SimdFloatProduct implements FloatProduct {
  /** Steps of k in one go: 256 rows of a strip are 32 KiB at most, the level 1 cache. */
  private static final int DEPTH = 256;

  private static final FloatProduct PLAIN = new ScalarFloatProduct();

  /** State of the tiles of two vectors and of one, by their height. */
  private static final WarmUp[] WARM2 = WarmUp.upTo(12);

  private static final WarmUp[] WARM1 = WarmUp.upTo(12);

  private static final WarmUp[] WARM_STEPS = WarmUp.upTo(12);

  private static final WarmUp WARM_TRANSPOSE = new WarmUp();

  @Override
  public int strip() {
    return 2 * L;
  }

  @Override
  public void add(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    int whole = n / L * L;
    for (int p = 0; p < k; p += DEPTH) {
      int depth = Math.min(DEPTH, k - p);
      int j = 0;
      for (; j + 2 * L <= n; j += 2 * L) {
        strip2(m, depth, a, ao + p * ps, rs, ps, b, bo + j, rows, ro + p, c, co + j, ldc);
      }
      if (j < whole) {
        strip1(m, depth, a, ao + p * ps, rs, ps, b, bo + j, rows, ro + p, c, co + j, ldc);
      }
    }
    if (whole < n) {
      edge(m, n - whole, k, a, ao, rs, ps, b, bo + whole, rows, ro, c, co + whole, ldc);
    }
  }

  private static void strip2(
      int m,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int height = height(m - i, SimdFloatTiles.MANY_REGISTERS);
      WarmUp warm = WARM2[height];
      if (warm.hot()) {
        tile2(height, k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
      } else {
        cold(warm, height, 2, k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
      }
      i += height;
    }
  }

  private static void strip1(
      int m,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int height = height(m - i, true);
      WarmUp warm = WARM1[height];
      if (warm.hot()) {
        tile1(height, k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
      } else {
        cold(warm, height, 1, k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
      }
      i += height;
    }
  }

  /** Rows of the next tile, m being left. */
  private static int height(int m, boolean twelve) {
    if (m >= 12 && twelve) {
      return 12;
    }
    if (m == 6 || m >= 9) {
      return 6;
    }
    return m >= 4 ? 4 : m == 3 ? 3 : 1;
  }

  private static void tile2(
      int height,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    switch (height) {
      case 12 -> SimdFloatTiles.tile12x2(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      case 6 -> SimdFloatTiles.tile6x2(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      case 4 -> SimdFloatTiles.tile4x2(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      case 3 -> SimdFloatTiles.tile3x2(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      default -> SimdFloatTiles.tile1x2(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
    }
  }

  private static void tile1(
      int height,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    switch (height) {
      case 12 -> SimdFloatTiles.tile12x1(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      case 6 -> SimdFloatTiles.tile6x1(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      case 4 -> SimdFloatTiles.tile4x1(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      case 3 -> SimdFloatTiles.tile3x1(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      default -> SimdFloatTiles.tile1x1(k, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
    }
  }

  /** A tile that may not be compiled yet: it takes the first steps of k, plain Java the others. */
  private static void cold(
      WarmUp warm,
      int height,
      int vectors,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    int head = warm.turn() ? warm.rounds(k) : 0;
    if (head > 0) {
      long start = warm.clock();
      if (vectors == 2) {
        tile2(height, head, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      } else {
        tile1(height, head, a, ao, rs, ps, b, bo, rows, ro, c, co, ldc);
      }
      warm.vectors(start, head);
    }
    if (head < k) {
      long start = System.nanoTime();
      int at = ao + head * ps;
      PLAIN.add(height, vectors * L, k - head, a, at, rs, ps, b, bo, rows, ro + head, c, co, ldc);
      warm.scalars(start);
    }
  }

  @Override
  public void addSteps(
      int m,
      int k,
      float[] a,
      int ao,
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int height = stepHeight(m - i);
      WarmUp warm = WARM_STEPS[height];
      int at = ao + i * rs;
      int to = co + i * ldc;
      if (warm.hot()) {
        stepTile(height, k, a, at, rs, b, bo, steps, so, c, to, ldc);
      } else {
        coldSteps(warm, height, k, a, at, rs, b, bo, steps, so, c, to, ldc);
      }
      i += height;
    }
  }

  /** Rows of the next tile with a table of steps, m being left. */
  private static int stepHeight(int m) {
    if (m >= 12 && SimdFloatTiles.MANY_REGISTERS) {
      return 12;
    }
    if (m == 6 || m >= 9) {
      return 6;
    }
    return m >= 4 ? 4 : m >= 2 ? 2 : 1;
  }

  private static void stepTile(
      int height,
      int k,
      float[] a,
      int ao,
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    switch (height) {
      case 12 -> SimdFloatStepTiles.tile12x2(k, a, ao, rs, b, bo, steps, so, c, co, ldc);
      case 6 -> SimdFloatStepTiles.tile6x2(k, a, ao, rs, b, bo, steps, so, c, co, ldc);
      case 4 -> SimdFloatStepTiles.tile4x2(k, a, ao, rs, b, bo, steps, so, c, co, ldc);
      case 2 -> SimdFloatStepTiles.tile2x2(k, a, ao, rs, b, bo, steps, so, c, co, ldc);
      default -> SimdFloatStepTiles.tile1x2(k, a, ao, rs, b, bo, steps, so, c, co, ldc);
    }
  }

  /** The same where the tile may not be compiled yet. */
  private void coldSteps(
      WarmUp warm,
      int height,
      int k,
      float[] a,
      int ao,
      int rs,
      float[] b,
      int bo,
      int[] steps,
      int so,
      float[] c,
      int co,
      int ldc) {
    for (int p = 0; p < k; ) {
      int depth;
      if (warm.turn()) {
        depth = warm.rounds(k - p);
        long start = warm.clock();
        stepTile(height, depth, a, ao, rs, b, bo, steps, so + p, c, co, ldc);
        warm.vectors(start, depth);
      } else {
        depth = Math.min(k - p, DEPTH);
        long start = System.nanoTime();
        FloatProduct.super.addSteps(height, depth, a, ao, rs, b, bo, steps, so + p, c, co, ldc);
        warm.scalars(start);
      }
      p += depth;
    }
  }

  /**
   * The last columns, fewer than a vector. C goes through a copy of full width. What stands behind
   * the columns of B is read and its sums are thrown away; only where that would be behind the end
   * of the array B is copied, too.
   */
  private static void edge(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] c,
      int co,
      int ldc) {
    FloatScratch scratch = FloatScratch.get();
    float[] wide = scratch.array(FloatScratch.EDGE_C, m * L);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        wide[i * L + j] = c[co + i * ldc + j];
      }
    }
    int last = 0;
    for (int p = 0; p < k; p++) {
      last = Math.max(last, rows[ro + p]);
    }
    if (bo + last + L <= b.length) {
      strip1(m, k, a, ao, rs, ps, b, bo, rows, ro, wide, 0, L);
    } else {
      float[] copy = scratch.array(FloatScratch.EDGE_B, k * L);
      for (int p = 0; p < k; p++) {
        for (int j = 0; j < n; j++) {
          copy[p * L + j] = b[bo + rows[ro + p] + j];
        }
      }
      int[] steps = scratch.rows(FloatScratch.EDGE_ROWS, k, L);
      strip1(m, k, a, ao, rs, ps, copy, 0, steps, 0, wide, 0, L);
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[co + i * ldc + j] = wide[i * L + j];
      }
    }
  }

  @Override
  public void gather(
      int k,
      float[] x,
      int xo,
      int[] offsets,
      int oo,
      int r0,
      int r1,
      int[] run,
      float[] y,
      int ldy) {
    // Whole vectors: what a run writes too much is overwritten by the next.
    for (int r = 3 * r0; r < 3 * r1; r += 3) {
      SimdFloatTiles.shift(k, x, xo + run[r], offsets, oo, y, run[r + 1], ldy);
    }
  }

  @Override
  public void transpose(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy) {
    int rows = L < SimdFloatTranspose.COLUMNS ? 0 : m - m % L;
    int columns = n - n % SimdFloatTranspose.COLUMNS;
    if (WARM_TRANSPOSE.hot()) {
      SimdFloatTranspose.transpose(rows, columns, x, xo, ldx, y, yo, ldy);
    } else if (rows > 0) {
      coldTranspose(rows, columns, x, xo, ldx, y, yo, ldy);
    }
    int p = columns;
    FloatProduct.super.transpose(x, xo + p, ldx, rows, n - p, y, yo + p * ldy, ldy);
    FloatProduct.super.transpose(x, xo + rows * ldx, ldx, m - rows, n, y, yo + rows, ldy);
  }

  private void coldTranspose(int m, int n, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    WarmUp warm = WARM_TRANSPOSE;
    int strips = m / L;
    int blocks = warm.turn() ? warm.rounds(n / SimdFloatTranspose.COLUMNS * strips) : 0;
    int head = blocks / strips * SimdFloatTranspose.COLUMNS;
    long start = warm.clock();
    SimdFloatTranspose.transpose(m, head, x, xo, ldx, y, yo, ldy);
    warm.vectors(start, blocks);
    start = System.nanoTime();
    FloatProduct.super.transpose(x, xo + head, ldx, m, n - head, y, yo + head * ldy, ldy);
    warm.scalars(start);
  }

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public void addDots(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      float[] sums,
      int so) {
    int i = 0;
    for (; i + 3 <= m; i += 3) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        SimdFloatDots.dots3x4(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
      for (; j < n; j++) {
        SimdFloatDots.dots3x1(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
    }
    for (; i < m; i++) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        SimdFloatDots.dots1x4(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
      for (; j < n; j++) {
        SimdFloatDots.dots1x1(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
    }
    int whole = k / L;
    int rest = k - whole * L;
    if (rest > 0) {
      for (i = 0; i < m; i++) {
        int x = ao + i * lda + whole * L;
        for (int j = 0; j < n; j++) {
          int y = bo + rows[ro + j] + jumps[whole];
          int s = so + (i * n + j) * L;
          for (int l = 0; l < rest; l++) {
            sums[s + l] = Math.fma(a[x + l], b[y + l], sums[s + l]);
          }
        }
      }
    }
  }
}
