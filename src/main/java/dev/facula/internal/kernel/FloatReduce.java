package dev.facula.internal.kernel;

/**
 * Sums, extremes and products of rows. The JIT does not make vectors of a sum, whose order it would
 * change: long rows are first added up in {@value #WIDTH} columns, in a loop that it vectorises
 * because all of its arrays are read at one index.
 */
public class FloatReduce implements ReduceKernels<float[]> {
  private static final FloatBinary BINARY = new FloatBinary();

  /** Longer rows are summed by halves, so that errors grow with the logarithm of the length. */
  private static final int BLOCK = 4096;

  private static final int SHORT_BLOCK = 128;

  /** Longer rows of products are summed by halves, each column or accumulator adding 128 before. */
  private static final int DOT_BLOCK = 8 * 128;

  private static final int DISTANCE_BLOCK = 256 * 128;

  /** Columns of partial results of a row. */
  private static final int WIDTH = 256;

  /** Columns whose sums are in the first-level cache, with a row of them. */
  private static final int COLUMNS = FloatCascade.COLUMNS;

  /** Elements whose extreme is looked for one by one; more are folded. */
  private static final int FOLDED = 32;

  static float sum(float[] x, int xo, int n) {
    if (n > BLOCK) {
      int half = (n / 2 + BLOCK - 1) / BLOCK * BLOCK;
      return sum(x, xo, half) + sum(x, xo + half, n - half);
    }
    if (n < 2 * WIDTH) {
      return shortSum(x, xo, n);
    }
    FloatScratch scratch = FloatScratch.get();
    float[] s = scratch.array(FloatScratch.PARTIAL, WIDTH);
    float[] a = scratch.array(FloatScratch.LEFT, WIDTH);
    System.arraycopy(x, xo, s, 0, WIDTH);
    int i = WIDTH;
    for (; i <= n - WIDTH; i += WIDTH) {
      System.arraycopy(x, xo + i, a, 0, WIDTH);
      BINARY.add(s, 0, a, 0, s, 0, WIDTH);
    }
    return shortSum(s, 0, WIDTH) + shortSum(x, xo + i, n - i);
  }

