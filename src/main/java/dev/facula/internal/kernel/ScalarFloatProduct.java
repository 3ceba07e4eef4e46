package dev.facula.internal.kernel;

/**
 * Products in plain Java, written so that the compiler vectorises them: six steps of k are added to
 * a row of C in one loop. C2 does so only where all operands have the same index in arrays of their
 * own, so a block of B and rows of C are copied there first. With eight steps it gives up on JDK
 * 17; with fewer, loading and storing C weighs more. Seven vectors are read for six multiply-adds,
 * so the block of B has to stay in level 1, while rows of C pass through it.
 */
public final class ScalarFloatProduct implements FloatProduct {
  /** Columns of a block of B. */
  private static final int WIDTH = 2048 / Float.BYTES;

  /** Rows of a block of B, a multiple of six: with WIDTH columns 36 KiB. */
  private static final int DEPTH = 18;

  /** Rows of C that are copied at a time: with WIDTH columns 256 KiB, which level 2 holds. */
  private static final int HEIGHT = 128;

  @Override
  public int strip() {
    return WIDTH;
  }

  @Override
  public int panel(int m) {
    return 1;
  }

  @Override
  public void packA(int m, int k, float[] a, int ao, int rs, int ps, float[] panels, int po) {
    for (int i = 0; i < m; i++) {
      if (ps == 1) {
        System.arraycopy(a, ao + i * rs, panels, po + i * k, k);
        continue;
      }
      for (int p = 0; p < k; p++) {
        panels[po + i * k + p] = a[ao + i * rs + p * ps];
      }
    }
  }

  @Override
  public void multiplyStrips(
      int m,
      int n,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] strips,
      int so,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int[] rows = FloatScratch.get().rows(FloatScratch.EDGE_ROWS, k, WIDTH);
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(WIDTH, n - j);
      int at = so + j * k;
      multiply(
          m, columns, k, panels, po + p0, ka, 1, strips, at, rows, 0, z, zo + j, ldz, c, co + j,
          ldc);
    }
  }

  @Override
  public void multiplyRows(
      int m,
      int n,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    multiply(m, n, k, panels, po + p0, ka, 1, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
  }

  @Override
  public void multiply(
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
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    FloatScratch scratch = FloatScratch.get();
    int wide = Math.min(n, WIDTH);
    float[][] block = scratch.rowsOf(FloatScratch.BLOCK, Math.min(k, DEPTH), wide);
    float[][] lines = scratch.rowsOf(FloatScratch.RESULT, Math.min(m, HEIGHT), wide);
    for (int i = 0; i < m; i += HEIGHT) {
      int height = Math.min(HEIGHT, m - i);
      for (int j = 0; j < n; j += WIDTH) {
        int width = Math.min(WIDTH, n - j);
        int corner = co + i * ldc + j;
        for (int r = 0; r < height; r++) {
          System.arraycopy(z, zo + (i + r) * ldz + j, lines[r], 0, width);
        }
        for (int p = 0; p < k; p += DEPTH) {
          int depth = Math.min(DEPTH, k - p);
          for (int d = 0; d < depth; d++) {
            System.arraycopy(b, bo + rows[ro + p + d] + j, block[d], 0, width);
          }
          for (int r = 0; r < height; r++) {
            row(depth, a, ao + (i + r) * rs + p * ps, ps, block, lines[r], width);
          }
        }
        for (int r = 0; r < height; r++) {
          System.arraycopy(lines[r], 0, c, corner + r * ldc, width);
        }
      }
    }
  }

  private static void row(int k, float[] a, int ao, int ps, float[][] block, float[] line, int n) {
    int p = 0;
    for (int at = ao; p + 6 <= k; p += 6, at += 6 * ps) {
      addSix(
          block[p],
          block[p + 1],
          block[p + 2],
          block[p + 3],
          block[p + 4],
          block[p + 5],
          a[at],
          a[at + ps],
          a[at + 2 * ps],
          a[at + 3 * ps],
          a[at + 4 * ps],
          a[at + 5 * ps],
          line,
          n);
    }
    for (; p < k; p++) {
      addOne(block[p], a[ao + p * ps], line, n);
    }
  }

  private static void addSix(
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] b4,
      float[] b5,
      float a0,
      float a1,
      float a2,
      float a3,
      float a4,
      float a5,
      float[] c,
      int n) {
    for (int j = 0; j < n; j++) {
      float s = Fma.of(a0, b0[j], c[j]);
      s = Fma.of(a1, b1[j], s);
      s = Fma.of(a2, b2[j], s);
      s = Fma.of(a3, b3[j], s);
      s = Fma.of(a4, b4[j], s);
      c[j] = Fma.of(a5, b5[j], s);
    }
  }

  private static void addOne(float[] b, float a, float[] c, int n) {
    for (int j = 0; j < n; j++) {
      c[j] = Fma.of(a, b[j], c[j]);
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
      int yo,
      int ldy) {
    for (int p = 0; p < k; p++) {
      int from = xo + offsets[oo + p];
      int to = yo + p * ldy;
      for (int r = 3 * r0; r < 3 * r1; r += 3) {
        System.arraycopy(x, from + run[r], y, to + run[r + 1], run[r + 2]);
      }
    }
  }

  @Override
  public int lanes() {
    return 8;
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
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        dot(k, a, ao + i * lda, b, bo + rows[ro + j], jumps, sums, so + (i * n + j) * 8);
      }
    }
  }

  private static void dot(
      int k, float[] a, int ao, float[] b, int bo, int[] jumps, float[] sums, int so) {
    float s0 = sums[so];
    float s1 = sums[so + 1];
    float s2 = sums[so + 2];
    float s3 = sums[so + 3];
    float s4 = sums[so + 4];
    float s5 = sums[so + 5];
    float s6 = sums[so + 6];
    float s7 = sums[so + 7];
    int whole = k / 8;
    for (int q = 0; q < whole; q++) {
      int p = ao + 8 * q;
      int r = bo + jumps[q];
      s0 = Fma.of(a[p], b[r], s0);
      s1 = Fma.of(a[p + 1], b[r + 1], s1);
      s2 = Fma.of(a[p + 2], b[r + 2], s2);
      s3 = Fma.of(a[p + 3], b[r + 3], s3);
      s4 = Fma.of(a[p + 4], b[r + 4], s4);
      s5 = Fma.of(a[p + 5], b[r + 5], s5);
      s6 = Fma.of(a[p + 6], b[r + 6], s6);
      s7 = Fma.of(a[p + 7], b[r + 7], s7);
    }
    sums[so] = s0;
    sums[so + 1] = s1;
    sums[so + 2] = s2;
    sums[so + 3] = s3;
    sums[so + 4] = s4;
    sums[so + 5] = s5;
    sums[so + 6] = s6;
    sums[so + 7] = s7;
    for (int l = 0; l < k - 8 * whole; l++) {
      sums[so + l] = Fma.of(a[ao + 8 * whole + l], b[bo + jumps[whole] + l], sums[so + l]);
    }
  }
}
