package dev.facula.internal.kernel;

/**
 * The two loops that all matrix products and convolutions are made of, on one thread. The rows of
 * one operand lie wherever an index table says, so that the shifted images of a convolution are
 * multiplied where they are.
 */
public interface DoubleProduct {
  /** Columns that {@link #add} treats at once; B is packed in strips of this width. */
  int strip();

  /**
   * C[i, j] += sum over p of A[i, p] B[p, j] for an m x n matrix C with row stride ldc. A[i, p] is
   * {@code a[ao + i * rs + p * ps]} and B[p, j] is {@code b[bo + rows[ro + p] + j]}. Each element
   * is one chain of fused multiply-adds in the order of p.
   */
  void add(
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
      double[] c,
      int co,
      int ldc);

  /**
   * The same for a C of {@link #strip()} columns with a table of the steps of k: A[i, p] is {@code
   * a[ao + steps[2 (so + p)] + i * rs]} and B[p, j] is {@code b[bo + steps[2 (so + p) + 1] + j]}.
   */
  default void addSteps(
      int m,
      int k,
      double[] a,
      int ao,
      int rs,
      double[] b,
      int bo,
      int[] steps,
      int so,
      double[] c,
      int co,
      int ldc) {
    int n = strip();
    for (int i = 0; i < m; i++) {
      int row = co + i * ldc;
      for (int p = 2 * so; p < 2 * (so + k); p += 2) {
        double f = a[ao + steps[p] + i * rs];
        int q = bo + steps[p + 1];
        for (int j = 0; j < n; j++) {
          c[row + j] = Fma.of(f, b[q + j], c[row + j]);
        }
      }
    }
  }

  /**
   * Copies the runs r0 to r1 - 1 of x, shifted by each of k offsets, to row p of y: run r, being
   * {@code run[3 r], run[3 r + 1], run[3 r + 2]}, takes {@code x[xo + from + offsets[oo + p] + i]}
   * to {@code y[p * ldy + to + i]}, i &lt; length. The runs follow one another without gaps, none
   * longer than half a strip; so much behind the end of a run may be read in x and written in y.
   */
  void gather(
      int k,
      double[] x,
      int xo,
      int[] offsets,
      int oo,
      int r0,
      int r1,
      int[] run,
      double[] y,
      int ldy);

  /** y[p, i] = x[i, p] for m rows of n elements. */
  default void transpose(double[] x, int xo, int ldx, int m, int n, double[] y, int yo, int ldy) {
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

  /** Partial sums that {@link #addDots} keeps of each result. */
  int lanes();

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
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      double[] sums,
      int so);

  /** Sum of the partial sums of one result, by halves; overwrites them. */
  default double total(double[] sums, int so) {
    for (int half = lanes() / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        sums[so + l] += sums[so + half + l];
      }
    }
    return sums[so];
  }
}
