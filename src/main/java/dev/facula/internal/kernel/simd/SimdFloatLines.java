package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatScratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Products of lines of an image: cuts them into {@link SimdFloatLineTiles}. */
final class SimdFloatLines {
  private static final int L = SimdFloatTiles.L;

  /** State of the tiles by height. */
  private static final WarmUp[] WARM = WarmUp.upTo(6);

  /** What sums without a bias begin with. */
  private static final float[] ZEROS = new float[6];

  private SimdFloatLines() {}

  /** Rows of the next tile of a product, m being left. */
  private static int height(int m) {
    return m == 1 || m == 2 ? 1 : m == 3 ? 3 : m < 6 || m == 7 || m == 8 ? 4 : 6;
  }

  /** Packs the rows of weights in panels as high as the tiles. */
  static void pack(int m, int k, float[] a, int ao, int lda, float[] panels, int po) {
    for (int i = 0; i < m; ) {
      int height = height(m - i);
      SimdFloatProduct.plainPanel(height, 0, k, a, ao + i * lda, lda, 1, panels, po + i * k);
      i += height;
    }
  }

  /** See {@link FloatProduct#lines}. */
  static void multiply(
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
    int each = (columns + L - 1) / L;
    int vectors = lines * each;
    int[] from = FloatScratch.get().indices(FloatScratch.LINES, 8);
    for (int v = 0; v < vectors; v += 4) {
      for (int i = 0; i < 4; i++) {
        int u = Math.min(v + i, vectors - 1);
        int j = Math.min(u % each * L, columns - L);
        from[i] = bo + u / each * ldb + j;
        from[4 + i] = co + u / each * ldc + j;
      }
      for (int i = 0; i < m; ) {
        int height = height(m - i);
        float[] start = bias == null ? ZEROS : bias;
        int so = bias == null ? 0 : biasO + i;
        WarmUp warm = WARM[height];
        if (warm.hot()) {
          tile(height, k, panels, po + i * k, b, from, rows, ro, start, so, c, i * plane, plane);
        } else {
          cold(
              warm,
              height,
              k,
              panels,
              po + i * k,
              b,
              from,
              rows,
              ro,
              start,
              so,
              c,
              i * plane,
              plane);
        }
        i += height;
      }
    }
  }

  private static void tile(
      int height,
      int k,
      float[] a,
      int ao,
      float[] b,
      int[] from,
      int[] rows,
      int ro,
      float[] start,
      int so,
      float[] c,
      int co,
      int ldc) {
    int bx = from[0];
    int by = from[1];
    int bz = from[2];
    int bw = from[3];
    int cx = co + from[4];
    int cy = co + from[5];
    int cz = co + from[6];
    int cw = co + from[7];
    switch (height) {
      case 6 ->
          SimdFloatLineTiles.tile6(
              k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
      case 4 ->
          SimdFloatLineTiles.tile4(
              k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
      case 3 ->
          SimdFloatLineTiles.tile3(
              k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
      default ->
          SimdFloatLineTiles.tile1(
              k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
    }
  }

  /** A tile that may not be compiled yet: plain Java does its work again from the start. */
  private static void cold(
      WarmUp warm,
      int height,
      int k,
      float[] a,
      int ao,
      float[] b,
      int[] from,
      int[] rows,
      int ro,
      float[] begin,
      int bo,
      float[] c,
      int co,
      int ldc) {
    int head = warm.vectorsNext() ? warm.rounds(k) : 0;
    if (head > 0) {
      long start = warm.clock();
      tile(height, head, a, ao, b, from, rows, ro, begin, bo, c, co, ldc);
      warm.vectors(start, head);
    }
    long start = System.nanoTime();
    float[] sums = FloatScratch.get().array(FloatScratch.LINE, L);
    for (int v = 0; v < 4; v++) {
      for (int i = 0; i < height; i++) {
        Arrays.fill(sums, 0, L, begin[bo + i]);
        for (int p = 0; p < k; p++) {
          float f = a[ao + p * height + i];
          int q = from[v] + rows[ro + p];
          for (int j = 0; j < L; j++) {
            sums[j] = Math.fma(f, b[q + j], sums[j]);
          }
        }
        System.arraycopy(sums, 0, c, co + from[4 + v] + i * ldc, L);
      }
    }
    warm.scalars(start);
  }
}
