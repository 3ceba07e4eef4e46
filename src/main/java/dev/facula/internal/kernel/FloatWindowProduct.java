package dev.facula.internal.kernel;

/**
 * The inner loop of convolutions with few channels, on one thread: a product whose left operand
 * consists of windows, that is of neighbours in an image from a place for each step of k.
 */
public interface FloatWindowProduct {
  /** Elements of a vector; {@link #multiply} treats as many columns, or twice as many. */
  int lanes();

  /**
   * C[i, j] = Z[i, j] + the sum over p of {@code a[ao + starts[w] + offsets[oo + p] + r]} B[p, j]
   * with w and r the quotient and remainder of i and {@code width}, for a matrix C of {@code
   * windows * width} rows and n columns, n being {@link #lanes} or twice that. The rows of B follow
   * one another without gaps; those of Z and C are {@code ldz} and {@code ldc} apart, so that with
   * ldz = 0 all begin with one bias. Each element is one chain of fused multiply-adds in the order
   * of p.
   */
  void multiply(
      int windows,
      int width,
      int[] starts,
      int n,
      int k,
      float[] a,
      int ao,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc);

  /** The loops that copy and transpose matrices. */
  FloatProduct products();

  /** {@code y[yo + j * ldy + i] = x[xo + i * ldx + j]} for m rows and n columns of x. */
  void transpose(int m, int n, float[] x, int xo, int ldx, float[] y, int yo, int ldy);
}
