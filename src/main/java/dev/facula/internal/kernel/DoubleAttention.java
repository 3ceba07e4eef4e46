package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Scaled dot-product attention, softmax(scale Q K<sup>T</sup>) V, over a batch of heads, without
 * the scores of all queries in memory: a block of queries meets all keys, and what is between the
 * two products stays in level 2. The way back computes the weights once more, with the same bits,
 * as in Dao et al., "FlashAttention", 2022; unlike there a block has all its keys at once, so that
 * its softmax is the ordinary one.
 *
 * <p>The rows of an operand lie anywhere, their elements one after another: queries [queries, n]
 * for each head, keys [keys, n], values [keys, m], results [queries, m].
 */
public final class DoubleAttention {
  /** Queries that meet all keys at a time. */
  private static final int BLOCK = 4 * DoubleProduct.PANEL;

  /** Queries of a task: the keys are packed for each. */
  private static final int CHUNK = 4 * BLOCK;

  /** Multiplications that are worth a task. */
  private static final long GRAIN = 1 << 20;

  private final DoubleKernels kernels;
  private final int heads;
  private final int queries;
  private final int keys;
  private final int n;
  private final int m;
  private final double scale;
  private final boolean causal;

  /**
   * Attention of one shape.
   *
   * @param heads products
   * @param causal each query sees the keys up to its own place only
   */
  public DoubleAttention(
      DoubleKernels kernels,
      int heads,
      int queries,
      int keys,
      int n,
      int m,
      double scale,
      boolean causal) {
    this.kernels = kernels;
    this.heads = heads;
    this.queries = queries;
    this.keys = keys;
    this.n = n;
    this.m = m;
    this.scale = scale;
    this.causal = causal;
  }

  /** An operand. */
  public static final class Operand {
    private final double[] array;
    private final int[] offsets;
    private final int stride;

    /**
     * An operand.
     *
     * @param offsets where each head begins
     * @param stride from one row to the next
     */
    public Operand(double[] array, int[] offsets, int stride) {
      this.array = array;
      this.offsets = offsets;
      this.stride = stride;
    }
  }

