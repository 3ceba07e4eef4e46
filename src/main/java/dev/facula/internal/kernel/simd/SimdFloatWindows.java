package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdFloatTiles.L;

import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatWindowProduct;

/** Cuts products with windows into the shapes of {@link SimdFloatWindowTiles}. */
public final class SimdFloatWindows implements FloatWindowProduct {
  private static final SimdFloatProduct PRODUCT = new SimdFloatProduct();

  /** Neighbours that a tile of one vector takes from each of its windows. */
  private static final int FIVE = 5;

  /** State of the tiles of one vector and of two, by their rows. */
  private static final WarmUp[] WARM1 = WarmUp.upTo(5 * FIVE);

  private static final WarmUp[] WARM2 = WarmUp.upTo(10);

  private static final WarmUp WARM_RUNS = new WarmUp();

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public FloatProduct products() {
    return PRODUCT;
  }

  @Override
  public void transpose(int m, int n, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    PRODUCT.transpose(x, xo, ldx, m, n, y, yo, ldy);
  }

  @Override
  public void multiply(
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
      int ldc) {
    int fives = n > L ? 0 : width % FIVE == 1 ? width / FIVE - 1 : width / FIVE;
    int step = fives > 0 && k % FIVE == 0 && areRuns(k, offsets, oo) ? FIVE : 1;
    if (fives > 0 && fives * FIVE == width) {
      fives(0, windows, fives, starts, step, k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      return;
    }
    for (int w = 0; w < windows; w++) {
      int row = w * width;
      if (fives > 0) {
        int start = zo + row * ldz;
        int to = co + row * ldc;
        fives(w, 1, fives, starts, step, k, a, ao, offsets, oo, b, bo, z, start, ldz, c, to, ldc);
      }
      for (int i = Math.max(fives, 0) * FIVE; i < width; ) {
        int height = height(width - i, n);
        int p = ao + starts[w] + i;
        int start = zo + (row + i) * ldz;
        int to = co + (row + i) * ldc;
        run(height, n, 1, k, a, p, p, p, p, p, offsets, oo, b, bo, z, start, ldz, c, to, ldc);
        i += height;
      }
    }
  }

  /** Whether all offsets are in runs of five that follow one another. */
  private static boolean areRuns(int k, int[] offsets, int oo) {
    for (int p = oo; p < oo + k; p += FIVE) {
      int o = offsets[p];
      if (offsets[p + 1] != o + 1
          || offsets[p + 2] != o + 2
          || offsets[p + 3] != o + 3
          || offsets[p + 4] != o + 4) {
        return false;
      }
    }
    return true;
  }

  /** Windows from {@code first} on, each cut into some of {@link #FIVE} rows. */
  private static void fives(
      int first,
      int windows,
      int cuts,
      int[] starts,
      int step,
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
      int ldc) {
    int all = windows * cuts;
    for (int f = 0; f < all; ) {
      int left = SimdFloatTiles.MANY_REGISTERS ? all - f : 1;
      int count = left >= 5 && step == 1 ? 5 : left >= 2 ? 2 : 1;
      int last = f + count - 1;
      int p0 = ao + place(f, first, cuts, starts);
      int p1 = ao + place(Math.min(f + 1, last), first, cuts, starts);
      int p2 = ao + place(Math.min(f + 2, last), first, cuts, starts);
      int p3 = ao + place(Math.min(f + 3, last), first, cuts, starts);
      int p4 = ao + place(last, first, cuts, starts);
      int start = zo + f * FIVE * ldz;
      int to = co + f * FIVE * ldc;
      int height = count * FIVE;
      int steps = count == 2 ? step : 1;
      run(
          height, L, steps, k, a, p0, p1, p2, p3, p4, offsets, oo, b, bo, z, start, ldz, c, to,
          ldc);
      f += count;
    }
  }

  private static int place(int five, int first, int cuts, int[] starts) {
    return starts[first + five / cuts] + five % cuts * FIVE;
  }

  /** Rows of the next tile, m being left. */
  private static int height(int m, int n) {
    if (n > L && SimdFloatTiles.MANY_REGISTERS) {
      if (m == 10 || m > 16) {
        return 10;
      }
      if (m >= 8 && m != 9) {
        return 8;
      }
    }
    return n > L && m >= 5 && m != 6 ? 5 : m >= 3 ? 3 : 1;
  }

  /** One tile, whose windows begin at p0, p1, ..., and which takes some steps of k at a time. */
  private static void run(
      int height,
      int n,
      int step,
      int k,
      float[] a,
      int p0,
      int p1,
      int p2,
      int p3,
      int p4,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    WarmUp warm = step > 1 ? WARM_RUNS : (n == L ? WARM1 : WARM2)[height];
    if (warm.hot()) {
      tile(height, n, step, k, a, p0, p1, p2, p3, p4, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      return;
    }
    // It takes the first steps of k, plain Java the others.
    int head = warm.vectorsNext() ? warm.rounds(k / step) * step : 0;
    if (head > 0) {
      long start = warm.clock();
      tile(
          height, n, step, head, a, p0, p1, p2, p3, p4, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      warm.vectors(start, head / step);
    }
    long start = System.nanoTime();
    for (int i = 0; i < height; i++) {
      int five = n == L ? i / FIVE : 0;
      int from = five == 0 ? p0 : five == 1 ? p1 : five == 2 ? p2 : five == 3 ? p3 : p4;
      int row = co + i * ldc;
      if (head == 0) {
        System.arraycopy(z, zo + i * ldz, c, row, n);
      }
      for (int p = head; p < k; p++) {
        float f = a[from + offsets[oo + p] + i - five * FIVE];
        for (int j = 0; j < n; j++) {
          c[row + j] = Math.fma(f, b[bo + p * n + j], c[row + j]);
        }
      }
    }
    warm.scalars(start);
  }

  private static void tile(
      int height,
      int n,
      int step,
      int k,
      float[] a,
      int p0,
      int p1,
      int p2,
      int p3,
      int p4,
      int[] offsets,
      int oo,
      float[] b,
      int bo,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    if (n > L) {
      tile2(height, k, a, p0, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      return;
    }
    if (step > 1) {
      SimdFloatWindowTiles.tile10x1x5(k, a, p0, p1, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      return;
    }
    switch (height) {
      case 25 ->
          SimdFloatWindowTiles.tile25x1(
              k, a, p0, p1, p2, p3, p4, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 10 ->
          SimdFloatWindowTiles.tile10x1(k, a, p0, p1, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 5 -> SimdFloatWindowTiles.tile5x1(k, a, p0, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 3 -> SimdFloatWindowTiles.tile3x1(k, a, p0, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      default -> SimdFloatWindowTiles.tile1x1(k, a, p0, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
    }
  }

  private static void tile2(
      int height,
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
      int ldc) {
    switch (height) {
      case 10 ->
          SimdFloatWindowTiles.tile10x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 8 -> SimdFloatWindowTiles.tile8x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 5 -> SimdFloatWindowTiles.tile5x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      case 3 -> SimdFloatWindowTiles.tile3x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
      default -> SimdFloatWindowTiles.tile1x2(k, a, ao, offsets, oo, b, bo, z, zo, ldz, c, co, ldc);
    }
  }
}
