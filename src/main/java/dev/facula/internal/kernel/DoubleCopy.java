package dev.facula.internal.kernel;

/** Copies that move elements to other places. */
final class DoubleCopy {
  /** A square of this side, read and written, stays in the first cache. */
  private static final int BLOCK = 16;

  private DoubleCopy() {}

  static void transpose(double[] x, int xo, int ldx, int m, int n, double[] y, int yo, int ldy) {
    for (int i0 = 0; i0 < m; i0 += BLOCK) {
      int i1 = Math.min(m, i0 + BLOCK);
      for (int j0 = 0; j0 < n; j0 += BLOCK) {
        int j1 = Math.min(n, j0 + BLOCK);
        for (int j = j0; j < j1; j++) {
          for (int i = i0; i < i1; i++) {
            y[yo + j * ldy + i] = x[xo + i * ldx + j];
          }
        }
      }
    }
  }

  static void gatherRows(
      double[] table, int to, int n, long[] index, int io, int count, double[] y, int yo) {
    for (int r = 0; r < count; r++) {
      System.arraycopy(table, to + (int) index[io + r] * n, y, yo + r * n, n);
    }
  }

  static void scatterAddRows(
      double[] x, int xo, int n, long[] index, int io, int count, double[] y, int yo) {
    for (int r = 0; r < count; r++) {
      int q = yo + (int) index[io + r] * n;
      DoubleBinary.add(y, q, x, xo + r * n, y, q, n);
    }
  }
}