  /** y = softmax(scale q k<sup>T</sup>) v. */
  public void forward(Operand q, Operand k, Operand v, Operand y) {
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
            pack(true, n, keys, k, head, turnedKeys);
            pack(false, keys, m, v, head, values);
            for (int i = first; i < end; i += BLOCK) {
              int rows = Math.min(BLOCK, end - i);
              int seen = seen(i + rows);
              weights(rows, seen, head, i, q, turnedKeys, weights);
              int result = at(y, head, i);
              multiply(rows, seen, m, weights, 0, seen, values, keys, y.array, result, y.stride);
            }
          }
        });
  }

  /**
   * The gradients of the operands; dk and dv hold zeros before.
   *
   * @param g the gradient of the result
   */
  public void backward(
      Operand g, Operand q, Operand k, Operand v, Operand dq, Operand dk, Operand dv) {
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
            pack(true, n, keys, k, head, turnedKeys);
            pack(false, keys, n, k, head, packedKeys);
            pack(true, m, keys, v, head, turnedValues);
            for (int i = 0; i < queries; i += BLOCK) {
              int rows = Math.min(BLOCK, queries - i);
              int result = at(g, head, i);
              int query = at(dq, head, i);
              int seen = seen(i + rows);
              double[] scaled = weights(rows, seen, head, i, q, turnedKeys, weights);
              product.packB(false, rows, m, g.array, result, g.stride, block, 0);
              addTransposed(rows, m, seen, weights, block, dv, head);
              product.packB(false, rows, n, scaled, 0, n, block, 0);
              multiply(rows, m, seen, g.array, result, g.stride, turnedValues, m, dScores, 0, seen);
              kernels.softmaxRowsBackward(dScores, 0, weights, 0, rows, seen, dScores, 0);
              addTransposed(rows, n, seen, dScores, block, dk, head);
              multiply(
                  rows, seen, n, dScores, 0, seen, packedKeys, keys, dq.array, query, dq.stride);
              scale(rows, dq.array, query, dq.stride, dq.array, query, dq.stride);
            }
          }
        });
  }

  /** The keys that queries before {@code end} may see, in whole strips. */
  private int seen(int end) {
    return causal ? Math.min(keys, kernels.product().stripColumns(end)) : keys;
  }

  private static int at(Operand x, int head, int row) {
    return x.offsets[head] + row * x.stride;
  }

  /** Packs the rows of a head, k x n, or n x k if transposed. */
  private void pack(boolean transposed, int k, int n, Operand x, int head, double[] strips) {
    kernels.product().packB(transposed, k, n, x.array, x.offsets[head], x.stride, strips, 0);
  }

  /**
   * The weights of some queries from {@code first} on, {@code columns} each; returns these queries
   * times the scale.
   */
  private double[] weights(
      int rows,
      int columns,
      int head,
      int first,
      Operand q,
      double[] turnedKeys,
      double[] weights) {
    double[] scaled = DoubleScratch.get().array(DoubleScratch.IMAGE, rows * n);
    scale(rows, q.array, at(q, head, first), q.stride, scaled, 0, n);
    multiply(rows, n, columns, scaled, 0, n, turnedKeys, n, weights, 0, columns);
    for (int i = 0; causal && i < rows; i++) {
      int seen = Math.min(first + i + 1, columns);
      kernels.fill(Double.NEGATIVE_INFINITY, weights, i * columns + seen, columns - seen);
    }
    softmax(rows, columns, weights);
    return scaled;
  }

  /** The softmax of each row; zeros in one of nothing but -inf, which attends to nothing. */
  private void softmax(int rows, int columns, double[] weights) {
    int from = 0;
    for (int i = 0; i < rows; i++) {
      if (closed(weights, i * columns, columns)) {
        kernels.softmaxRows(weights, from * columns, i - from, columns, weights, from * columns);
        kernels.fill(0.0, weights, i * columns, columns);
        from = i + 1;
      }
    }
    kernels.softmaxRows(weights, from * columns, rows - from, columns, weights, from * columns);
  }

  private static boolean closed(double[] weights, int from, int columns) {
    for (int i = from; i < from + columns; i++) {
      if (weights[i] != Double.NEGATIVE_INFINITY) {
        return false;
      }
    }
    return true;
  }

  private void scale(int rows, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < n; j++) {
        y[yo + i * ldy + j] = x[xo + i * ldx + j] * scale;
      }
    }
  }

  /**
   * c = a b for a matrix a of some rows of k, and a b packed in strips of at least as many rows.
   */
  private void multiply(
      int rows,
      int k,
      int columns,
      double[] a,
      int ao,
      int lda,
      double[] strips,
      int depth,
      double[] c,
      int co,
      int ldc) {
    DoubleProduct product = kernels.product();
    double[] panels = DoubleScratch.get().array(DoubleScratch.PACK_A, rows * k);
    double[] zeros = DoubleScratch.get().zeros(columns);
    product.packA(rows, k, a, ao, lda, 1, panels, 0);
    int width = k == depth ? columns : product.strip();
    for (int j = 0; j < columns; j += width) {
      int wide = Math.min(width, columns - j);
      int at = j * depth;
      product.multiplyStrips(
          rows, wide, k, panels, 0, k, 0, strips, at, zeros, 0, 0, c, co + j, ldc);
    }
  }

  /**
   * c += a<sup>T</sup> b for a matrix a of some rows, one column a key that is seen, and a packed
   * b.
   */
  private void addTransposed(
      int rows, int columns, int seen, double[] a, double[] strips, Operand c, int head) {
    DoubleProduct product = kernels.product();
    double[] panels = DoubleScratch.get().array(DoubleScratch.PACK_A, seen * rows);
    product.packA(seen, rows, a, 0, 1, seen, panels, 0);
    double[] y = c.array;
    int to = c.offsets[head];
    int ld = c.stride;
    product.multiplyStrips(
        seen, columns, rows, panels, 0, rows, 0, strips, 0, y, to, ld, y, to, ld);
  }
}
