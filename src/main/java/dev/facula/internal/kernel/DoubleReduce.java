package dev.facula.internal.kernel;

/**
 * Sums, extremes and products of rows. The JIT does not make vectors of a sum, whose order it would
 * change: long rows are first added up in {@value #WIDTH} columns, in a loop that it vectorises
 * because all of its arrays are read at one index.
 */
final class DoubleReduce {
  /** Longer rows are summed by halves, so that errors grow with the logarithm of the length. */
  private static final int BLOCK = 4096;

  private static final int SHORT_BLOCK = 128;

  /** Longer rows of products are summed by halves, each column or accumulator adding 128 before. */
  private static final int DOT_BLOCK = 8 * 128;

  private static final int DISTANCE_BLOCK = 256 * 128;

  /** Columns of partial results of a row. */
  private static final int WIDTH = 256;

  /** Columns whose sums are in the first-level cache, with a row of them. */
  private static final int COLUMNS = DoubleCascade.COLUMNS;

  /** Elements whose extreme is looked for one by one; more are folded. */
  private static final int FOLDED = 32;

  private DoubleReduce() {}

  static double sum(double[] x, int xo, int n) {
    if (n > BLOCK) {
      int half = (n / 2 + BLOCK - 1) / BLOCK * BLOCK;
      return sum(x, xo, half) + sum(x, xo + half, n - half);
    }
    if (n < 2 * WIDTH) {
      return shortSum(x, xo, n);
    }
    DoubleScratch scratch = DoubleScratch.get();
    double[] s = scratch.array(DoubleScratch.PARTIAL, WIDTH);
    double[] a = scratch.array(DoubleScratch.LEFT, WIDTH);
    System.arraycopy(x, xo, s, 0, WIDTH);
    int i = WIDTH;
    for (; i <= n - WIDTH; i += WIDTH) {
      System.arraycopy(x, xo + i, a, 0, WIDTH);
      DoubleBinary.add(s, 0, a, 0, s, 0, WIDTH);
    }
    return shortSum(s, 0, WIDTH) + shortSum(x, xo + i, n - i);
  }

  private static double shortSum(double[] x, int xo, int n) {
    if (n > SHORT_BLOCK) {
      int half = (n / 2 + SHORT_BLOCK - 1) / SHORT_BLOCK * SHORT_BLOCK;
      return shortSum(x, xo, half) + shortSum(x, xo + half, n - half);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
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
    double tail = 0;
    for (; i < n; i++) {
      tail += x[xo + i];
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7)) + tail;
  }