  private static float shortSum(float[] x, int xo, int n) {
    if (n > SHORT_BLOCK) {
      int half = (n / 2 + SHORT_BLOCK - 1) / SHORT_BLOCK * SHORT_BLOCK;
      return shortSum(x, xo, half) + shortSum(x, xo + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (int end = n - 7; i < end; i += 8) {
      int p = xo + i;
      s0 += x[p];
      s1 += x[p + 1];
      s2 += x[p + 2];
      s3 += x[p + 3];
      s4 += x[p + 4];
      s5 += x[p + 5];
      s6 += x[p + 6];
      s7 += x[p + 7];
    }
    float tail = 0;
    for (; i < n; i++) {
      tail += x[xo + i];
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7)) + tail;
  }

  @Override
  public void sumRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = sum(x, xo + r * n, n);
    }
  }

  @Override
  public void sumColumns(float[] x, int xo, int outer, int n, int inner, float[] y, int yo) {
    for (int o = 0; o < outer; o++) {
      sumColumns(x, xo + o * n * inner, n, inner, y, yo + o * inner);
    }
  }

  /**
   * Few columns of many rows are summed as wider rows, each some rows long, first, so that the
   * inner loop has something to run along.
   */
  private static void sumColumns(float[] x, int xo, int n, int inner, float[] y, int yo) {
    int joined = WIDTH / Math.max(inner, 1);
    if (joined < 2 || n <= FloatCascade.ROWS) {
      addColumns(x, xo, n, inner, y, yo);
      return;
    }
    int rows = n / joined;
    int rest = n - rows * joined;
    float[] ends = FloatScratch.get().array(FloatScratch.RIGHT, (joined + rest) * inner);
    addColumns(x, xo, rows, joined * inner, ends, 0);
    System.arraycopy(x, xo + rows * joined * inner, ends, joined * inner, rest * inner);
    addColumns(ends, 0, joined + rest, inner, y, yo);
  }

  /** Some columns after the other, row by row, so that the inner loop runs along memory. */
  private static void addColumns(float[] x, int xo, int n, int inner, float[] y, int yo) {
    FloatScratch scratch = FloatScratch.get();
    float[] a = scratch.array(FloatScratch.LEFT, COLUMNS);
    float[][] stack = FloatCascade.stack(n, COLUMNS);
    for (int j = 0; j < inner; j += COLUMNS) {
      int m = Math.min(COLUMNS, inner - j);
      int depth = 0;
      for (int from = 0, block = 1; from < n; from += FloatCascade.ROWS, block++) {
        float[] s = stack[depth];
        FloatBinary.fill(0f, s, 0, m);
        for (int k = from, end = Math.min(n, from + FloatCascade.ROWS); k < end; k++) {
          System.arraycopy(x, xo + k * inner + j, a, 0, m);
          BINARY.add(s, 0, a, 0, s, 0, m);
        }
        depth = FloatCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(FloatCascade.total(stack, m, depth), 0, y, yo + j, m);
    }
  }

  @Override
  public void maxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = max(x, xo + r * n, n);
    }
  }

  static float max(float[] x, int xo, int n) {
    if (n < 2 * FOLDED) {
      return shortMax(x, xo, n);
    }
    FloatScratch scratch = FloatScratch.get();
    float[] m = scratch.array(FloatScratch.PARTIAL, WIDTH);
    float[] a = scratch.array(FloatScratch.LEFT, WIDTH);
    int width = Math.min(WIDTH, (n + 1) / 2);
    System.arraycopy(x, xo, m, 0, width);
    for (int i = width; i < n; i += width) { // the last block may begin in the one before
      System.arraycopy(x, xo + Math.min(i, n - width), a, 0, width);
      BINARY.maximum(m, 0, a, 0, m, 0, width);
    }
    while (width > FOLDED) {
      int half = (width + 1) / 2;
      System.arraycopy(m, width - half, a, 0, half);
      BINARY.maximum(m, 0, a, 0, m, 0, half);
      width = half;
    }
    return shortMax(m, 0, width);
  }

  private static float shortMax(float[] x, int xo, int n) {
    float m = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      m = Math.max(m, x[xo + i]);
    }
    return m;
  }

  @Override
  public void minRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = min(x, xo + r * n, n);
    }
  }

  private static float min(float[] x, int xo, int n) {
    if (n < 2 * FOLDED) {
      return shortMin(x, xo, n);
    }
    FloatScratch scratch = FloatScratch.get();
    float[] m = scratch.array(FloatScratch.PARTIAL, WIDTH);
    float[] a = scratch.array(FloatScratch.LEFT, WIDTH);
    int width = Math.min(WIDTH, (n + 1) / 2);
    System.arraycopy(x, xo, m, 0, width);
    for (int i = width; i < n; i += width) { // the last block may begin in the one before
      System.arraycopy(x, xo + Math.min(i, n - width), a, 0, width);
      BINARY.minimum(m, 0, a, 0, m, 0, width);
    }
    while (width > FOLDED) {
      int half = (width + 1) / 2;
      System.arraycopy(m, width - half, a, 0, half);
      BINARY.minimum(m, 0, a, 0, m, 0, half);
      width = half;
    }
    return shortMin(m, 0, width);
  }

  private static float shortMin(float[] x, int xo, int n) {
    float m = Float.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      m = Math.min(m, x[xo + i]);
    }
    return m;
  }

  static float dot(float[] a, int ao, float[] b, int bo, int n) {
    if (n > DOT_BLOCK) {
      int half = (n / 2 + DOT_BLOCK - 1) / DOT_BLOCK * DOT_BLOCK;
      return dot(a, ao, b, bo, half) + dot(a, ao + half, b, bo + half, n - half);
    }
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (int end = n - 7; i < end; i += 8) {
      int p = ao + i;
      int q = bo + i;
      s0 += a[p] * b[q];
      s1 += a[p + 1] * b[q + 1];
      s2 += a[p + 2] * b[q + 2];
      s3 += a[p + 3] * b[q + 3];
      s4 += a[p + 4] * b[q + 4];
      s5 += a[p + 5] * b[q + 5];
      s6 += a[p + 6] * b[q + 6];
      s7 += a[p + 7] * b[q + 7];
    }
    float tail = 0;
    for (; i < n; i++) {
      tail += a[ao + i] * b[bo + i];
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7)) + tail;
  }

  /** Sum of (x[i] - m)^2. */
  static float squaredDistance(float[] x, int xo, int n, float m) {
    if (n > DISTANCE_BLOCK) {
      int half = (n / 2 + DISTANCE_BLOCK - 1) / DISTANCE_BLOCK * DISTANCE_BLOCK;
      return squaredDistance(x, xo, half, m) + squaredDistance(x, xo + half, n - half, m);
    }
    if (n < 2 * WIDTH) {
      return shortSquaredDistance(x, xo, n, m);
    }
    FloatScratch scratch = FloatScratch.get();
    float[] s = scratch.array(FloatScratch.PARTIAL, WIDTH);
    float[] a = scratch.array(FloatScratch.LEFT, WIDTH);
    FloatBinary.fill(0f, s, 0, WIDTH);
    int i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      System.arraycopy(x, xo + i, a, 0, WIDTH);
      for (int j = 0; j < WIDTH; j++) {
        s[j] += (a[j] - m) * (a[j] - m);
      }
    }
    return shortSum(s, 0, WIDTH) + shortSquaredDistance(x, xo + i, n - i, m);
  }

  private static float shortSquaredDistance(float[] x, int xo, int n, float m) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (int end = n - 3; i < end; i += 4) {
      float a = x[xo + i] - m;
      float b = x[xo + i + 1] - m;
      float c = x[xo + i + 2] - m;
      float d = x[xo + i + 3] - m;
      s0 += a * a;
      s1 += b * b;
      s2 += c * c;
      s3 += d * d;
    }
    float tail = 0;
    for (; i < n; i++) {
      float a = x[xo + i] - m;
      tail += a * a;
    }
    return (s0 + s1) + (s2 + s3) + tail;
  }

  /** Sum of g[i] (x[i] - m). */
  static float centredDot(float[] g, int go, float[] x, int xo, int n, float m) {
    if (n > DISTANCE_BLOCK) {
      int half = (n / 2 + DISTANCE_BLOCK - 1) / DISTANCE_BLOCK * DISTANCE_BLOCK;
      return centredDot(g, go, x, xo, half, m)
          + centredDot(g, go + half, x, xo + half, n - half, m);
    }
    if (n < 2 * WIDTH) {
      return shortCentredDot(g, go, x, xo, n, m);
    }
    FloatScratch scratch = FloatScratch.get();
    float[] s = scratch.array(FloatScratch.PARTIAL, WIDTH);
    float[] a = scratch.array(FloatScratch.LEFT, WIDTH);
    float[] b = scratch.array(FloatScratch.RIGHT, WIDTH);
    FloatBinary.fill(0f, s, 0, WIDTH);
    int i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      System.arraycopy(g, go + i, a, 0, WIDTH);
      System.arraycopy(x, xo + i, b, 0, WIDTH);
      for (int j = 0; j < WIDTH; j++) {
        s[j] += a[j] * (b[j] - m);
      }
    }
    return shortSum(s, 0, WIDTH) + shortCentredDot(g, go + i, x, xo + i, n - i, m);
  }

  private static float shortCentredDot(float[] g, int go, float[] x, int xo, int n, float m) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (int end = n - 3; i < end; i += 4) {
      int p = go + i;
      int q = xo + i;
      s0 += g[p] * (x[q] - m);
      s1 += g[p + 1] * (x[q + 1] - m);
      s2 += g[p + 2] * (x[q + 2] - m);
      s3 += g[p + 3] * (x[q + 3] - m);
    }
    float tail = 0;
    for (; i < n; i++) {
      tail += g[go + i] * (x[xo + i] - m);
    }
    return (s0 + s1) + (s2 + s3) + tail;
  }

  /** The first NaN is the largest and the smallest of all; else the first of equals. */
  @Override
  public void argmaxRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int best = 0;
      for (int i = 1; i < n && !Float.isNaN(x[p + best]); i++) {
        if (!(x[p + i] <= x[p + best])) {
          best = i;
        }
      }
      y[yo + r] = best;
    }
  }

  @Override
  public void argminRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int best = 0;
      for (int i = 1; i < n && !Float.isNaN(x[p + best]); i++) {
        if (!(x[p + i] >= x[p + best])) {
          best = i;
        }
      }
      y[yo + r] = best;
    }
  }

  @Override
  public void cumsumRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      double sum = 0; // as PyTorch, so that long rows lose nothing
      for (int i = 0; i < n; i++) {
        sum += x[xo + r * n + i];
        y[yo + r * n + i] = (float) sum;
      }
    }
  }
}
