package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The loops that all matrix products and convolutions are made of, on one thread. The left operand
 * is packed first, in a layout of the implementation's own; the right one is packed in strips of
 * columns, or its rows are where an index table says, so that the shifted images of a convolution
 * are multiplied where they are.
 *
 * <p>Each element of a product is one chain of fused multiply-adds in the order of k.
 */
public interface FloatProduct extends Tiles {
  /** Rows of the highest panel of any implementation; blocks of rows are multiples of it. */
  int PANEL = 14;

  /** Rows that are treated at once where m are left, those of a panel. */
  int panel(int m);

  /** Rows of A that are worth a task, where there are m. */
  default int taskRows(int m) {
    return 2 * PANEL;
  }

  /**
   * Packs the m x k matrix A, whose element (i, p) is {@code a[ao + i * rs + p * ps]}, to m * k
   * elements from {@code panels[po]} on, a panel after another: the rows of {@link #panel} of all
   * m, of what is left then, and so on. A panel of h rows holds h neighbours for each step of k.
   * Rows that do not all take part in a product are packed apart.
   */
  void packA(int m, int k, float[] a, int ao, int rs, int ps, float[] panels, int po);

  /**
   * Packs the k x n matrix B in strips of k rows of {@link #strip} columns, one strip after
   * another. Element (p, j) is {@code b[bo + p * ldb + j]}, or {@code b[bo + j * ldb + p]} if B is
   * transposed. Columns of the last strip that do not exist may become anything.
   */
  default void packB(
      boolean transposed, int k, int n, float[] b, int bo, int ldb, float[] strips, int so) {
    int strip = strip();
    for (int j = 0; j < n; j += strip) {
      int columns = Math.min(strip, n - j);
      int to = so + j * k;
      if (transposed) {
        transpose(b, bo + j * ldb, ldb, columns, k, strips, to, strip);
      } else {
        for (int p = 0; p < k; p++) {
          System.arraycopy(b, bo + p * ldb + j, strips, to + p * strip, columns);
        }
      }
    }
  }

  /**
   * C = Z + A B for an m x n matrix C with row stride ldc, k steps of a packed A that has {@code
   * ka}, from step {@code p0} on, and B in strips of k rows. Z may be C itself, or with ldz = 0 one
   * row that all of C begin with.
   */
  void multiplyStrips(
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
      int ldc);

  /**
   * The same for a B whose element (p, j) is {@code b[bo + rows[ro + p] + j]} and fewer rows than
   * {@link #PANEL}.
   */
  void multiplyRows(
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
      int ldc);

  /** The same for an A that is not packed: element (i, p) is {@code a[ao + i * rs + p * ps]}. */
  default void multiply(
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
    float[] panels = FloatScratch.get().array(FloatScratch.PANELS, m * k);
    packA(m, k, a, ao, rs, ps, panels, 0);
    multiplyRows(m, n, k, panels, 0, k, 0, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
  }

  /** Packs the m x k matrix A, with row stride lda, for {@link #lines}, to m * k elements. */
  default void packLines(int m, int k, float[] a, int ao, int lda, float[] panels, int po) {
    throw new UnsupportedOperationException();
  }

  /**
   * C = bias + A B for the lines of an image, A being packed and having a row for each channel of
   * C. Pixel j of line r of B is {@code b[bo + rows[ro + p] + r * ldb + j]} in step p of k; that of
   * channel i of C is {@code c[co + i * plane + r * ldc + j]}.
   */
  default void lines(
      int m,
      int lines,
      int columns,
      int k,
      float[] panels,
      int po,
      float[] b,
      int bo,
      int ldb,
      int[] rows,
      int ro,
      float @Nullable [] bias,
      int biasO,
      float[] c,
      int co,
      int plane,
      int ldc) {
    throw new UnsupportedOperationException();
  }

  /**
   * Copies the runs r0 to r1 - 1 of x, shifted by each of k offsets, to row p of y: run r, being
   * {@code run[3 r], run[3 r + 1], run[3 r + 2]}, takes {@code x[xo + from + offsets[oo + p] + i]}
   * to {@code y[yo + p * ldy + to + i]}, i &lt; length. The runs follow one another without gaps,
   * none longer than half a strip; so much behind the last run may be written in y, before the next
   * row is.
   */
  void gather(
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
      int ldy);

  /** y[i, j] = x[i, j * step] for m rows of n elements. */
  default void copy(
      int m, int n, float[] x, int xo, int ldx, int step, float[] y, int yo, int ldy) {
    for (int i = 0; i < m; i++) {
      int from = xo + i * ldx;
      int to = yo + i * ldy;
      if (step == 1) {
        System.arraycopy(x, from, y, to, n);
        continue;
      }
      for (int j = 0; j < n; j++) {
        y[to + j] = x[from + j * step];
      }
    }
  }

  /** C += X for m rows of n elements. */
  default void add(int m, int n, float[] x, int xo, int ldx, float[] c, int co, int ldc) {
    for (int i = 0; i < m; i++) {
      FloatBinary.addMultiple(1f, x, xo + i * ldx, c, co + i * ldc, n);
    }
  }

  /** y[p, i] = x[i, p] for m rows of n elements. */
  default void transpose(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy) {
    int i = 0;
    for (; i + 4 <= m; i += 4) { // four rows at a time, so that stores are dense
      int r0 = xo + i * ldx;
      int r1 = r0 + ldx;
      int r2 = r1 + ldx;
      int r3 = r2 + ldx;
      for (int p = 0, o = yo + i; p < n; p++, o += ldy) {
        y[o] = x[r0 + p];
        y[o + 1] = x[r1 + p];
        y[o + 2] = x[r2 + p];
        y[o + 3] = x[r3 + p];
      }
    }
    for (; i < m; i++) {
      for (int p = 0; p < n; p++) {
        y[yo + p * ldy + i] = x[xo + i * ldx + p];
      }
    }
  }

  /**
   * Adds to C[i, j], the sum over p of A[i, p] B[j, p], for m rows of A and n of B. A[i, p] is
   * {@code a[ao + i * lda + p]}; B[j, p] is {@code b[bo + rows[ro + j] + jumps[q] + l]} with q and
   * l the quotient and remainder of p and {@link #lanes()}. A result is kept as partial sums, that
   * of the terms with the same l being {@code sums[so + (i * n + j) * lanes() + l]}; {@link #total}
   * adds them up.
   */
  void addDots(
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
      int so);

  /** Sum of the partial sums of one result, by halves; overwrites them. */
  default float total(float[] sums, int so) {
    for (int half = lanes() / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        sums[so + l] += sums[so + half + l];
      }
    }
    return sums[so];
  }
}
