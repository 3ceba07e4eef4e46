package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products: cuts C into blocks for the threads, and each block so that the caches hold what
 * is used again, after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
 * and Van Zee and van de Geijn, "BLIS". The innermost loops are a {@link DoubleProduct}.
 *
 * <p>Both operands are packed, whatever their size: the tiles are so much faster for it that even a
 * product of 64 x 64 gains. All threads pack, then all multiply, each a block of rows by some
 * strips of columns; nothing is packed twice. A strip of B stays in the level 1 cache, or is read
 * from level 2, while it meets {@link #HEIGHT} rows of A, which stay in level 2. Only a B that few
 * rows meet is read where it is.
 *
 * <p>Every element of C is one chain of fused multiply-adds in the order of k, however C is cut,
 * and the cut follows from the shape alone. Only products with a vector, and those whose k is far
 * greater than m, sum in the lanes of {@link DoubleProduct#addDots}.
 */
final class DoubleMatmul {
  /** Steps of k in a strip at least, where there are more. */
  private static final int DEPTH = 256;

  /** Elements of a strip times columns: 512 KiB; with few columns strips are deeper for it. */
  private static final int PACKED = 1 << 17;

  /** Rows of A that stay in level 2: with DEPTH steps 224 KiB; a multiple of the panels. */
  private static final int HEIGHT = 224;

  /** Elements of A packed at a time: 8 MiB. */
  private static final int PACKED_ROWS = 1 << 21;

  /** Columns of B packed at a time. */
  private static final int WIDTH = 4096;

  /** Multiplications that are worth a task, some 12 to 20 microseconds, and tasks at most. */
  private static final long GRAIN = 1 << 21;

  private static final int TASKS = 64;

  /** Elements that a task packs at least. */
  private static final int PACK_GRAIN = 1 << 15;

  private DoubleMatmul() {}

  static void gemm(
      DoubleProduct product,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double beta,
      double[] c,
      int co,
      int ldc) {
    gemm(product, transA, transB, m, n, k, a, ao, lda, b, bo, ldb, beta, null, 0, c, co, ldc);
  }

  /** The same, C beginning with a bias for each column if there is one. */
  static void gemm(
      DoubleProduct product,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double beta,
      double @Nullable [] bias,
      int biasO,
      double[] c,
      int co,
      int ldc) {
    if (m == 0 || n == 0) {
      return;
    }
    if (n == 1
        && m > 1
        && transA
        && ldc == 1
        && bias == null) { // the transposed product has a row to run along
      boolean column = !transB && ldb != 1;
      gemm(product, column, false, 1, m, k, b, bo, column ? ldb : k, a, ao, lda, beta, c, co, m);
      return;
    }
    boolean dots =
        n == 1 && !transA && (transB || ldb == 1)
            || transB && (!transA || m == 1 && lda == 1) && 16L * m <= k;
    if (dots || k == 0) {
      begin(beta, bias, biasO, m, n, c, co, ldc);
    }
    if (dots) {
      int stepA = transA ? k : lda;
      int stepB = transB ? ldb : 1;
      boolean wide = n >= m;
      int grain = (int) Math.max(1, Math.min(n, GRAIN / Math.max(1, (long) k * (wide ? m : n))));
      Parallel.range(
          wide ? n : m,
          grain,
          (from, to) -> {
            int i = wide ? 0 : from;
            int j = wide ? from : 0;
            int rows = wide ? m : to - from;
            int columns = wide ? to - from : n;
            int corner = co + i * ldc + j;
            int at = ao + i * stepA;
            dots(product, rows, columns, k, a, at, stepA, b, bo + j * stepB, stepB, c, corner, ldc);
          });
      return;
    }
    int width = Math.min(n, WIDTH);
    int deepest = Math.max(DEPTH, PACKED / product.stripColumns(width));
    int pieces = (k + deepest - 1) / deepest;
    int depth = pieces == 0 ? 0 : (k + pieces - 1) / pieces; // all strips equally deep
    int rows = Math.max(1, PACKED_ROWS / Math.max(1, depth) / HEIGHT) * HEIGHT;
    for (int j = 0; j < n; j += WIDTH) {
      for (int p = 0; p < k; p += depth) {
        for (int i = 0; i < m; i += rows) {
          block(
              product,
              transA,
              transB,
              Math.min(rows, m - i),
              Math.min(WIDTH, n - j),
              Math.min(depth, k - p),
              a,
              transA ? ao + p * lda + i : ao + i * lda + p,
              lda,
              i == 0,
              b,
              transB ? bo + j * ldb + p : bo + p * ldb + j,
              ldb,
              p == 0 ? beta : 1.0,
              p == 0 ? bias : null,
              biasO + j,
              c,
              co + i * ldc + j,
              ldc);
        }
      }
    }
  }

  /** What the sums of C begin with. */
  private static void begin(
      double beta, double @Nullable [] bias, int biasO, int m, int n, double[] c, int co, int ldc) {
    for (int i = 0; i < m; i++) {
      if (bias != null) {
        System.arraycopy(bias, biasO, c, co + i * ldc, n);
      } else if (beta == 0.0) {
        DoubleBinary.fill(0.0, c, co + i * ldc, n);
      }
    }
  }

  static void gemmBatched(
      DoubleProduct product,
      int batch,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int aStep,
      int lda,
      double[] b,
      int bo,
      int bStep,
      int ldb,
      double beta,
      double[] c,
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

  /** Rows of A with the contiguous columns of op(B), {@code step} apart. */
  private static void dots(
      DoubleProduct product,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int step,
      double[] c,
      int co,
      int ldc) {
    DoubleScratch scratch = DoubleScratch.get();
    int lanes = product.lanes();
    int width = Math.min(n, 64);
    int height = Math.min(m, 12);
    double[] sums = scratch.array(DoubleScratch.SUMS, height * width * lanes);
    int[] rows = scratch.rows(DoubleScratch.ROWS, width, step);
    int[] jumps = scratch.rows(DoubleScratch.JUMPS, k / lanes + 1, lanes);
    for (int i = 0; i < m; i += height) {
      int h = Math.min(height, m - i);
      for (int j = 0; j < n; j += width) {
        int w = Math.min(width, n - j);
        DoubleBinary.fill(0.0, sums, 0, h * w * lanes);
        product.addDots(h, w, k, a, ao + i * lda, lda, b, bo + j * step, rows, 0, jumps, sums, 0);
        for (int r = 0; r < h; r++) {
          for (int q = 0; q < w; q++) {
            c[co + (i + r) * ldc + j + q] += product.total(sums, (r * w + q) * lanes);
          }
        }
      }
    }
  }

  /** C += A B for as much as is packed at a time; B is packed already if not {@code first}. */
  private static void block(
      DoubleProduct product,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int lda,
      boolean first,
      double[] b,
      int bo,
      int ldb,
      double beta,
      double @Nullable [] bias,
      int biasO,
      double[] c,
      int co,
      int ldc) {
    DoubleScratch scratch = DoubleScratch.get();
    int strip = product.strip();
    int strips = (n + strip - 1) / strip;
    long tasks = Math.min(TASKS, (long) m * n * k / GRAIN);
    tasks = tasks <= 1 ? tasks : Long.highestOneBit(2 * tasks - 1); // which threads share evenly
    int down = (m + HEIGHT - 1) / HEIGHT;
    down = (int) Math.max(down, Math.min((m + 3) / (4 * DoubleProduct.PANEL), tasks / strips));
    int height = roundUp((m + down - 1) / down, DoubleProduct.PANEL);
    int across = (int) Math.max(1, Math.min(strips, tasks / down));
    int blocks = (m + height - 1) / height;
    boolean packB =
        transB || m >= DoubleProduct.PANEL; // for a few rows it costs less to read B where it is
    double[] panels = scratch.array(DoubleScratch.PACK_A, m * k);
    double[] packed = packB ? scratch.aligned(DoubleScratch.PACK_B, strips * strip * k) : b;
    int[] rows = packB ? null : scratch.rows(DoubleScratch.ROWS, k, ldb);
    int toPack = packB && first ? strips : 0;
    long size = (long) m * k + (long) toPack * strip * k;
    Parallel.range(
        toPack + blocks,
        (int) (PACK_GRAIN * (toPack + blocks + 1L) / (size + 1) + 1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            if (i < toPack) {
              int j = i * strip;
              int at = transB ? bo + j * ldb : bo + j;
              product.packB(
                  transB,
                  k,
                  Math.min(strip, n - j),
                  b,
                  at,
                  ldb,
                  packed,
                  DoubleScratch.ALIGNED + j * k);
            } else {
              int row = (i - toPack) * height;
              int at = transA ? ao + row : ao + row * lda;
              int rs = transA ? 1 : lda;
              int ps = transA ? lda : 1;
              product.packA(Math.min(height, m - row), k, a, at, rs, ps, panels, row * k);
            }
          }
        });
    int grid = blocks * across;
    Parallel.range(
        grid,
        (int) Math.max(1, grid / Math.max(1, tasks)),
        (from, to) -> {
          for (int task = from; task < to; task++) {
            int row = task / across * height;
            int part = task % across;
            int j = strips * part / across * strip;
            int columns = Math.min(n, strips * (part + 1) / across * strip) - j;
            int count = Math.min(height, m - row);
            int corner = co + row * ldc + j;
            begin(beta, bias, biasO + j, count, columns, c, corner, ldc);
            if (rows == null) {
              int at = DoubleScratch.ALIGNED + j * k;
              product.addStrips(
                  count, columns, k, panels, row * k, k, 0, packed, at, c, corner, ldc);
            } else {
              product.addRows(
                  count, columns, k, panels, row * k, k, 0, b, bo + j, rows, 0, c, corner, ldc);
            }
          }
        });
  }

  private static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }
}
