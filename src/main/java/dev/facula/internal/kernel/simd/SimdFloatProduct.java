package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.simd.SimdFloatTiles.L;

import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatScratch;
import dev.facula.internal.kernel.ScalarFloatProduct;
import org.jspecify.annotations.Nullable;

/**
 * Products by register tiles: cuts a matrix into the shapes of {@link SimdFloatTiles}. The rows of
 * A are packed in panels as high as the tiles, one after another, so that a panel of rows from i on
 * begins at i * k. Loading this class does not touch vectors, which would take a while.
 */
class SimdFloatProduct implements FloatProduct {
  private static final SimdFloatBinary BINARY = new SimdFloatBinary();

  /** Steps of k in one go where rows of B are read in place. */
  private static final int DEPTH = 512;

  private static final FloatProduct PLAIN = new ScalarFloatProduct();

  /** State of the tiles by vectors and height, for strips and for rows anywhere. */
  private static final WarmUp[][] WARM_STRIPS = {WarmUp.upTo(PANEL), WarmUp.upTo(PANEL)};

  private static final WarmUp WARM_DOTS = new WarmUp();

  private static final WarmUp[][] WARM_ROWS = {WarmUp.upTo(PANEL), WarmUp.upTo(PANEL)};

  private static final WarmUp WARM_TRANSPOSE = new WarmUp();

  /** State of the loops that pack A, by the direction in which its elements are neighbours. */
  private static final WarmUp WARM_PANELS = new WarmUp();

  private static final WarmUp WARM_COLUMNS = new WarmUp();

  @Override
  public int strip() {
    return 2 * L;
  }

  @Override
  public int panel(int m) {
    return height(m);
  }

  private static int height(int m) {
    if (SimdFloatTiles.MANY_REGISTERS) {
      if (m >= PANEL && m != 16 && m != 17) { // those are better halved
        return PANEL;
      }
      if (m >= 8) {
        return 8;
      }
    }
    return m >= 6 ? 6 : m >= 4 ? 4 : m >= 2 ? 2 : 1;
  }

  @Override
  public void packA(int m, int k, float[] a, int ao, int rs, int ps, float[] panels, int po) {
    for (int i = 0; i < m; ) {
      int height = height(m - i);
      int from = ao + i * rs;
      int to = po + i * k;
      if (height == 1 && ps == 1) {
        System.arraycopy(a, from, panels, to, k);
      } else if (rs != 1 && ps != 1) {
        plainPanel(height, 0, k, a, from, rs, ps, panels, to);
      } else {
        WarmUp warm = rs == 1 ? WARM_COLUMNS : WARM_PANELS;
        if (warm.hot()) {
          packPanel(height, k, a, from, rs, ps, panels, to);
        } else {
          coldPanel(warm, height, k, a, from, rs, ps, panels, to);
        }
      }
      i += height;
    }
  }

  private static void packPanel(
      int height, int k, float[] a, int ao, int rs, int ps, float[] panel, int po) {
    int done = SimdFloatPanels.pack(height, k, a, ao, rs, ps, panel, po);
    plainPanel(height, done, k, a, ao, rs, ps, panel, po);
  }

  static void plainPanel(
      int height, int from, int k, float[] a, int ao, int rs, int ps, float[] panel, int po) {
    for (int i = 0; i < height; i++) {
      for (int p = from; p < k; p++) {
        panel[po + p * height + i] = a[ao + i * rs + p * ps];
      }
    }
  }

  private static void coldPanel(
      WarmUp warm, int height, int k, float[] a, int ao, int rs, int ps, float[] panel, int po) {
    int head = 0;
    if (warm.vectorsNext()) {
      int columns = rs == 1 ? 1 : SimdFloatTranspose.COLUMNS; // of a round
      int wanted = columns * warm.rounds(k);
      long start = warm.clock();
      head = SimdFloatPanels.pack(height, Math.min(k, wanted), a, ao, rs, ps, panel, po);
      warm.vectors(start, head / columns);
    }
    long start = System.nanoTime();
    plainPanel(height, head, k, a, ao, rs, ps, panel, po);
    warm.scalars(start);
  }

