package dev.facula.internal.kernel;

import java.util.Arrays;

/**
 * Products in plain Java, written so that the compiler vectorises them: four steps of k are added
 * to a row of C, or to four, in one loop. C2 does so only where all operands have the same index in
 * arrays of their own, so a block of B and rows of C are copied there first. The block of B has to
 * stay in level 1, while rows of C pass through it. Vectors seldom begin where cache lines do, so
 * that each access counts twice: what is read of B should serve four rows. The loop of four rows is
 * more than C2 of JDK 17 vectorises.
 */
public final class ScalarDoubleProduct implements DoubleProduct {
  /** Columns of a block of B. */
  private static final int WIDTH = 2048 / Double.BYTES;

  /** Rows of a block of B, a multiple of four: with WIDTH columns 24 KiB. */
  private static final int DEPTH = 12;

  /** Rows of C that are copied at a time: with WIDTH columns 256 KiB, which level 2 holds. */
  private static final int HEIGHT = 128;

  /**
   * Elements of the longest vectors. A loop over a multiple of them has the fewest steps that are
   * not vectorised; what it does behind the last column goes nowhere.
   */
  private static final int LANES = 64 / Double.BYTES;

  /** Whether loops of four rows are vectorised. */
  private static final boolean FOUR_ROWS = Runtime.version().feature() >= 25;

  @Override
  public int strip() {
    return WIDTH;
  }

  @Override
  public int panel(int m) {
    return 1;
  }

  /** Each task copies B once more. */
  @Override
  public int taskRows(int m) {
    return Math.max(2 * PANEL, Math.min(m / 8, HEIGHT));
  }

  @Override
  public void packA(int m, int k, double[] a, int ao, int rs, int ps, double[] panels, int po) {
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
      double[] panels,
      int po,
      int ka,
      int p0,
      double[] strips,
      int so,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int[] rows = DoubleScratch.get().rows(DoubleScratch.EDGE_ROWS, k, WIDTH);
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
      double[] panels,
      int po,
      int ka,
      int p0,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    multiply(m, n, k, panels, po + p0, ka, 1, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
  }

  @Override
  public void multiply(
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
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    DoubleScratch scratch = DoubleScratch.get();
    int wide = Math.min((n + LANES - 1) / LANES * LANES, WIDTH);
    double[][] block = scratch.rowsOf(DoubleScratch.BLOCK, Math.min((k + 3) & -4, DEPTH), wide);
    double[][] lines = scratch.rowsOf(DoubleScratch.RESULT, Math.min(m, HEIGHT), wide);
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
          for (int d = depth; (d & 3) != 0; d++) {
            Arrays.fill(block[d], 0, width, 0.0);
          }
          int whole = (width + LANES - 1) / LANES * LANES;
          addBlock(height, depth, a, ao + i * rs + p * ps, rs, ps, block, lines, whole);
        }
        for (int r = 0; r < height; r++) {
          System.arraycopy(lines[r], 0, c, corner + r * ldc, width);
        }
      }
    }
  }

  /** Adds the products with a block of B, k being rounded up to steps of -0 times 0. */
  private static void addBlock(
      int m, int k, double[] a, int ao, int rs, int ps, double[][] block, double[][] lines, int n) {
    int i = 0;
    for (; FOUR_ROWS && i + 4 <= m; i += 4) {
      double[] l0 = lines[i];
      double[] l1 = lines[i + 1];
      double[] l2 = lines[i + 2];
      double[] l3 = lines[i + 3];
      for (int p = 0; p < k; p += 4) {
        int a0 = ao + i * rs + p * ps;
        int a1 = a0 + rs;
        int a2 = a1 + rs;
        int a3 = a2 + rs;
        int left = k - p;
        addFour(
            block[p],
            block[p + 1],
            block[p + 2],
            block[p + 3],
            a[a0],
            left > 1 ? a[a0 + ps] : -0.0,
            left > 2 ? a[a0 + 2 * ps] : -0.0,
            left > 3 ? a[a0 + 3 * ps] : -0.0,
            a[a1],
            left > 1 ? a[a1 + ps] : -0.0,
            left > 2 ? a[a1 + 2 * ps] : -0.0,
            left > 3 ? a[a1 + 3 * ps] : -0.0,
            a[a2],
            left > 1 ? a[a2 + ps] : -0.0,
            left > 2 ? a[a2 + 2 * ps] : -0.0,
            left > 3 ? a[a2 + 3 * ps] : -0.0,
            a[a3],
            left > 1 ? a[a3 + ps] : -0.0,
            left > 2 ? a[a3 + 2 * ps] : -0.0,
            left > 3 ? a[a3 + 3 * ps] : -0.0,
            l0,
            l1,
            l2,
            l3,
            n);
      }
    }
    for (; i < m; i++) {
      for (int p = 0; p < k; p += 4) {
        int at = ao + i * rs + p * ps;
        int left = k - p;
        addOne(
            block[p],
            block[p + 1],
            block[p + 2],
            block[p + 3],
            a[at],
            left > 1 ? a[at + ps] : -0.0,
            left > 2 ? a[at + 2 * ps] : -0.0,
            left > 3 ? a[at + 3 * ps] : -0.0,
            lines[i],
            n);
      }
    }
  }

  /** Adds four steps to four rows. */
  private static void addFour(
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double a00,
      double a01,
      double a02,
      double a03,
      double a10,
      double a11,
      double a12,
      double a13,
      double a20,
      double a21,
      double a22,
      double a23,
      double a30,
      double a31,
      double a32,
      double a33,
      double[] c0,
      double[] c1,
      double[] c2,
      double[] c3,
      int n) {
    for (int j = 0; j < n; j++) {
      double x0 = b0[j];
      double x1 = b1[j];
      double x2 = b2[j];
      double x3 = b3[j];
      c0[j] = Fma.of(a03, x3, Fma.of(a02, x2, Fma.of(a01, x1, Fma.of(a00, x0, c0[j]))));
      c1[j] = Fma.of(a13, x3, Fma.of(a12, x2, Fma.of(a11, x1, Fma.of(a10, x0, c1[j]))));
      c2[j] = Fma.of(a23, x3, Fma.of(a22, x2, Fma.of(a21, x1, Fma.of(a20, x0, c2[j]))));
      c3[j] = Fma.of(a33, x3, Fma.of(a32, x2, Fma.of(a31, x1, Fma.of(a30, x0, c3[j]))));
    }
  }

  /** Adds four steps to one row. */
  private static void addOne(
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double a0,
      double a1,
      double a2,
      double a3,
      double[] c,
      int n) {
    for (int j = 0; j < n; j++) {
      c[j] = Fma.of(a3, b3[j], Fma.of(a2, b2[j], Fma.of(a1, b1[j], Fma.of(a0, b0[j], c[j]))));
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
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        dot(k, a, ao + i * lda, b, bo + rows[ro + j], jumps, sums, so + (i * n + j) * 8);
      }
    }
  }

  private static void dot(
      int k, double[] a, int ao, double[] b, int bo, int[] jumps, double[] sums, int so) {
    double s0 = sums[so];
    double s1 = sums[so + 1];
    double s2 = sums[so + 2];
    double s3 = sums[so + 3];
    double s4 = sums[so + 4];
    double s5 = sums[so + 5];
    double s6 = sums[so + 6];
    double s7 = sums[so + 7];
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
