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
public record FloatAttention(
    FloatKernels kernels,
    int heads,
    int queries,
    int keys,
    int n,
    int m,
    float scale,
    boolean causal) {
  /** Queries that meet all keys at a time. */
  private static final int BLOCK = 4 * FloatProduct.PANEL;

  /** Queries of a task: the keys are packed for each. */
  private static final int CHUNK = 4 * BLOCK;

  /** Multiplications that are worth a task. */
  private static final long GRAIN = 1 << 20;

  /** y = softmax(scale q k<sup>T</sup>) v; y holds zeros before. */
  public void forward(float[] q, int qo, float[] k, int ko, float[] v, int vo, float[] y, int yo) {
    FloatProduct product = kernels.product();
    int chunks = (queries + CHUNK - 1) / CHUNK;
    long work = (long) Math.min(queries, CHUNK) * keys * (n + m);
    Parallel.range(
        heads * chunks,
        (int) Math.max(1, GRAIN / Math.max(1, work)),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] turnedKeys = scratch.array(FloatScratch.PACK_B, product.stripColumns(keys) * n);
          float[] values = scratch.array(FloatScratch.WEIGHT, product.stripColumns(m) * keys);
          float[] weights = scratch.array(FloatScratch.OUTPUT, BLOCK * keys);
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
      float[] g,
      int go,
      float[] q,
      int qo,
      float[] k,
      int ko,
      float[] v,
      int vo,
      float[] dq,
      float[] dk,
      float[] dv) {
    FloatProduct product = kernels.product();
    Parallel.range(
        heads,
        (int) Math.max(1, GRAIN / Math.max(1, (long) queries * keys * (n + m))),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] turnedKeys = scratch.array(FloatScratch.PACK_B, product.stripColumns(keys) * n);
          float[] packedKeys = scratch.array(FloatScratch.TURNED, product.stripColumns(n) * keys);
          float[] turnedValues = scratch.array(FloatScratch.WEIGHT, product.stripColumns(keys) * m);
          float[] weights = scratch.array(FloatScratch.OUTPUT, BLOCK * keys);
          float[] dScores = scratch.array(FloatScratch.FLAT, BLOCK * keys);
          float[] block =
              scratch.array(FloatScratch.SUMS, product.stripColumns(Math.max(n, m)) * BLOCK);
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
              float[] scaled = weights(rows, i, q, qo + query, turnedKeys, weights);
              product.packB(false, rows, m, g, result, m, block, 0);
              addTransposed(rows, m, weights, block, dv, valueAt);
              kernels.fill(0f, dScores, 0, rows * keys);
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
  private float[] weights(
      int rows, int first, float[] q, int qo, float[] turnedKeys, float[] weights) {
    float[] scaled = FloatScratch.get().array(FloatScratch.IMAGE, rows * n);
    scale(q, qo, scaled, 0, rows * n);
    kernels.fill(0f, weights, 0, rows * keys);
    multiply(rows, n, keys, scaled, turnedKeys, weights, 0);
    for (int i = 0; causal && i < rows; i++) {
      int seen = Math.min(first + i + 1, keys);
      kernels.fill(Float.NEGATIVE_INFINITY, weights, i * keys + seen, keys - seen);
    }
    kernels.softmaxRows(weights, 0, rows, keys, weights, 0);
    return scaled;
  }

  private void scale(float[] x, int xo, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] = x[xo + i] * scale;
    }
  }

  private void multiply(
      int rows, int k, int columns, float[] a, float[] strips, float[] c, int co) {
    multiply(rows, k, columns, a, 0, strips, c, co);
  }

  /** c += a b for a matrix a of some rows of k, and a packed b. */
  private void multiply(
      int rows, int k, int columns, float[] a, int ao, float[] strips, float[] c, int co) {
    FloatProduct product = kernels.product();
    float[] panels = FloatScratch.get().array(FloatScratch.PACK_A, rows * k);
    product.packA(rows, k, a, ao, k, 1, panels, 0);
    product.addStrips(rows, columns, k, panels, 0, k, 0, strips, 0, c, co, columns);
  }

  /** c += a<sup>T</sup> b for a matrix a of some rows, one column a key, and a packed b. */
  private void addTransposed(int rows, int columns, float[] a, float[] strips, float[] c, int co) {
    FloatProduct product = kernels.product();
    float[] panels = FloatScratch.get().array(FloatScratch.PACK_A, keys * rows);
    product.packA(keys, rows, a, 0, 1, keys, panels, 0);
    product.addStrips(keys, columns, rows, panels, 0, rows, 0, strips, 0, c, co, columns);
  }
}
