package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatScratch;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Register tiles of convolutions with few channels: up to 6 rows of weights and four vectors of
 * pixels, which lie anywhere in lines of an image; step p of k reads them shifted by {@code rows[ro
 * + p]}. Vectors of a line may overlap, so that a line need not be a whole number of them: they
 * compute the same sums twice and store them in the same place. The packed weights are those of
 * {@link SimdFloatTiles}, element (i, p) at {@code a[ao + p * height + i]}; row i begins with
 * {@code start[so + i]}.
 *
 * <p>A shifted vector crosses from one cache line into the next and costs two accesses, so few rows
 * and two vectors keep the load units busier than the multipliers, and too few chains of additions
 * run at a time. 24 accumulators, 4 vectors and an element fill 29 registers.
 */
final class SimdFloatLineTiles {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  private static final int L = S.length();

  /** State of the tiles by height. */
  private static final WarmUp[] WARM = WarmUp.upTo(6);

  /** What sums without a bias begin with. */
  private static final float[] ZEROS = new float[6];

  private SimdFloatLineTiles() {}

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
      case 6 -> tile6(k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
      case 4 -> tile4(k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
      case 3 -> tile3(k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
      default -> tile1(k, a, ao, b, bx, by, bz, bw, rows, ro, start, so, c, cx, cy, cz, cw, ldc);
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
    int head = warm.turn() ? warm.rounds(k) : 0;
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

  static void tile6(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bx,
      int by,
      int bz,
      int bw,
      int[] rows,
      int ro,
      float[] start,
      int so,
      float[] c,
      int cx,
      int cy,
      int cz,
      int cw,
      int ldc) {
    FloatVector c0x = FloatVector.broadcast(S, start[so]);
    FloatVector c0y = c0x;
    FloatVector c0z = c0x;
    FloatVector c0w = c0x;
    FloatVector c1x = FloatVector.broadcast(S, start[so + 1]);
    FloatVector c1y = c1x;
    FloatVector c1z = c1x;
    FloatVector c1w = c1x;
    FloatVector c2x = FloatVector.broadcast(S, start[so + 2]);
    FloatVector c2y = c2x;
    FloatVector c2z = c2x;
    FloatVector c2w = c2x;
    FloatVector c3x = FloatVector.broadcast(S, start[so + 3]);
    FloatVector c3y = c3x;
    FloatVector c3z = c3x;
    FloatVector c3w = c3x;
    FloatVector c4x = FloatVector.broadcast(S, start[so + 4]);
    FloatVector c4y = c4x;
    FloatVector c4z = c4x;
    FloatVector c4w = c4x;
    FloatVector c5x = FloatVector.broadcast(S, start[so + 5]);
    FloatVector c5y = c5x;
    FloatVector c5z = c5x;
    FloatVector c5w = c5x;
    for (int p = 0; p < k; p++) {
      int q = rows[ro + p];
      int at = ao + p * 6;
      FloatVector x = FloatVector.fromArray(S, b, bx + q);
      FloatVector y = FloatVector.fromArray(S, b, by + q);
      FloatVector z = FloatVector.fromArray(S, b, bz + q);
      FloatVector w = FloatVector.fromArray(S, b, bw + q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(x, c0x);
      c0y = a0.fma(y, c0y);
      c0z = a0.fma(z, c0z);
      c0w = a0.fma(w, c0w);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(x, c1x);
      c1y = a1.fma(y, c1y);
      c1z = a1.fma(z, c1z);
      c1w = a1.fma(w, c1w);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(x, c2x);
      c2y = a2.fma(y, c2y);
      c2z = a2.fma(z, c2z);
      c2w = a2.fma(w, c2w);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(x, c3x);
      c3y = a3.fma(y, c3y);
      c3z = a3.fma(z, c3z);
      c3w = a3.fma(w, c3w);
      FloatVector a4 = FloatVector.broadcast(S, a[at + 4]);
      c4x = a4.fma(x, c4x);
      c4y = a4.fma(y, c4y);
      c4z = a4.fma(z, c4z);
      c4w = a4.fma(w, c4w);
      FloatVector a5 = FloatVector.broadcast(S, a[at + 5]);
      c5x = a5.fma(x, c5x);
      c5y = a5.fma(y, c5y);
      c5z = a5.fma(z, c5z);
      c5w = a5.fma(w, c5w);
    }
    c0x.intoArray(c, cx);
    c0y.intoArray(c, cy);
    c0z.intoArray(c, cz);
    c0w.intoArray(c, cw);
    c1x.intoArray(c, cx + ldc);
    c1y.intoArray(c, cy + ldc);
    c1z.intoArray(c, cz + ldc);
    c1w.intoArray(c, cw + ldc);
    c2x.intoArray(c, cx + 2 * ldc);
    c2y.intoArray(c, cy + 2 * ldc);
    c2z.intoArray(c, cz + 2 * ldc);
    c2w.intoArray(c, cw + 2 * ldc);
    c3x.intoArray(c, cx + 3 * ldc);
    c3y.intoArray(c, cy + 3 * ldc);
    c3z.intoArray(c, cz + 3 * ldc);
    c3w.intoArray(c, cw + 3 * ldc);
    c4x.intoArray(c, cx + 4 * ldc);
    c4y.intoArray(c, cy + 4 * ldc);
    c4z.intoArray(c, cz + 4 * ldc);
    c4w.intoArray(c, cw + 4 * ldc);
    c5x.intoArray(c, cx + 5 * ldc);
    c5y.intoArray(c, cy + 5 * ldc);
    c5z.intoArray(c, cz + 5 * ldc);
    c5w.intoArray(c, cw + 5 * ldc);
  }

  static void tile4(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bx,
      int by,
      int bz,
      int bw,
      int[] rows,
      int ro,
      float[] start,
      int so,
      float[] c,
      int cx,
      int cy,
      int cz,
      int cw,
      int ldc) {
    FloatVector c0x = FloatVector.broadcast(S, start[so]);
    FloatVector c0y = c0x;
    FloatVector c0z = c0x;
    FloatVector c0w = c0x;
    FloatVector c1x = FloatVector.broadcast(S, start[so + 1]);
    FloatVector c1y = c1x;
    FloatVector c1z = c1x;
    FloatVector c1w = c1x;
    FloatVector c2x = FloatVector.broadcast(S, start[so + 2]);
    FloatVector c2y = c2x;
    FloatVector c2z = c2x;
    FloatVector c2w = c2x;
    FloatVector c3x = FloatVector.broadcast(S, start[so + 3]);
    FloatVector c3y = c3x;
    FloatVector c3z = c3x;
    FloatVector c3w = c3x;
    for (int p = 0; p < k; p++) {
      int q = rows[ro + p];
      int at = ao + p * 4;
      FloatVector x = FloatVector.fromArray(S, b, bx + q);
      FloatVector y = FloatVector.fromArray(S, b, by + q);
      FloatVector z = FloatVector.fromArray(S, b, bz + q);
      FloatVector w = FloatVector.fromArray(S, b, bw + q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(x, c0x);
      c0y = a0.fma(y, c0y);
      c0z = a0.fma(z, c0z);
      c0w = a0.fma(w, c0w);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(x, c1x);
      c1y = a1.fma(y, c1y);
      c1z = a1.fma(z, c1z);
      c1w = a1.fma(w, c1w);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(x, c2x);
      c2y = a2.fma(y, c2y);
      c2z = a2.fma(z, c2z);
      c2w = a2.fma(w, c2w);
      FloatVector a3 = FloatVector.broadcast(S, a[at + 3]);
      c3x = a3.fma(x, c3x);
      c3y = a3.fma(y, c3y);
      c3z = a3.fma(z, c3z);
      c3w = a3.fma(w, c3w);
    }
    c0x.intoArray(c, cx);
    c0y.intoArray(c, cy);
    c0z.intoArray(c, cz);
    c0w.intoArray(c, cw);
    c1x.intoArray(c, cx + ldc);
    c1y.intoArray(c, cy + ldc);
    c1z.intoArray(c, cz + ldc);
    c1w.intoArray(c, cw + ldc);
    c2x.intoArray(c, cx + 2 * ldc);
    c2y.intoArray(c, cy + 2 * ldc);
    c2z.intoArray(c, cz + 2 * ldc);
    c2w.intoArray(c, cw + 2 * ldc);
    c3x.intoArray(c, cx + 3 * ldc);
    c3y.intoArray(c, cy + 3 * ldc);
    c3z.intoArray(c, cz + 3 * ldc);
    c3w.intoArray(c, cw + 3 * ldc);
  }

  static void tile3(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bx,
      int by,
      int bz,
      int bw,
      int[] rows,
      int ro,
      float[] start,
      int so,
      float[] c,
      int cx,
      int cy,
      int cz,
      int cw,
      int ldc) {
    FloatVector c0x = FloatVector.broadcast(S, start[so]);
    FloatVector c0y = c0x;
    FloatVector c0z = c0x;
    FloatVector c0w = c0x;
    FloatVector c1x = FloatVector.broadcast(S, start[so + 1]);
    FloatVector c1y = c1x;
    FloatVector c1z = c1x;
    FloatVector c1w = c1x;
    FloatVector c2x = FloatVector.broadcast(S, start[so + 2]);
    FloatVector c2y = c2x;
    FloatVector c2z = c2x;
    FloatVector c2w = c2x;
    for (int p = 0; p < k; p++) {
      int q = rows[ro + p];
      int at = ao + p * 3;
      FloatVector x = FloatVector.fromArray(S, b, bx + q);
      FloatVector y = FloatVector.fromArray(S, b, by + q);
      FloatVector z = FloatVector.fromArray(S, b, bz + q);
      FloatVector w = FloatVector.fromArray(S, b, bw + q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(x, c0x);
      c0y = a0.fma(y, c0y);
      c0z = a0.fma(z, c0z);
      c0w = a0.fma(w, c0w);
      FloatVector a1 = FloatVector.broadcast(S, a[at + 1]);
      c1x = a1.fma(x, c1x);
      c1y = a1.fma(y, c1y);
      c1z = a1.fma(z, c1z);
      c1w = a1.fma(w, c1w);
      FloatVector a2 = FloatVector.broadcast(S, a[at + 2]);
      c2x = a2.fma(x, c2x);
      c2y = a2.fma(y, c2y);
      c2z = a2.fma(z, c2z);
      c2w = a2.fma(w, c2w);
    }
    c0x.intoArray(c, cx);
    c0y.intoArray(c, cy);
    c0z.intoArray(c, cz);
    c0w.intoArray(c, cw);
    c1x.intoArray(c, cx + ldc);
    c1y.intoArray(c, cy + ldc);
    c1z.intoArray(c, cz + ldc);
    c1w.intoArray(c, cw + ldc);
    c2x.intoArray(c, cx + 2 * ldc);
    c2y.intoArray(c, cy + 2 * ldc);
    c2z.intoArray(c, cz + 2 * ldc);
    c2w.intoArray(c, cw + 2 * ldc);
  }

  static void tile1(
      int k,
      float[] a,
      int ao,
      float[] b,
      int bx,
      int by,
      int bz,
      int bw,
      int[] rows,
      int ro,
      float[] start,
      int so,
      float[] c,
      int cx,
      int cy,
      int cz,
      int cw,
      int ldc) {
    FloatVector c0x = FloatVector.broadcast(S, start[so]);
    FloatVector c0y = c0x;
    FloatVector c0z = c0x;
    FloatVector c0w = c0x;
    for (int p = 0; p < k; p++) {
      int q = rows[ro + p];
      int at = ao + p;
      FloatVector x = FloatVector.fromArray(S, b, bx + q);
      FloatVector y = FloatVector.fromArray(S, b, by + q);
      FloatVector z = FloatVector.fromArray(S, b, bz + q);
      FloatVector w = FloatVector.fromArray(S, b, bw + q);
      FloatVector a0 = FloatVector.broadcast(S, a[at]);
      c0x = a0.fma(x, c0x);
      c0y = a0.fma(y, c0y);
      c0z = a0.fma(z, c0z);
      c0w = a0.fma(w, c0w);
    }
    c0x.intoArray(c, cx);
    c0y.intoArray(c, cy);
    c0z.intoArray(c, cz);
    c0w.intoArray(c, cw);
  }
}
