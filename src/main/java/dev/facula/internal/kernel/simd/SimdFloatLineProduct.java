package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdFloatTiles.L;

import org.jspecify.annotations.Nullable;

/** {@link SimdFloatProduct} with tiles of lines, which only {@code float} has. */
final class SimdFloatLineProduct extends SimdFloatProduct {
  @Override
  public boolean hasLines(int columns) {
    return SimdFloatTiles.MANY_REGISTERS && columns >= L;
  }

  @Override
  public void packLines(int m, int k, float[] a, int ao, int lda, float[] panels, int po) {
    SimdFloatLines.pack(m, k, a, ao, lda, panels, po);
  }

  @Override
  public void lines(
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
    SimdFloatLines.multiply(
        m, lines, columns, k, panels, po, b, bo, ldb, rows, ro, bias, biasO, c, co, plane, ldc);
  }
}