  static void sumRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = sum(x, xo + r * n, n);
    }
  }

  static void sumColumns(double[] x, int xo, int outer, int n, int inner, double[] y, int yo) {
    for (int o = 0; o < outer; o++) {
      sumColumns(x, xo + o * n * inner, n, inner, y, yo + o * inner);
    }
  }

  /**
   * Few columns of many rows are summed as wider rows, each some rows long, first, so that the
   * inner loop has something to run along.
   */
  private static void sumColumns(double[] x, int xo, int n, int inner, double[] y, int yo) {
    int joined = WIDTH / Math.max(inner, 1);
    if (joined < 2 || n <= DoubleCascade.ROWS) {
      addColumns(x, xo, n, inner, y, yo);
      return;
    }
    int rows = n / joined;
    int rest = n - rows * joined;
    double[] ends = DoubleScratch.get().array(DoubleScratch.RIGHT, (joined + rest) * inner);
    addColumns(x, xo, rows, joined * inner, ends, 0);
    System.arraycopy(x, xo + rows * joined * inner, ends, joined * inner, rest * inner);
    addColumns(ends, 0, joined + rest, inner, y, yo);
  }

  /** Some columns after the other, row by row, so that the inner loop runs along memory. */
  private static void addColumns(double[] x, int xo, int n, int inner, double[] y, int yo) {
    DoubleScratch scratch = DoubleScratch.get();
    double[] a = scratch.array(DoubleScratch.LEFT, COLUMNS);
    double[][] stack = DoubleCascade.stack(n, COLUMNS);
    for (int j = 0; j < inner; j += COLUMNS) {
      int m = Math.min(COLUMNS, inner - j);
      int depth = 0;
      for (int from = 0, block = 1; from < n; from += DoubleCascade.ROWS, block++) {
        double[] s = stack[depth];
        DoubleBinary.fill(0.0, s, 0, m);
        for (int k = from, end = Math.min(n, from + DoubleCascade.ROWS); k < end; k++) {
          System.arraycopy(x, xo + k * inner + j, a, 0, m);
          DoubleBinary.add(s, 0, a, 0, s, 0, m);
        }
        depth = DoubleCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(DoubleCascade.total(stack, m, depth), 0, y, yo + j, m);
    }
  }

  static void maxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = max(x, xo + r * n, n);
    }
  }

  static double max(double[] x, int xo, int n) {
    if (n < 2 * FOLDED) {
      return shortMax(x, xo, n);
    }
    DoubleScratch scratch = DoubleScratch.get();
    double[] m = scratch.array(DoubleScratch.PARTIAL, WIDTH);
    double[] a = scratch.array(DoubleScratch.LEFT, WIDTH);
    int width = Math.min(WIDTH, (n + 1) / 2);
    System.arraycopy(x, xo, m, 0, width);
    for (int i = width; i < n; i += width) { // the last block may begin in the one before
      System.arraycopy(x, xo + Math.min(i, n - width), a, 0, width);
      DoubleBinary.maximum(m, 0, a, 0, m, 0, width);
    }
    while (width > FOLDED) {
      int half = (width + 1) / 2;
      System.arraycopy(m, width - half, a, 0, half);
      DoubleBinary.maximum(m, 0, a, 0, m, 0, half);
      width = half;
    }
    return shortMax(m, 0, width);
  }

  private static double shortMax(double[] x, int xo, int n) {
    double m = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      m = Math.max(m, x[xo + i]);
    }
    return m;
  }

  static void minRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      y[yo + r] = min(x, xo + r * n, n);
    }
  }

  private static double min(double[] x, int xo, int n) {
    if (n < 2 * FOLDED) {
      return shortMin(x, xo, n);
    }
    DoubleScratch scratch = DoubleScratch.get();
    double[] m = scratch.array(DoubleScratch.PARTIAL, WIDTH);
    double[] a = scratch.array(DoubleScratch.LEFT, WIDTH);
    int width = Math.min(WIDTH, (n + 1) / 2);
    System.arraycopy(x, xo, m, 0, width);
    for (int i = width; i < n; i += width) { // the last block may begin in the one before
      System.arraycopy(x, xo + Math.min(i, n - width), a, 0, width);
      DoubleBinary.minimum(m, 0, a, 0, m, 0, width);
    }
    while (width > FOLDED) {
      int half = (width + 1) / 2;
      System.arraycopy(m, width - half, a, 0, half);
      DoubleBinary.minimum(m, 0, a, 0, m, 0, half);
      width = half;
    }
    return shortMin(m, 0, width);
  }

  private static double shortMin(double[] x, int xo, int n) {
    double m = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      m = Math.min(m, x[xo + i]);
    }
    return m;
  }

  static double dot(double[] a, int ao, double[] b, int bo, int n) {
    if (n > DOT_BLOCK) {
      int half = (n / 2 + DOT_BLOCK - 1) / DOT_BLOCK * DOT_BLOCK;
      return dot(a, ao, b, bo, half) + dot(a, ao + half, b, bo + half, n - half);
    }
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
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
    double tail = 0;
    for (; i < n; i++) {
      tail += a[ao + i] * b[bo + i];
    }
    return ((s0 + s4) + (s1 + s5)) + ((s2 + s6) + (s3 + s7)) + tail;
  }

  /** Sum of (x[i] - m)^2. */
  static double squaredDistance(double[] x, int xo, int n, double m) {
    if (n > DISTANCE_BLOCK) {
      int half = (n / 2 + DISTANCE_BLOCK - 1) / DISTANCE_BLOCK * DISTANCE_BLOCK;
      return squaredDistance(x, xo, half, m) + squaredDistance(x, xo + half, n - half, m);
    }
    if (n < 2 * WIDTH) {
      return shortSquaredDistance(x, xo, n, m);
    }
    DoubleScratch scratch = DoubleScratch.get();
    double[] s = scratch.array(DoubleScratch.PARTIAL, WIDTH);
    double[] a = scratch.array(DoubleScratch.LEFT, WIDTH);
    DoubleBinary.fill(0.0, s, 0, WIDTH);
    int i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      System.arraycopy(x, xo + i, a, 0, WIDTH);
      for (int j = 0; j < WIDTH; j++) {
        s[j] += (a[j] - m) * (a[j] - m);
      }
    }
    return shortSum(s, 0, WIDTH) + shortSquaredDistance(x, xo + i, n - i, m);
  }

  private static double shortSquaredDistance(double[] x, int xo, int n, double m) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (int end = n - 3; i < end; i += 4) {
      double a = x[xo + i] - m;
      double b = x[xo + i + 1] - m;
      double c = x[xo + i + 2] - m;
      double d = x[xo + i + 3] - m;
      s0 += a * a;
      s1 += b * b;
      s2 += c * c;
      s3 += d * d;
    }
    double tail = 0;
    for (; i < n; i++) {
      double a = x[xo + i] - m;
      tail += a * a;
    }
    return (s0 + s1) + (s2 + s3) + tail;
  }

  /** Sum of g[i] (x[i] - m). */
  static double centredDot(double[] g, int go, double[] x, int xo, int n, double m) {
    if (n > DISTANCE_BLOCK) {
      int half = (n / 2 + DISTANCE_BLOCK - 1) / DISTANCE_BLOCK * DISTANCE_BLOCK;
      return centredDot(g, go, x, xo, half, m)
          + centredDot(g, go + half, x, xo + half, n - half, m);
    }
    if (n < 2 * WIDTH) {
      return shortCentredDot(g, go, x, xo, n, m);
    }
    DoubleScratch scratch = DoubleScratch.get();
    double[] s = scratch.array(DoubleScratch.PARTIAL, WIDTH);
    double[] a = scratch.array(DoubleScratch.LEFT, WIDTH);
    double[] b = scratch.array(DoubleScratch.RIGHT, WIDTH);
    DoubleBinary.fill(0.0, s, 0, WIDTH);
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

  private static double shortCentredDot(double[] g, int go, double[] x, int xo, int n, double m) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (int end = n - 3; i < end; i += 4) {
      int p = go + i;
      int q = xo + i;
      s0 += g[p] * (x[q] - m);
      s1 += g[p + 1] * (x[q + 1] - m);
      s2 += g[p + 2] * (x[q + 2] - m);
      s3 += g[p + 3] * (x[q + 3] - m);
    }
    double tail = 0;
    for (; i < n; i++) {
      tail += g[go + i] * (x[xo + i] - m);
    }
    return (s0 + s1) + (s2 + s3) + tail;
  }

  /** The first NaN is the largest and the smallest of all; else the first of equals. */
  static void argmaxRows(double[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int best = 0;
      for (int i = 1; i < n && !Double.isNaN(x[p + best]); i++) {
        if (!(x[p + i] <= x[p + best])) {
          best = i;
        }
      }
      y[yo + r] = best;
    }
  }

  static void argminRows(double[] x, int xo, int rows, int n, long[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int best = 0;
      for (int i = 1; i < n && !Double.isNaN(x[p + best]); i++) {
        if (!(x[p + i] >= x[p + best])) {
          best = i;
        }
      }
      y[yo + r] = best;
    }
  }

  static void cumsumRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    for (int r = 0; r < rows; r++) {
      double sum = 0; // as PyTorch, so that long rows lose nothing
      for (int i = 0; i < n; i++) {
        sum += x[xo + r * n + i];
        y[yo + r * n + i] = (double) sum;
      }
    }
  }
}
