package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.DoubleProduct;
import dev.facula.internal.kernel.DoubleScratch;

/** Products by register tiles: cuts a matrix into the shapes of {@link SimdDoubleTiles}. */
public final class SimdDoubleProduct implements DoubleProduct {
  private static final int L = SimdDoubleTiles.L;

  /** Vector registers: 16 for SSE and AVX2, 32 for AVX-512 and NEON. */
  private static final boolean MANY_REGISTERS =
      L * Double.SIZE == 512 || System.getProperty("os.arch", "").equals("aarch64");

  /** Steps of k in one go: 256 rows of a strip are 32 KiB at most, the level 1 cache. */
  private static final int DEPTH = 256;

  @Override
  public int strip() {
    return 2 * L;
  }

  @Override
  public void add(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int rs,
      int ps,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] c,
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
      double[] a,
      int ao,
      int rs,
      int ps,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] c,
      int co,
      int ldc) {
    int i = 0;
    if (MANY_REGISTERS) {
      for (; i + 12 <= m; i += 12) {
        SimdDoubleTiles.tile12x2(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
      }
    }
    for (; m - i == 6 || m - i >= 9; i += 6) {
      SimdDoubleTiles.tile6x2(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; i + 4 <= m; i += 4) {
      SimdDoubleTiles.tile4x2(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; i + 3 <= m; i += 3) {
      SimdDoubleTiles.tile3x2(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; i < m; i++) {
      SimdDoubleTiles.tile1x2(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
  }

  private static void strip1(
      int m,
      int k,
      double[] a,
      int ao,
      int rs,
      int ps,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] c,
      int co,
      int ldc) {
    int i = 0;
    for (; i + 12 <= m; i += 12) {
      SimdDoubleTiles.tile12x1(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; m - i == 6 || m - i >= 9; i += 6) {
      SimdDoubleTiles.tile6x1(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; i + 4 <= m; i += 4) {
      SimdDoubleTiles.tile4x1(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; i + 3 <= m; i += 3) {
      SimdDoubleTiles.tile3x1(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
    }
    for (; i < m; i++) {
      SimdDoubleTiles.tile1x1(k, a, ao + i * rs, rs, ps, b, bo, rows, ro, c, co + i * ldc, ldc);
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
      double[] a,
      int ao,
      int rs,
      int ps,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] c,
      int co,
      int ldc) {
    DoubleScratch scratch = DoubleScratch.get();
    double[] wide = scratch.array(DoubleScratch.EDGE_C, m * L);
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
      double[] copy = scratch.array(DoubleScratch.EDGE_B, k * L);
      for (int p = 0; p < k; p++) {
        for (int j = 0; j < n; j++) {
          copy[p * L + j] = b[bo + rows[ro + p] + j];
        }
      }
      int[] steps = scratch.rows(DoubleScratch.EDGE_ROWS, k, L);
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
      double[] x,
      int xo,
      int[] offsets,
      int oo,
      int r0,
      int r1,
      int[] run,
      double[] y,
      int ldy) {
    // Whole vectors: what a run writes too much is overwritten by the next.
    for (int r = 3 * r0; r < 3 * r1; r += 3) {
      SimdDoubleTiles.shift(k, x, xo + run[r], offsets, oo, y, run[r + 1], ldy);
    }
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
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      double[] sums,
      int so) {
    int i = 0;
    for (; i + 3 <= m; i += 3) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        SimdDoubleDots.dots3x4(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
      for (; j < n; j++) {
        SimdDoubleDots.dots3x1(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
    }
    for (; i < m; i++) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        SimdDoubleDots.dots1x4(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
      for (; j < n; j++) {
        SimdDoubleDots.dots1x1(
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
