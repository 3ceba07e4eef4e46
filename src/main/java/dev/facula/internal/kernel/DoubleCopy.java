package dev.facula.internal.kernel;

/** Copies that move elements to other places. */
final class DoubleCopy {
  /** Side of the squares that a transpose moves: a cache line of double. */
  private static final int SIDE = 16;

  private static final ThreadLocal<double[]> SQUARE =
      ThreadLocal.withInitial(() -> new double[SIDE * SIDE]);

  private DoubleCopy() {}

  /**
   * Square by square, each turned on its way into scratch memory, so that a line of x or y is
   * touched once: where rows are a power of two apart, the lines of a square all compete for a few
   * places in the cache.
   */
  static void transpose(double[] x, int xo, int ldx, int m, int n, double[] y, int yo, int ldy) {
    double[] square = SQUARE.get();
    for (int i0 = 0; i0 < m; i0 += SIDE) {
      int rows = Math.min(SIDE, m - i0);
      for (int j0 = 0; j0 < n; j0 += SIDE) {
        int columns = Math.min(SIDE, n - j0);
        for (int i = 0; i < rows; i++) {
          int from = xo + (i0 + i) * ldx + j0;
          for (int j = 0; j < columns; j++) {
            square[j * SIDE + i] = x[from + j];
          }
        }
        for (int j = 0; j < columns; j++) {
          int to = yo + (j0 + j) * ldy + i0;
          for (int i = 0; i < rows; i++) {
            y[to + i] = square[j * SIDE + i];
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
