package dev.facula.internal.kernel;

import java.util.Arrays;

/** Copies that move elements to other places. */
public class FloatElements implements Elements<float[]> {
  private static final ThreadLocal<float[][]> BLOCKS =
      ThreadLocal.withInitial(() -> new float[3][BLOCK]);

  @Override
  public float[] block(int number) {
    return BLOCKS.get()[number];
  }

  @Override
  public void fill(float[] x, int xo, float[] y, int n) {
    Arrays.fill(y, 0, n, x[xo]);
  }

  @Override
  public void copy(float[] x, int xo, int xs, float[] y, int yo, int ys, int n) {
    if (xs == 1 && ys == 1) {
      System.arraycopy(x, xo, y, yo, n);
    } else if (xs == -1 && ys == 1) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = x[xo - i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i * ys] = x[xo + i * xs];
      }
    }
  }

  @Override
  public void take(float[] x, int xo, int[] at, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + at[i]];
    }
  }

  @Override
  public void put(float[] x, int[] at, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      x[at[i]] = y[yo + i];
    }
  }

  @Override
  public void add(float[] x, int[] at, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      x[at[i]] += y[yo + i];
    }
  }

  /**
   * In squares of 8 x 8, whose lines stay in the cache until the next square has used their other
   * half, even where rows are a power of two apart and so compete for the same places there.
   */
  @Override
  public void transpose(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy) {
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

  private static void square(float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
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
