package dev.facula.internal.kernel;

/** Copies that move elements to other places. */
final class DoubleCopy {
  private DoubleCopy() {}

  /**
   * In squares of 8 x 8, whose lines stay in the cache until the next square has used their other
   * half, even where rows are a power of two apart and so compete for the same places there.
   */
  static void transpose(double[] x, int xo, int ldx, int m, int n, double[] y, int yo, int ldy) {
    int rows = m & -8;
    int columns = n & -8;
    for (int j = 0; j < columns; j += 8) {
      for (int i = 0; i < rows; i += 8) {
        square(x, xo + i * ldx + j, ldx, y, yo + j * ldy + i, ldy);
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = i < rows ? columns : 0; j < n; j++) {
        y[yo + j * ldy + i] = x[xo + i * ldx + j];
      }
    }
  }

  private static void square(double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int j = 0; j < 8; j++) {
      int p = xo + j;
      int q = yo + j * ldy;
      y[q] = x[p];
      y[q + 1] = x[p + ldx];
      y[q + 2] = x[p + 2 * ldx];
      y[q + 3] = x[p + 3 * ldx];
      y[q + 4] = x[p + 4 * ldx];
      y[q + 5] = x[p + 5 * ldx];
      y[q + 6] = x[p + 6 * ldx];
      y[q + 7] = x[p + 7 * ldx];
    }
  }
}
