package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products: cuts C into blocks for the threads, and each block so that the caches hold what
 * is used again, after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
 * and Van Zee and van de Geijn, "BLIS". The innermost loops are a {@link FloatProduct}.
 *
 * <p>Both operands are packed, whatever their size: the tiles are so much faster for it that even a
 * product of 64 x 64 gains. What stays in level 2 is a block of B, of {@link #DEPTH} rows and
 * {@link #WIDTH} columns; tasks of few rows of A go through it one after another. The rows are few
 * because a tile writes to a page of memory for each row of C: more of them than the processor has
 * entries for pages in its first table cost a fifth of the time. Every thread packs B for itself,
 * since to read what another processor has just written costs more; with very many threads that
 * would no longer hold. Where C is wider than high it is A that all need, and tasks are strips of
 * B. Only a B for few rows of A is read in place.
 *
 * <p>Every element of C is one chain of fused multiply-adds in the order of k, however C is cut. A
 * k above {@link #LONG} is cut into chains whose sums are added up, so that errors grow with its
 * square root; that cut follows from k alone. Only products with a vector, and those whose k is far
 * greater than m, sum in the lanes of {@link FloatProduct#addDots}.
 */
public class FloatMatmul implements MatmulKernels<float[]> {
  private static final FloatBinary BINARY = new FloatBinary();

  /** Steps of k in a strip at least, where there are more. */
  private static final int DEPTH = 512;

  /** Steps of k that are one chain at most; longer ones are cut into chains of {@link #DEPTH}. */
  private static final int LONG = 4 * DEPTH;

  /** Steps of k that are summed in lanes before these are added up. */
  private static final int DOTS = 8 * DEPTH;

  /** Columns of B packed at a time at least, where there are more. */
  private static final int WIDTH = 512;

  /**
   * Elements of B packed at a time: 1 MiB, of few columns deeper strips, of few steps more strips.
   */
  private static final int PACKED = DEPTH * WIDTH;

  private static final int[] NONE = {};

  private final FloatProduct product;

  /** Products with these innermost loops. */
  public FloatMatmul(FloatProduct product) {
    this.product = product;
  }

  /** The innermost loops, for what packs its own operands. */
  FloatProduct product() {
    return product;
  }

  @Override
  public void gemm(
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
      double beta,
      float[] c,
      int co,
      int ldc) {
    gemm(transA, transB, m, n, k, a, ao, lda, b, bo, ldb, (float) beta, null, 0, c, co, ldc);
  }

  @Override
  public void linear(
      boolean transX,
      boolean transW,
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      int ldx,
      float[] w,
      int wo,
      int ldw,
      float[] bias,
      int biasO,
      float[] y) {
    gemm(transX, transW, m, n, k, x, xo, ldx, w, wo, ldw, 1, bias, biasO, y, 0, n);
  }

  /** {@link #gemm}, C beginning with a bias for each column if there is one. */
  private void gemm(
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
      float @Nullable [] bias,
      int biasO,
      float[] c,
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
      gemm(column, false, 1, m, k, b, bo, column ? ldb : k, a, ao, lda, beta, null, 0, c, co, m);
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
      Parallel.parallelFor(
          wide ? n : m,
          (long) k * (wide ? m : n),
          (from, to) -> {
            int i = wide ? 0 : from;
            int j = wide ? from : 0;
            int rows = wide ? m : to - from;
            int columns = wide ? to - from : n;
            int corner = co + i * ldc + j;
            int at = ao + i * stepA;
            dots(rows, columns, k, a, at, stepA, b, bo + j * stepB, stepB, c, corner, ldc);
          });
      return;
    }
    boolean inPlace = inPlace(transB, m);
    int widest = Math.max(WIDTH, PACKED / Math.max(1, k) / product.strip() * product.strip());
    int width = inPlace ? n : Math.min(n, widest);
    int deepest = Math.max(DEPTH, PACKED / product.stripColumns(Math.min(n, WIDTH)));
    int pieces = (k + deepest - 1) / deepest;
    int depth = pieces == 0 ? 0 : (k + pieces - 1) / pieces; // all strips equally deep
    if (k > LONG) {
      depth = Math.min(deepest, depth + DEPTH - 1) / DEPTH * DEPTH; // and whole chains
    }
    for (int j = 0; j < n; j += width) {
      for (int p = 0; p < k; p += depth) {
        block(
            transA,
            transB,
            m,
            Math.min(width, n - j),
            Math.min(depth, k - p),
            k > LONG ? DEPTH : depth,
            k > LONG && p > 0,
            a,
            transA ? ao + p * lda : ao + p,
            lda,
            b,
            transB ? bo + j * ldb + p : bo + p * ldb + j,
            ldb,
            p == 0 ? beta : 1f,
            p == 0 ? bias : null,
            biasO + j,
            c,
            co + j,
            ldc);
      }
    }
  }

  /** Whether B is read where it is, which costs less than to pack it. */
  private static boolean inPlace(boolean transB, int m) {
    return !transB && m < FloatProduct.PANEL;
  }

  /** What the sums of C begin with. */
  private static void begin(
      float beta, float @Nullable [] bias, int biasO, int m, int n, float[] c, int co, int ldc) {
    for (int i = 0; i < m; i++) {
      if (bias != null) {
        System.arraycopy(bias, biasO, c, co + i * ldc, n);
      } else if (beta == 0f) {
        FloatBinary.fill(0f, c, co + i * ldc, n);
      }
    }
  }

  @Override
  public void gemmBatched(
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
      double beta,
      float[] c,
      int co,
      int cStep,
      int ldc) {
    long work = Math.max(1, (long) m * n * k);
    if (work >= 4 * Parallel.GRAIN) {
      for (int i = 0; i < batch; i++) {
        gemm(
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
    Parallel.parallelFor(
        batch,
        work,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            gemm(
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
  private void dots(
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
    int[] jumps = scratch.rows(FloatScratch.JUMPS, Math.min(k, DOTS) / lanes + 1, lanes);
    float[] totals = k > DOTS ? scratch.array(FloatScratch.CHAIN, height * width * lanes) : sums;
    for (int i = 0; i < m; i += height) {
      int h = Math.min(height, m - i);
      for (int j = 0; j < n; j += width) {
        int w = Math.min(width, n - j);
        int size = h * w * lanes;
        FloatBinary.fill(0f, totals, 0, size);
        for (int p = 0; p < k; p += DOTS) {
          int length = Math.min(DOTS, k - p);
          int x = ao + i * lda + p;
          FloatBinary.fill(0f, sums, 0, size);
          product.addDots(h, w, length, a, x, lda, b, bo + j * step + p, rows, 0, jumps, sums, 0);
          if (k > DOTS) {
            BINARY.add(totals, 0, sums, 0, totals, 0, size);
          }
        }
        for (int r = 0; r < h; r++) {
          for (int q = 0; q < w; q++) {
            c[co + (i + r) * ldc + j + q] += product.total(totals, (r * w + q) * lanes);
          }
        }
      }
    }
  }

  /**
   * C += A B for as much of B as is packed at a time. C is cut along its longer side; the operand
   * that all tasks need is packed once by each thread that takes one.
   *
   * @param chain the steps of k that are summed before they are added to C
   * @param separate whether the first chain is too, rather than beginning with what is in C
   */
  private void block(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      int chain,
      boolean separate,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float beta,
      float @Nullable [] bias,
      int biasO,
      float[] c,
      int co,
      int ldc) {
    boolean inPlace = inPlace(transB, m);
    boolean wide = inPlace || n > m && n > product.strip();
    int unit = wide ? product.strip() : FloatProduct.PANEL;
    int length = wide ? n : m;
    int units = (length + unit - 1) / unit;
    long most = Math.min(wide ? units : m / product.taskRows(m), (long) m * n * k / Parallel.GRAIN);
    int parts = (int) Math.max(1, most > 1 ? most & -2 : most); // even, for two threads
    int rs = transA ? 1 : lda;
    int ps = transA ? lda : 1;
    Object job = new Object();
    Parallel.run(
        parts,
        part -> {
          int first = (int) ((long) units * part / parts) * unit;
          int end = Math.min(length, (int) ((long) units * (part + 1) / parts) * unit);
          int row = wide ? 0 : first;
          int column = wide ? first : 0;
          int rows = wide ? m : end - first;
          int columns = wide ? end - first : n;
          int corner = co + row * ldc + column;
          FloatScratch scratch = FloatScratch.get();
          float[] z = c;
          int zo = corner;
          int ldz = ldc;
          if (bias != null) {
            z = bias;
            zo = biasO + column;
            ldz = 0;
          } else if (beta == 0f) {
            z = scratch.zeros(columns);
            zo = 0;
            ldz = 0;
          }
          float[] panels = scratch.array(FloatScratch.PACK_A, rows * k);
          boolean fresh = scratch.begins(job);
          if (fresh || !wide) {
            product.packA(rows, k, a, ao + row * rs, rs, ps, panels, 0);
          }
          int from = transB ? bo + column * ldb : bo + column;
          int stepB = transB ? 1 : ldb;
          int width = product.stripColumns(columns);
          int[] steps = inPlace ? scratch.rows(FloatScratch.ROWS, k, ldb) : NONE;
          int at = FloatScratch.ALIGNED;
          float[] strips =
              inPlace ? b : scratch.aligned(FloatScratch.PACK_B, k * product.stripColumns(n));
          float[] sums =
              separate || chain < k ? scratch.array(FloatScratch.CHAIN, rows * columns) : c;
          for (int p = 0; p < k; p += chain) {
            int depth = Math.min(chain, k - p);
            boolean adds = separate || p > 0;
            if (adds) {
              z = scratch.zeros(columns);
              zo = 0;
              ldz = 0;
            }
            float[] y = adds ? sums : c;
            int yo = adds ? 0 : corner;
            int ldy = adds ? columns : ldc;
            if (inPlace) {
              product.multiplyRows(
                  rows, columns, depth, panels, 0, k, p, b, from, steps, p, z, zo, ldz, y, yo, ldy);
            } else {
              int strip = at + p * width;
              if (fresh || wide) {
                product.packB(transB, depth, columns, b, from + p * stepB, ldb, strips, strip);
              }
              product.multiplyStrips(
                  rows, columns, depth, panels, 0, k, p, strips, strip, z, zo, ldz, y, yo, ldy);
            }
            if (adds) {
              product.add(rows, columns, sums, 0, columns, c, corner, ldc);
            }
          }
        });
  }

  @Override
  public double dot(float[] a, int ao, float[] b, int bo, int n) {
    return FloatReduce.dot(a, ao, b, bo, n);
  }
}
