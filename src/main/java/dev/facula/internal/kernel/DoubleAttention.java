package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Scaled dot-product attention, softmax(scale Q K<sup>T</sup>) V, over a batch of heads, without
 * the scores of all queries in memory: a block of queries meets all keys, and what is between the
 * two products stays in level 2. The way back computes the weights once more, with the same bits,
 * as in Dao et al., "FlashAttention", 2022; unlike there a block has all its keys at once, so that
 * its softmax is the ordinary one.
 *
 * <p>Operands are contiguous: queries [heads, queries, n], keys [heads, keys, n], values [heads,
 * keys, m], results [heads, queries, m].
 *
 * @param heads products
 * @param causal each query sees the keys up to its own place only
 */
public record DoubleAttention(
    DoubleKernels kernels,
    int heads,
    int queries,
    int keys,
    int n,
    int m,
    double scale,
    boolean causal) {
  /** Queries that meet all keys at a time. */
  private static final int BLOCK = 4 * DoubleProduct.PANEL;

  /** Queries of a task: the keys are packed for each. */
  private static final int CHUNK = 4 * BLOCK;

  /** Multiplications that are worth a task. */
  private static final long GRAIN = 1 << 20;

  /** y = softmax(scale q k<sup>T</sup>) v; y holds zeros before. */
  public void forward(
      double[] q, int qo, double[] k, int ko, double[] v, int vo, double[] y, int yo) {
    DoubleProduct product = kernels.product();
    int chunks = (queries + CHUNK - 1) / CHUNK;
    long work = (long) Math.min(queries, CHUNK) * keys * (n + m);
    Parallel.range(
        heads * chunks,
        (int) Math.max(1, GRAIN / Math.max(1, work)),
        (from, to) -> {
          DoubleScratch scratch = DoubleScratch.get();
          double[] turnedKeys = scratch.array(DoubleScratch.PACK_B, product.stripColumns(keys) * n);
          double[] values = scratch.array(DoubleScratch.WEIGHT, product.stripColumns(m) * keys);
          double[] weights = scratch.array(DoubleScratch.OUTPUT, BLOCK * keys);
          for (int task = from; task < to; task++) {
            int head = task / chunks;
            int first = task % chunks * CHUNK;
            int end = Math.min(first + CHUNK, queries);
            product.packB(true, n, keys, k, ko + head * keys * n, n, turnedKeys, 0);
            product.packB(false, keys, m, v, vo + head * keys * m, m, values, 0);
            for (int i = first; i < end; i += BLOCK) {
              int rows = Math.min(BLOCK, end - i);
              weights(rows, i, q, qo + (head * queries + i) * n, turnedKeys, weights);
              multiply(rows, keys, m, weights, values, y, yo + (head * queries + i) * m);
            }
          }
        });
  }

  /**
   * The gradients of the operands; dq, dk and dv hold zeros before.
   *
   * @param g the gradient of the result
   */
  public void backward(
      double[] g,
      int go,
      double[] q,
      int qo,
      double[] k,
      int ko,
      double[] v,
      int vo,
      double[] dq,
      double[] dk,
      double[] dv) {
    DoubleProduct product = kernels.product();
    Parallel.range(
        heads,
        (int) Math.max(1, GRAIN / Math.max(1, (long) queries * keys * (n + m))),
        (from, to) -> {
          DoubleScratch scratch = DoubleScratch.get();
          double[] turnedKeys = scratch.array(DoubleScratch.PACK_B, product.stripColumns(keys) * n);
          double[] packedKeys = scratch.array(DoubleScratch.TURNED, product.stripColumns(n) * keys);
          double[] turnedValues =
              scratch.array(DoubleScratch.WEIGHT, product.stripColumns(keys) * m);
          double[] weights = scratch.array(DoubleScratch.OUTPUT, BLOCK * keys);
          double[] dScores = scratch.array(DoubleScratch.FLAT, BLOCK * keys);
          double[] block =
              scratch.array(DoubleScratch.SUMS, product.stripColumns(Math.max(n, m)) * BLOCK);
          for (int head = from; head < to; head++) {
            int keyAt = head * keys * n;
            int valueAt = head * keys * m;
            product.packB(true, n, keys, k, ko + keyAt, n, turnedKeys, 0);
            product.packB(false, keys, n, k, ko + keyAt, n, packedKeys, 0);
            product.packB(true, m, keys, v, vo + valueAt, m, turnedValues, 0);
            for (int i = 0; i < queries; i += BLOCK) {
              int rows = Math.min(BLOCK, queries - i);
              int query = (head * queries + i) * n;
              int result = go + (head * queries + i) * m;
              double[] scaled = weights(rows, i, q, qo + query, turnedKeys, weights);
              product.packB(false, rows, m, g, result, m, block, 0);
              addTransposed(rows, m, weights, block, dv, valueAt);
              kernels.fill(0.0, dScores, 0, rows * keys);
              product.packB(false, rows, n, scaled, 0, n, block, 0);
              multiply(rows, m, keys, g, result, turnedValues, dScores, 0);
              kernels.softmaxRowsBackward(dScores, 0, weights, 0, rows, keys, dScores, 0);
              addTransposed(rows, n, dScores, block, dk, keyAt);
              multiply(rows, keys, n, dScores, packedKeys, dq, query);
              scale(dq, query, dq, query, rows * n);
            }
          }
        });
  }

  /** The weights of some queries from {@code first} on; returns these queries times the scale. */
  private double[] weights(
      int rows, int first, double[] q, int qo, double[] turnedKeys, double[] weights) {
    double[] scaled = DoubleScratch.get().array(DoubleScratch.IMAGE, rows * n);
    scale(q, qo, scaled, 0, rows * n);
    kernels.fill(0.0, weights, 0, rows * keys);
    multiply(rows, n, keys, scaled, turnedKeys, weights, 0);
    for (int i = 0; causal && i < rows; i++) {
      int seen = Math.min(first + i + 1, keys);
      kernels.fill(Double.NEGATIVE_INFINITY, weights, i * keys + seen, keys - seen);
    }
    kernels.softmaxRows(weights, 0, rows, keys, weights, 0);
    return scaled;
  }

  private void scale(double[] x, int xo, double[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = x[xo + i] * scale;
    }
  }

  private void multiply(
      int rows, int k, int columns, double[] a, double[] strips, double[] c, int co) {
    multiply(rows, k, columns, a, 0, strips, c, co);
  }

  /** c += a b for a matrix a of some rows of k, and a packed b. */
  private void multiply(
      int rows, int k, int columns, double[] a, int ao, double[] strips, double[] c, int co) {
    DoubleProduct product = kernels.product();
    double[] panels = DoubleScratch.get().array(DoubleScratch.PACK_A, rows * k);
    product.packA(rows, k, a, ao, k, 1, panels, 0);
    product.addStrips(rows, columns, k, panels, 0, k, 0, strips, 0, c, co, columns);
  }

  /** c += a<sup>T</sup> b for a matrix a of some rows, one column a key, and a packed b. */
  private void addTransposed(
      int rows, int columns, double[] a, double[] strips, double[] c, int co) {
    DoubleProduct product = kernels.product();
    double[] panels = DoubleScratch.get().array(DoubleScratch.PACK_A, keys * rows);
    product.packA(keys, rows, a, 0, 1, keys, panels, 0);
    product.addStrips(keys, columns, rows, panels, 0, rows, 0, strips, 0, c, co, columns);
  }
}
