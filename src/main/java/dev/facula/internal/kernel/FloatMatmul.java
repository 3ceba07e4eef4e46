package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Matrix products: cuts C into blocks for the threads, and each block so that the caches hold what
 * is used again, after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
 * and Van Zee and van de Geijn, "BLIS". The innermost loops are a {@link FloatProduct}.
 *
 * <p>A strip of B of {@link #DEPTH} rows stays in the level 1 cache while it meets {@link #HEIGHT}
 * rows of A, which stay in level 2. B is copied into strips when they are used often enough, and A
 * when its rows lie far apart; small matrices are read where they are.
 *
 * <p>Every element of C is one chain of fused multiply-adds in the order of k, however C is cut:
 * the number of threads does not show in the result. Only products with a vector, and those whose k
 * is far greater than m, sum in the lanes of {@link FloatProduct#addDots}.
 */
final class FloatMatmul {
  /** Steps of k in a strip. */
  private static final int DEPTH = 256;

  /** Rows of A in level 2: with DEPTH steps 240 KiB; a multiple of the height of the tiles. */
  private static final int HEIGHT = 240;

  /** Columns of B packed at a time: with DEPTH steps 1 MiB. */
  private static final int WIDTH = 1024;

  /** Copied rows are an odd multiple of this apart, so that they do not share a few cache sets. */
  private static final int LINE = 16;

  /** Multiplications that are worth a task, some 20 microseconds. */
  private static final long GRAIN = 1 << 20;

  private FloatMatmul() {}

  static void gemm(
      FloatProduct product,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float beta,
      float[] c,
      int co,
      int ldc) {
    if (m == 0 || n == 0) {
      return;
    }
    if (n == 1 && m > 1 && transA && ldc == 1) { // the transposed product has a row to run along
      boolean column = !transB && ldb != 1;
      gemm(product, column, false, 1, m, k, b, bo, column ? ldb : k, a, ao, lda, beta, c, co, m);
      return;
    }
    // Decided by the whole shape: a part must not sum in another way than its neighbour.
    boolean dots =
        n == 1 && !transA && (transB || ldb == 1)
            || transB && (!transA || m == 1 && lda == 1) && 16L * m <= k;
    long work = (long) m * n * k;
    // Every task packs its part of B for itself: few tasks where packing weighs.
    int parts = (int) Math.min(work / GRAIN, (work < 64 * GRAIN ? 2L : 4L) * Parallel.threads());
    if (parts <= 1 || Parallel.threads() == 1) {
      part(product, dots, transA, transB, m, n, k, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
      return;
    }
    // Halve the longer side until there are enough parts, in units that tiles divide; but first the
    // columns where rows are few, so that no two tasks pack the same columns of B.
    int down = 1;
    int across = 1;
    while (down * across < parts) {
      boolean wide = n / across > 32;
      if (wide && (m / down < 128 || n / across >= m / down)) {
        across *= 2;
      } else if (m / down >= 24) {
        down *= 2;
      } else {
        break;
      }
    }
    int rows = roundUp((m + down - 1) / down, 12);
    int columns = roundUp((n + across - 1) / across, 32);
    int tasksDown = (m + rows - 1) / rows;
    int tasksAcross = (n + columns - 1) / columns;
    Parallel.run(
        tasksDown * tasksAcross,
        task -> {
          int i = task / tasksAcross * rows;
          int j = task % tasksAcross * columns;
          part(
              product,
              dots,
              transA,
              transB,
              Math.min(rows, m - i),
              Math.min(columns, n - j),
              k,
              a,
              ao + (transA ? i : i * lda),
              lda,
              b,
              bo + (transB ? j * ldb : j),
              ldb,
              beta,
              c,
              co + i * ldc + j,
              ldc);
        });
  }

  static void gemmBatched(
      FloatProduct product,
      int batch,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aStep,
      int lda,
      float[] b,
      int bo,
      int bStep,
      int ldb,
      float beta,
      float[] c,
      int co,
      int cStep,
      int ldc) {
    long work = Math.max(1, (long) m * n * k);
    if (work >= 4 * GRAIN) {
      for (int i = 0; i < batch; i++) {
        gemm(
            product,
            transA,
            transB,
            m,
            n,
            k,
            a,
            ao + i * aStep,
            lda,
            b,
            bo + i * bStep,
            ldb,
            beta,
            c,
            co + i * cStep,
            ldc);
      }
      return;
    }
    Parallel.range(
        batch,
        (int) Math.max(1, GRAIN / work),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            gemm(
                product,
                transA,
                transB,
                m,
                n,
                k,
                a,
                ao + i * aStep,
                lda,
                b,
                bo + i * bStep,
                ldb,
                beta,
                c,
                co + i * cStep,
                ldc);
          }
        });
  }

  /** A product on one thread. */
  private static void part(
      FloatProduct product,
      boolean dots,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float beta,
      float[] c,
      int co,
      int ldc) {
    if (beta == 0f) {
      for (int i = 0; i < m; i++) {
        FloatBinary.fill(0f, c, co + i * ldc, n);
      }
    }
    if (dots) {
      dots(product, m, n, k, a, ao, transA ? k : lda, b, bo, transB ? ldb : 1, c, co, ldc);
    } else {
      blocks(product, transA, transB, m, n, k, a, ao, lda, b, bo, ldb, c, co, ldc);
    }
  }

  /** Rows of A with the contiguous columns of op(B), {@code step} apart. */
  private static void dots(
      FloatProduct product,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int step,
      float[] c,
      int co,
      int ldc) {
    FloatScratch scratch = FloatScratch.get();
    int lanes = product.lanes();
    int width = Math.min(n, 64);
    int height = Math.min(m, 12);
    float[] sums = scratch.array(FloatScratch.SUMS, height * width * lanes);
    int[] rows = scratch.rows(FloatScratch.ROWS, width, step);
    int[] jumps = scratch.rows(FloatScratch.JUMPS, k / lanes + 1, lanes);
    for (int i = 0; i < m; i += height) {
      int h = Math.min(height, m - i);
      for (int j = 0; j < n; j += width) {
        int w = Math.min(width, n - j);
        FloatBinary.fill(0f, sums, 0, h * w * lanes);
        product.addDots(h, w, k, a, ao + i * lda, lda, b, bo + j * step, rows, 0, jumps, sums, 0);
        for (int r = 0; r < h; r++) {
          for (int q = 0; q < w; q++) {
            c[co + (i + r) * ldc + j + q] += product.total(sums, (r * w + q) * lanes);
          }
        }
      }
    }
  }

  private static void blocks(
      FloatProduct product,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float[] c,
      int co,
      int ldc) {
    FloatScratch scratch = FloatScratch.get();
    boolean packB = transB || m >= 48;
    // With transposed rows every step of k is far from the one before.
    boolean copyA = n >= (transA ? 64 : 256) && m >= 12 && (long) m * k > 4096;
    int strip = product.strip();
    int pieces = (k + DEPTH - 1) / DEPTH;
    int deep = pieces == 0 ? 0 : (k + pieces - 1) / pieces; // all strips equally deep
    for (int j = 0; j < n; j += WIDTH) {
      int width = Math.min(WIDTH, n - j);
      for (int p = 0; p < k; p += deep) {
        int depth = Math.min(deep, k - p);
        float[] bs = b;
        if (packB) {
          bs = scratch.array(FloatScratch.PACK_B, roundUp(width, strip) * depth);
          for (int s = 0; s < width; s += strip) {
            int columns = Math.min(strip, width - s);
            if (transB) {
              int at = bo + (j + s) * ldb + p;
              product.transpose(b, at, ldb, columns, depth, bs, s * depth, strip);
            } else {
              pack(b, bo + p * ldb + j + s, ldb, depth, columns, bs, s * depth, strip);
            }
          }
        }
        int[] rows = scratch.rows(FloatScratch.ROWS, depth, packB ? strip : ldb);
        for (int i = 0; i < m; i += HEIGHT) {
          int height = Math.min(HEIGHT, m - i);
          float[] as = a;
          int at = ao + (transA ? p * lda + i : i * lda + p);
          int step = lda;
          if (copyA) {
            int lines = transA ? depth : height;
            int length = transA ? height : depth;
            step = roundUp(length, LINE) | LINE;
            as = scratch.array(FloatScratch.PACK_A, lines * step);
            pack(a, at, lda, lines, length, as, 0, step);
            at = 0;
          }
          int rs = transA ? 1 : step;
          int ps = transA ? step : 1;
          int corner = co + i * ldc + j;
          if (packB) {
            for (int s = 0; s < width; s += strip) {
              product.add(
                  height,
                  Math.min(strip, width - s),
                  depth,
                  as,
                  at,
                  rs,
                  ps,
                  bs,
                  s * depth,
                  rows,
                  0,
                  c,
                  corner + s,
                  ldc);
            }
          } else {
            product.add(
                height, width, depth, as, at, rs, ps, b, bo + p * ldb + j, rows, 0, c, corner, ldc);
          }
        }
      }
    }
  }

  /** Copies m rows of n elements to rows of ldy. */
  private static void pack(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy) {
    for (int i = 0; i < m; i++) {
      System.arraycopy(x, xo + i * ldx, y, yo + i * ldy, n);
    }
  }

  private static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }
}
