package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Scaled dot-product attention, softmax(scale Q K<sup>T</sup>) V, over a batch of heads, without
 * the scores of all queries in memory: a block of queries is multiplied with all keys, and the
 * weights between the two products stay in level 2. The backward pass computes the weights once
 * more, with the same bits, as in Dao et al., "FlashAttention", 2022; unlike there a block has all
 * its keys at once, so that its softmax is the ordinary one.
 *
 * <p>The rows of an operand have any stride, their elements are contiguous: queries [queries, n]
 * for each head, keys [keys, n], values [keys, m], results [queries, m].
 */
public final class FloatAttention implements AttentionKernels<float[]> {
  /** Queries that are multiplied with all keys at a time. */
  private static final int BLOCK = 4 * FloatProduct.PANEL;

  /** Queries of a task: the keys are packed for each. */
  private static final int CHUNK = 4 * BLOCK;

  private final FloatProduct product;
  private final FloatSoftmax softmax;

  /** Attention by these products and this softmax. */
  public FloatAttention(FloatProduct product, FloatSoftmax softmax) {
    this.product = product;
    this.softmax = softmax;
  }

  @Override
  public void forward(
      Shape s, Operand<float[]> q, Operand<float[]> k, Operand<float[]> v, Operand<float[]> y) {
    new Pass(s).forward(q, k, v, y);
  }

  @Override
  public void backward(
      Shape s,
      Operand<float[]> g,
      Operand<float[]> q,
      Operand<float[]> k,
      Operand<float[]> v,
      Operand<float[]> dq,
      Operand<float[]> dk,
      Operand<float[]> dv) {
    new Pass(s).backward(g, q, k, v, dq, dk, dv);
  }

  /** Attention of one shape. */
  private final class Pass {
    private final int heads;
    private final int queries;
    private final int keys;
    private final int n;
    private final int m;
    private final float scale;
    private final boolean causal;

    Pass(Shape s) {
      heads = s.heads();
      queries = s.queries();
      keys = s.keys();
      n = s.n();
      m = s.m();
      scale = (float) s.scale();
      causal = s.causal();
    }

    void forward(Operand<float[]> q, Operand<float[]> k, Operand<float[]> v, Operand<float[]> y) {
      int chunks = (queries + CHUNK - 1) / CHUNK;
      long work = (long) Math.min(queries, CHUNK) * keys * (n + m);
      Parallel.parallelFor(
          heads * chunks,
          work,
          (from, to) -> {
            FloatScratch scratch = FloatScratch.get();
            float[] transposedKeys =
                scratch.array(FloatScratch.PACK_B, product.stripColumns(keys) * n);
            float[] values = scratch.array(FloatScratch.WEIGHT, product.stripColumns(m) * keys);
            float[] weights = scratch.array(FloatScratch.OUTPUT, BLOCK * keys);
            for (int task = from; task < to; task++) {
              int head = task / chunks;
              int first = task % chunks * CHUNK;
              int end = Math.min(first + CHUNK, queries);
              pack(true, n, keys, k, head, transposedKeys);
              pack(false, keys, m, v, head, values);
              for (int i = first; i < end; i += BLOCK) {
                int rows = Math.min(BLOCK, end - i);
                int seen = seen(i + rows);
                weights(rows, seen, head, i, q, transposedKeys, weights);
                int result = at(y, head, i);
                multiply(
                    rows, seen, m, weights, 0, seen, values, keys, y.array(), result, y.stride());
              }
            }
          });
    }

