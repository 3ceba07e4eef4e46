package dev.facula.internal.kernel;

/**
 * Moving the elements of arrays, of numbers of all types.
 *
 * @param <A> the type of the arrays
 */
public interface Elements<A> {
  /** Elements of a {@link #block}. */
  int BLOCK = 1024;

  /** One of three arrays of {@link #BLOCK} elements that the calling thread may work in. */
  A block(int number);

  /** The first n elements of y = x[xo]. */
  void fill(A x, int xo, A y, int n);

  /** y[yo + i ys] = x[xo + i xs]. */
  void copy(A x, int xo, int xs, A y, int yo, int ys, int n);

  /** y[j, i] = x[i, j] for an m x n matrix x with row stride ldx, and row stride ldy of y. */
  void transpose(A x, int xo, int ldx, int m, int n, A y, int yo, int ldy);

  /** y[yo + i] = x[xo + at[i]]. */
  void take(A x, int xo, int[] at, A y, int yo, int n);

  /** x[at[i]] = y[yo + i]; of equal places the last one wins. */
  void put(A x, int[] at, A y, int yo, int n);

  /** x[at[i]] += y[yo + i]; places may repeat. */
  void add(A x, int[] at, A y, int yo, int n);
}
