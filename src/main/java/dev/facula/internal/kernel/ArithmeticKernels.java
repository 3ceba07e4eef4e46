package dev.facula.internal.kernel;

/**
 * Elementwise arithmetic, comparisons and selection, y[i] = f(a[i], b[i]), for numbers of all
 * types.
 *
 * @param <A> the type of the arrays
 */
public interface ArithmeticKernels<A> {
  void add(A a, int ao, A b, int bo, A y, int yo, int n);

  void sub(A a, int ao, A b, int bo, A y, int yo, int n);

  void mul(A a, int ao, A b, int bo, A y, int yo, int n);

  /** Larger of the two; NaN if either is NaN. */
  void maximum(A a, int ao, A b, int bo, A y, int yo, int n);

  void minimum(A a, int ao, A b, int bo, A y, int yo, int n);

  void eq(A a, int ao, A b, int bo, byte[] y, int yo, int n);

  void ne(A a, int ao, A b, int bo, byte[] y, int yo, int n);

  void lt(A a, int ao, A b, int bo, byte[] y, int yo, int n);

  void le(A a, int ao, A b, int bo, byte[] y, int yo, int n);

  /** y[i] = c[i] != 0 ? a[i] : b[i]. */
  void where(byte[] c, int co, A a, int ao, A b, int bo, A y, int yo, int n);
}
