package dev.facula.internal.kernel;

/**
 * Samples of contiguous arrays at the places of a grid.
 *
 * @param <A> the type of the arrays
 */
public interface GridKernels<A> {
  /** y[n, c, p] = the sum of the cells around the place grid[n, p], by their weights. */
  void gridSample(GridShape s, A x, int xo, A grid, int go, A y, int yo);

  /** dx of zeros += the shares of the cells in the gradient g of y. */
  void gridSampleInputBackward(GridShape s, A grid, int go, A g, int gradientAt, A dx, int dxo);

  /** The gradient by the places. */
  void gridSampleGridBackward(
      GridShape s, A x, int xo, A grid, int go, A g, int gradientAt, A dGrid, int dgo);
}