  @Override
  public void packB(
      boolean transposed, int k, int n, float[] b, int bo, int ldb, float[] strips, int so) {
    int whole = transposed || !WarmUp.done() ? 0 : n - n % (2 * L);
    SimdFloatPanels.strips(k, whole, b, bo, ldb, strips, so);
    int rest = transposed ? bo + whole * ldb : bo + whole;
    FloatProduct.super.packB(transposed, k, n - whole, b, rest, ldb, strips, so + whole * k);
  }

  @Override
  public void multiplyStrips(
      int m,
      int n,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] strips,
      int so,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    for (int j = 0; j < n; j += 2 * L) {
      int columns = Math.min(2 * L, n - j);
      int at = so + j * k;
      columns(
          m, columns, k, panels, po, ka, p0, strips, at, null, 0, z, zo + j, ldz, c, co + j, ldc);
    }
  }

  /**
   * Columns of B for many rows of A are packed; the others in pieces of rows that the tiles for
   * rows anywhere take at once.
   */
  @Override
  public void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int rs,
      int ps,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int packed = m >= 2 * PANEL && WarmUp.done() ? n - n % (2 * L) : 0;
    if (packed > 0) {
      FloatScratch scratch = FloatScratch.get();
      float[] panels = scratch.array(FloatScratch.PANELS, m * k);
      float[] strip = scratch.aligned(FloatScratch.PACK_B, Math.min(k, DEPTH) * 2 * L);
      int so = FloatScratch.ALIGNED;
      packA(m, k, a, ao, rs, ps, panels, 0);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        float[] start = p == 0 ? z : c;
        int from = p == 0 ? zo : co;
        int ld = p == 0 ? ldz : ldc;
        for (int j = 0; j < packed; j += 2 * L) {
          SimdFloatGather.gather2(depth, b, bo + j, bo + j + L, rows, ro + p, strip, so, 2 * L);
          multiplyStrips(
              m, 2 * L, depth, panels, 0, k, p, strip, so, start, from + j, ld, c, co + j, ldc);
        }
      }
    }
    int piece = SimdFloatTiles.MANY_REGISTERS ? 8 : 6;
    for (int i = 0; i < m && packed < n; i += piece) {
      int height = Math.min(piece, m - i);
      FloatProduct.super.multiply(
          height,
          n - packed,
          k,
          a,
          ao + i * rs,
          rs,
          ps,
          b,
          bo + packed,
          rows,
          ro,
          z,
          zo + i * ldz + packed,
          ldz,
          c,
          co + i * ldc + packed,
          ldc);
    }
  }

  @Override
  public void multiplyRows(
      int m,
      int n,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    for (int p = 0; p < k; p += DEPTH) {
      boolean first = p == 0;
      for (int j = 0; j < n; j += 2 * L) {
        columns(
            m,
            Math.min(2 * L, n - j),
            Math.min(DEPTH, k - p),
            panels,
            po,
            ka,
            p0 + p,
            b,
            bo + j,
            rows,
            ro + p,
            first ? z : c,
            first ? zo + j : co + j,
            first ? ldz : ldc,
            c,
            co + j,
            ldc);
      }
    }
  }

  /** At most two vectors of columns. */
  private static void columns(
      int m,
      int n,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] b,
      int bo,
      int @Nullable [] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    if (n == 2 * L || n == L) {
      rows(m, n / L, k, panels, po, ka, p0, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
    } else {
      edge(m, n, k, panels, po, ka, p0, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
    }
  }

  /** Goes down the rows of one or two vectors of columns. */
  private static void rows(
      int m,
      int vectors,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] b,
      int bo,
      int @Nullable [] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    WarmUp[] warm = (rows == null ? WARM_STRIPS : WARM_ROWS)[vectors - 1];
    for (int i = 0; i < m; ) {
      int height = height(m - i);
      int at = po + i * ka + p0 * height;
      int from = zo + i * ldz;
      int to = co + i * ldc;
      WarmUp state = warm[height];
      if (state.hot()) {
        tile(height, vectors, k, panels, at, b, bo, rows, ro, z, from, ldz, c, to, ldc);
      } else {
        cold(state, height, vectors, k, panels, at, b, bo, rows, ro, z, from, ldz, c, to, ldc);
      }
      i += height;
    }
  }

  private static void tile(
      int height,
      int vectors,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int @Nullable [] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    if (rows != null) {
      rowTile(height, vectors, k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
    } else if (vectors == 2) {
      switch (height) {
        case 14 -> SimdFloatTiles.tile14x2(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 8 -> SimdFloatTiles.tile8x2(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 6 -> SimdFloatTiles.tile6x2(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 4 -> SimdFloatTiles.tile4x2(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 2 -> SimdFloatTiles.tile2x2(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        default -> SimdFloatTiles.tile1x2(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
      }
    } else {
      switch (height) {
        case 14 -> SimdFloatTiles.tile14x1(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 8 -> SimdFloatTiles.tile8x1(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 6 -> SimdFloatTiles.tile6x1(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 4 -> SimdFloatTiles.tile4x1(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        case 2 -> SimdFloatTiles.tile2x1(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
        default -> SimdFloatTiles.tile1x1(k, a, ao, b, bo, z, zo, ldz, c, co, ldc);
      }
    }
  }

  private static void rowTile(
      int height,
      int vectors,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    if (vectors == 2) {
      switch (height) {
        case 8 -> SimdFloatRowTiles.tile8x2(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        case 6 -> SimdFloatRowTiles.tile6x2(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        case 4 -> SimdFloatRowTiles.tile4x2(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        case 2 -> SimdFloatRowTiles.tile2x2(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        default -> SimdFloatRowTiles.tile1x2(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
      }
    } else {
      switch (height) {
        case 8 -> SimdFloatRowTiles.tile8x1(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        case 6 -> SimdFloatRowTiles.tile6x1(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        case 4 -> SimdFloatRowTiles.tile4x1(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        case 2 -> SimdFloatRowTiles.tile2x1(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
        default -> SimdFloatRowTiles.tile1x1(k, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
      }
    }
  }

  /** A tile that may not be compiled yet: it takes the first steps of k, plain Java the others. */
  private static void cold(
      WarmUp warm,
      int height,
      int vectors,
      int k,
      float[] a,
      int ao,
      float[] b,
      int bo,
      int @Nullable [] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int head = warm.vectorsNext() ? warm.rounds(k) : 0;
    if (head > 0) {
      long start = warm.clock();
      tile(height, vectors, head, a, ao, b, bo, rows, ro, z, zo, ldz, c, co, ldc);
      warm.vectors(start, head);
    }
    if (head < k || k == 0) {
      long start = System.nanoTime();
      int[] steps = rows;
      int from = ro;
      if (steps == null) {
        steps = FloatScratch.get().rows(FloatScratch.STEPS, k, 2 * L);
        from = 0;
      }
      int at = ao + head * height;
      boolean begun = head > 0;
      PLAIN.multiply(
          height,
          vectors * L,
          k - head,
          a,
          at,
          1,
          height,
          b,
          bo,
          steps,
          from + head,
          begun ? c : z,
          begun ? co : zo,
          begun ? ldc : ldz,
          c,
          co,
          ldc);
      warm.scalars(start);
    }
  }

  /**
   * Columns that do not fill their last vector. C goes through a copy of full width. What stands
   * behind the columns of B is read and its sums are thrown away; only where that would be behind
   * the end of the array B is copied, too.
   */
  private static void edge(
      int m,
      int n,
      int k,
      float[] panels,
      int po,
      int ka,
      int p0,
      float[] b,
      int bo,
      int @Nullable [] rows,
      int ro,
      float[] z,
      int zo,
      int ldz,
      float[] c,
      int co,
      int ldc) {
    int vectors = n <= L ? 1 : 2;
    int width = vectors * L;
    FloatScratch scratch = FloatScratch.get();
    float[] wide = scratch.array(FloatScratch.EDGE_C, m * width);
    copyRows(m, n, z, zo, ldz, wide, 0, width);
    float[] from = b;
    int at = bo;
    int[] steps = rows;
    int so = ro;
    if (rows != null && bo + largest(rows, ro, k) + width > b.length) {
      from = scratch.array(FloatScratch.EDGE_B, k * 2 * L);
      for (int p = 0; p < k; p++) {
        copyRows(1, n, b, bo + rows[ro + p], n, from, p * 2 * L, n);
      }
      at = 0;
      steps = null;
      so = 0;
    }
    rows(m, vectors, k, panels, po, ka, p0, from, at, steps, so, wide, 0, width, wide, 0, width);
    copyRows(m, n, wide, 0, width, c, co, ldc);
  }

  private static int largest(int[] rows, int ro, int k) {
    int largest = 0;
    for (int p = 0; p < k; p++) {
      largest = Math.max(largest, rows[ro + p]);
    }
    return largest;
  }

  /** Copies m rows of n elements. */
  private static void copyRows(
      int m, int n, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        y[yo + i * ldy + j] = x[xo + i * ldx + j];
      }
    }
  }

  @Override
  public void gather(
      int k,
      float[] x,
      int xo,
      int[] offsets,
      int oo,
      int r0,
      int r1,
      int[] run,
      float[] y,
      int yo,
      int ldy) {
    // Whole vectors: what a run writes too much is overwritten by the next.
    if (r1 - r0 == 2 && run[3 * r0 + 1] == 0 && run[3 * r0 + 4] == L && run[3 * r0 + 5] == L) {
      SimdFloatGather.gather2(
          k, x, xo + run[3 * r0], xo + run[3 * r0 + 3], offsets, oo, y, yo, ldy);
    } else {
      SimdFloatGather.gather(k, x, xo, offsets, oo, r0, r1, run, y, yo, ldy);
    }
  }

  @Override
  public void add(int m, int n, float[] x, int xo, int ldx, float[] c, int co, int ldc) {
    if (!WarmUp.done()) {
      FloatProduct.super.add(m, n, x, xo, ldx, c, co, ldc);
      return;
    }
    for (int i = 0; i < m; i++) {
      int at = co + i * ldc;
      BINARY.add(c, at, x, xo + i * ldx, c, at, n);
    }
  }

  @Override
  public void copy(int m, int n, float[] x, int xo, int ldx, int step, float[] y, int yo, int ldy) {
    int done = 0;
    if (n >= L && step <= 2 && WarmUp.done()) {
      if (step == 1) {
        SimdFloatPanels.copyRows(m, n, x, xo, ldx, y, yo, ldy);
        return;
      }
      // A vector of every second element ends one behind the last that is needed.
      int last = xo + (m - 1) * ldx + 2 * n;
      done = n - n % L - (n % L == 0 && last > x.length ? L : 0);
      SimdFloatPanels.copyEven(m, done, x, xo, ldx, y, yo, ldy);
    }
    int from = xo + done * step;
    FloatProduct.super.copy(m, n - done, x, from, ldx, step, y, yo + done, ldy);
  }

  @Override
  public void transpose(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy) {
    int rows = L < SimdFloatTranspose.COLUMNS ? 0 : m - m % L;
    int columns = n - n % SimdFloatTranspose.COLUMNS;
    if (WARM_TRANSPOSE.hot()) {
      SimdFloatTranspose.transpose(rows, columns, x, xo, ldx, y, yo, ldy);
    } else if (rows > 0) {
      coldTranspose(rows, columns, x, xo, ldx, y, yo, ldy);
    }
    int p = columns;
    FloatProduct.super.transpose(x, xo + p, ldx, rows, n - p, y, yo + p * ldy, ldy);
    FloatProduct.super.transpose(x, xo + rows * ldx, ldx, m - rows, n, y, yo + rows, ldy);
  }

  private void coldTranspose(int m, int n, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    WarmUp warm = WARM_TRANSPOSE;
    int strips = m / L;
    int blocks = warm.vectorsNext() ? warm.rounds(n / SimdFloatTranspose.COLUMNS * strips) : 0;
    int head = blocks / strips * SimdFloatTranspose.COLUMNS;
    long start = warm.clock();
    SimdFloatTranspose.transpose(m, head, x, xo, ldx, y, yo, ldy);
    warm.vectors(start, blocks);
    start = System.nanoTime();
    FloatProduct.super.transpose(x, xo + head, ldx, m, n - head, y, yo + head * ldy, ldy);
    warm.scalars(start);
  }

  @Override
  public int lanes() {
    return L;
  }

  private static void coldDots(
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      float[] sums,
      int so,
      int step) {
    WarmUp warm = WARM_DOTS;
    int head = warm.vectorsNext() ? warm.rounds(k / L) : 0;
    long start = warm.clock();
    SimdFloatDots.dots6x4(head * L, a, ao, lda, b, bo, rows, ro, jumps, sums, so, step);
    warm.vectors(start, head);
    start = System.nanoTime();
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 4; j++) {
        int sum = so + i * step + j * L;
        for (int q = head; q < k / L; q++) {
          int x = ao + i * lda + q * L;
          int y = bo + rows[ro + j] + jumps[q];
          for (int l = 0; l < L; l++) {
            sums[sum + l] = Math.fma(a[x + l], b[y + l], sums[sum + l]);
          }
        }
      }
    }
    warm.scalars(start);
  }

  @Override
  public void addDots(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int[] rows,
      int ro,
      int[] jumps,
      float[] sums,
      int so) {
    int i = 0;
    for (; SimdFloatTiles.MANY_REGISTERS && i + 6 <= m; i += 6) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        int from = ao + i * lda;
        int sum = so + (i * n + j) * L;
        if (WARM_DOTS.hot()) {
          SimdFloatDots.dots6x4(k, a, from, lda, b, bo, rows, ro + j, jumps, sums, sum, n * L);
        } else {
          coldDots(k, a, from, lda, b, bo, rows, ro + j, jumps, sums, sum, n * L);
        }
      }
      for (; j < n; j++) {
        for (int r = i; r < i + 6; r += 3) {
          SimdFloatDots.dots3x1(
              k,
              a,
              ao + r * lda,
              lda,
              b,
              bo,
              rows,
              ro + j,
              jumps,
              sums,
              so + (r * n + j) * L,
              n * L);
        }
      }
    }
    for (; i + 3 <= m; i += 3) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        SimdFloatDots.dots3x4(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
      for (; j < n; j++) {
        SimdFloatDots.dots3x1(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
    }
    for (; i < m; i++) {
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        SimdFloatDots.dots1x4(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
      for (; j < n; j++) {
        SimdFloatDots.dots1x1(
            k, a, ao + i * lda, lda, b, bo, rows, ro + j, jumps, sums, so + (i * n + j) * L, n * L);
      }
    }
    int whole = k / L;
    int rest = k - whole * L;
    if (rest > 0) {
      for (i = 0; i < m; i++) {
        int x = ao + i * lda + whole * L;
        for (int j = 0; j < n; j++) {
          int y = bo + rows[ro + j] + jumps[whole];
          int s = so + (i * n + j) * L;
          for (int l = 0; l < rest; l++) {
            sums[s + l] = Math.fma(a[x + l], b[y + l], sums[s + l]);
          }
        }
      }
    }
  }
}
