package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdDoubleTiles.L;

import dev.facula.internal.kernel.DoubleProduct;
import dev.facula.internal.kernel.DoubleWindowProduct;

/** Cuts products with windows into the shapes of {@link SimdDoubleWindowTiles}. */
public final class SimdDoubleWindows implements DoubleWindowProduct {
  private static final SimdDoubleProduct PRODUCT = new SimdDoubleProduct();

  /** State of the tiles of one vector and of two, by their height. */
  private static final WarmUp[] WARM1 = WarmUp.upTo(10);

  private static final WarmUp[] WARM2 = WarmUp.upTo(10);

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public DoubleProduct products() {
    return PRODUCT;
  }

  @Override
  public void transpose(int m, int n, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    PRODUCT.transpose(x, xo, ldx, m, n, y, yo, ldy);
  }

  @Override
  public void multiply(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    for (int i = 0; i < m; ) {
      int height = height(m - i, n);
      WarmUp warm = (n == L ? WARM1 : WARM2)[height];
      int from = ao + i;
      int start = zo + i * ldz;
      int to = co + i * ldc;
      if (warm.hot()) {
        tile(height, n, k, a, from, offsets, oo, b, bo, z, start, ldz, c, to, ldc);
      } else {
        cold(warm, height, n, k, a, from, offsets, oo, b, bo, z, start, ldz, c, to, ldc);
      }
      i += height;
    }
  }

  /** Rows of the next tile, m being left. */
  private static int height(int m, int n) {
    if (m == 10 || m > 16 && SimdDoubleTiles.MANY_REGISTERS) {
      return SimdDoubleTiles.MANY_REGISTERS ? 10 : 5;
    }
    if (n > L && m >= 8 && m != 9 && SimdDoubleTiles.MANY_REGISTERS) {
      return 8;
    }
    return m >= 5 && m != 6 ? 5 : m >= 3 ? 3 : 1;
  }

  private static void tile(
      int height,
      int n,
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    if (n == L) {
      tile1(height, k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
    } else {
      tile2(height, k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
    }
  }

  private static void tile1(
      int height,
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    switch (height) {
      case 10 ->
          SimdDoubleWindowTiles.tile10x1(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 5 -> SimdDoubleWindowTiles.tile5x1(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 3 -> SimdDoubleWindowTiles.tile3x1(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      default ->
          SimdDoubleWindowTiles.tile1x1(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
    }
  }

  private static void tile2(
      int height,
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    switch (height) {
      case 10 ->
          SimdDoubleWindowTiles.tile10x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 8 -> SimdDoubleWindowTiles.tile8x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 5 -> SimdDoubleWindowTiles.tile5x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 3 -> SimdDoubleWindowTiles.tile3x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      default ->
          SimdDoubleWindowTiles.tile1x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
    }
  }

  /** A tile that may not be compiled yet: it takes the first steps of k, plain Java the others. */
  private static void cold(
      WarmUp warm,
      int height,
      int n,
      int k,
      double[] a,
      int ao,
      int[] offsets,
      int oo,
      double[] b,
      int bo,
      double[] z,
      int zo,
      int ldz,
      double[] c,
      int co,
      int ldc) {
    int head = warm.turn() ? warm.rounds(k) : 0;
    if (head > 0) {
      long start = warm.clock();
      tile(height, n, head, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      warm.vectors(start, head);
    }
    long start = System.nanoTime();
    for (int i = 0; i < height; i++) {
      int row = co + i * ldc;
      if (head == 0) {
        System.arraycopy(z, zo + i * ldz, c, row, n);
      }
      for (int p = head; p < k; p++) {
        double f = a[ao + offsets[oo + p] + i];
        for (int j = 0; j < n; j++) {
          c[row + j] = Math.fma(f, b[bo + p * n + j], c[row + j]);
        }
      }
    }
    warm.scalars(start);
  }
}