    void backward(
        Operand<float[]> g,
        Operand<float[]> q,
        Operand<float[]> k,
        Operand<float[]> v,
        Operand<float[]> dq,
        Operand<float[]> dk,
        Operand<float[]> dv) {
      Parallel.parallelFor(
          heads,
          (long) queries * keys * (n + m),
          (from, to) -> {
            FloatScratch scratch = FloatScratch.get();
            float[] transposedKeys =
                scratch.array(FloatScratch.PACK_B, product.stripColumns(keys) * n);
            float[] packedKeys =
                scratch.array(FloatScratch.TRANSPOSED, product.stripColumns(n) * keys);
            float[] transposedValues =
                scratch.array(FloatScratch.WEIGHT, product.stripColumns(keys) * m);
            float[] weights = scratch.array(FloatScratch.OUTPUT, BLOCK * keys);
            float[] dScores = scratch.array(FloatScratch.FLAT, BLOCK * keys);
            float[] block =
                scratch.array(FloatScratch.SUMS, product.stripColumns(Math.max(n, m)) * BLOCK);
            for (int head = from; head < to; head++) {
              pack(true, n, keys, k, head, transposedKeys);
              pack(false, keys, n, k, head, packedKeys);
              pack(true, m, keys, v, head, transposedValues);
              for (int i = 0; i < queries; i += BLOCK) {
                int rows = Math.min(BLOCK, queries - i);
                int result = at(g, head, i);
                int query = at(dq, head, i);
                int seen = seen(i + rows);
                float[] scaled = weights(rows, seen, head, i, q, transposedKeys, weights);
                product.packB(false, rows, m, g.array(), result, g.stride(), block, 0);
                addTransposed(rows, m, seen, weights, block, dv, head);
                product.packB(false, rows, n, scaled, 0, n, block, 0);
                multiply(
                    rows,
                    m,
                    seen,
                    g.array(),
                    result,
                    g.stride(),
                    transposedValues,
                    m,
                    dScores,
                    0,
                    seen);
                softmax.softmaxRowsBackward(dScores, 0, weights, 0, rows, seen, dScores, 0);
                addTransposed(rows, n, seen, dScores, block, dk, head);
                multiply(
                    rows,
                    seen,
                    n,
                    dScores,
                    0,
                    seen,
                    packedKeys,
                    keys,
                    dq.array(),
                    query,
                    dq.stride());
                scale(rows, dq.array(), query, dq.stride(), dq.array(), query, dq.stride());
              }
            }
          });
    }

    /** The keys that queries before {@code end} may see, in whole strips. */
    private int seen(int end) {
      return causal ? Math.min(keys, product.stripColumns(end)) : keys;
    }

    private static int at(Operand<float[]> x, int head, int row) {
      return x.offsets()[head] + row * x.stride();
    }

    /** Packs the rows of a head, k x n, or n x k if transposed. */
    private void pack(
        boolean transposed, int k, int n, Operand<float[]> x, int head, float[] strips) {
      product.packB(transposed, k, n, x.array(), x.offsets()[head], x.stride(), strips, 0);
    }

    /**
     * The weights of some queries from {@code first} on, {@code columns} each; returns these
     * queries times the scale.
     */
    private float[] weights(
        int rows,
        int columns,
        int head,
        int first,
        Operand<float[]> q,
        float[] transposedKeys,
        float[] weights) {
      float[] scaled = FloatScratch.get().array(FloatScratch.IMAGE, rows * n);
      scale(rows, q.array(), at(q, head, first), q.stride(), scaled, 0, n);
      multiply(rows, n, columns, scaled, 0, n, transposedKeys, n, weights, 0, columns);
      for (int i = 0; causal && i < rows; i++) {
        int seen = Math.min(first + i + 1, columns);
        FloatBinary.fill(Float.NEGATIVE_INFINITY, weights, i * columns + seen, columns - seen);
      }
      softmax(rows, columns, weights);
      return scaled;
    }

    /** The softmax of each row; zeros in one of nothing but -inf, which attends to nothing. */
    private void softmax(int rows, int columns, float[] weights) {
      int from = 0;
      for (int i = 0; i < rows; i++) {
        if (closed(weights, i * columns, columns)) {
          softmax.softmaxRows(weights, from * columns, i - from, columns, weights, from * columns);
          FloatBinary.fill(0f, weights, i * columns, columns);
          from = i + 1;
        }
      }
      softmax.softmaxRows(weights, from * columns, rows - from, columns, weights, from * columns);
    }

    private static boolean closed(float[] weights, int from, int columns) {
      for (int i = from; i < from + columns; i++) {
        if (weights[i] != Float.NEGATIVE_INFINITY) {
          return false;
        }
      }
      return true;
    }

    private void scale(int rows, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
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
        float[] a,
        int ao,
        int lda,
        float[] strips,
        int depth,
        float[] c,
        int co,
        int ldc) {
      float[] panels = FloatScratch.get().array(FloatScratch.PACK_A, rows * k);
      float[] zeros = FloatScratch.get().zeros(columns);
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
        int rows, int columns, int seen, float[] a, float[] strips, Operand<float[]> c, int head) {
      float[] panels = FloatScratch.get().array(FloatScratch.PACK_A, seen * rows);
      product.packA(seen, rows, a, 0, 1, seen, panels, 0);
      float[] y = c.array();
      int to = c.offsets()[head];
      int ld = c.stride();
      product.multiplyStrips(
          seen, columns, rows, panels, 0, rows, 0, strips, 0, y, to, ld, y, to, ld);
    }
  }
}
