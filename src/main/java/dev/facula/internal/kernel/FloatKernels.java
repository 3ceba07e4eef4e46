package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The loops over {@code float} arrays. Every operand is an array, the index of its first element
 * and counts; nothing here knows a tensor. Unless a comment says otherwise an output may be the
 * same run of the same array as an input.
 */
public interface FloatKernels {
  /** The inner loops of matrix products. */
  FloatProduct product();

  // ---- elementwise, one operand: y[i] = f(x[i]) -------------------------------------------

  void neg(float[] x, int xo, float[] y, int yo, int n);

  void abs(float[] x, int xo, float[] y, int yo, int n);

  void square(float[] x, int xo, float[] y, int yo, int n);

  void sqrt(float[] x, int xo, float[] y, int yo, int n);

  void rsqrt(float[] x, int xo, float[] y, int yo, int n);

  void reciprocal(float[] x, int xo, float[] y, int yo, int n);

  void exp(float[] x, int xo, float[] y, int yo, int n);

  void log(float[] x, int xo, float[] y, int yo, int n);

  void sin(float[] x, int xo, float[] y, int yo, int n);

  void cos(float[] x, int xo, float[] y, int yo, int n);

  void tanh(float[] x, int xo, float[] y, int yo, int n);

  void sigmoid(float[] x, int xo, float[] y, int yo, int n);

  void erf(float[] x, int xo, float[] y, int yo, int n);

  /** max(x, 0); NaN stays NaN. */
  void relu(float[] x, int xo, float[] y, int yo, int n);

  /** min(max(x, low), high). */
  void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n);

  /** x where x &gt; 0, else slope x. */
  void leakyRelu(float slope, float[] x, int xo, float[] y, int yo, int n);

  /** x Phi(x), Phi by erf. */
  void gelu(float[] x, int xo, float[] y, int yo, int n);

  /** x sigmoid(x). */
  void silu(float[] x, int xo, float[] y, int yo, int n);

  /** log(sigmoid(x)). */
  default void logSigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.logSigmoid(this, x, xo, y, yo, n);
  }

  default void floor(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.floor(x, xo, y, yo, n);
  }

  default void ceil(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.ceil(x, xo, y, yo, n);
  }

  /** The nearest integer, of two the even one. */
  default void round(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.round(x, xo, y, yo, n);
  }

  /** 1, 0 or -1; 0 for NaN. */
  default void sign(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.sign(x, xo, y, yo, n);
  }

  // float only: Math is as fast for double
  /** exp(x) - 1. */
  default void expm1(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.expm1(this, x, xo, y, yo, n);
  }

  /** log(1 + x). */
  default void log1p(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.log1p(this, x, xo, y, yo, n);
  }

  /** The logarithm to the base 2, exact for powers of two. */
  default void log2(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.log2(this, x, xo, y, yo, n);
  }

  // end of float only

  // ---- elementwise, two operands: y[i] = f(a[i], b[i]) -------------------------------------

  void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** Larger of the two; NaN if either is NaN. */
  void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** a + weight (b - a), from the nearer end. */
  void lerp(float weight, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** (a - b) (a - b). */
  void squaredDifference(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** c (d - c / 2) / divisor, where d = |a - b| and c = min(d, limit). */
  void huber(
      float limit, float divisor, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  /** g where x &gt; 0, else 0 (a = g, b = x or the output of relu). */
  void reluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n);

  /** g y (1 - y). */
  void sigmoidBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n);

  /** g (1 - y y). */
  void tanhBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n);

  /** g (Phi(x) + x phi(x)). */
  void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n);

  /** g s (1 + x (1 - s)), s = sigmoid(x). */
  void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n);

  /** y[i] += alpha x[i]. */
  void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n);

  /** y[i] = value. */
  void fill(float value, float[] y, int yo, int n);

  // ---- comparisons into bytes (0 or 1) ------------------------------------------------------

  void eq(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);

  void ne(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);

  void lt(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);

  void le(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);

  /** y[i] = c[i] != 0 ? a[i] : b[i]. */
  void where(byte[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);

  // ---- reductions ---------------------------------------------------------------------------

  /** y[r] = sum over i of x[r, i]; several accumulators, so that errors grow slowly. */
  void sumRows(float[] x, int xo, int rows, int n, float[] y, int yo);

  /** y[o, i] = sum over k of x[o, k, i]. */
  void sumColumns(float[] x, int xo, int outer, int n, int inner, float[] y, int yo);

  /** y[r] = max over i of x[r, i], n &gt; 0; NaN if there is one. */
  void maxRows(float[] x, int xo, int rows, int n, float[] y, int yo);

  void minRows(float[] x, int xo, int rows, int n, float[] y, int yo);

  /** Sum of a[i] b[i]. */
  float dot(float[] a, int ao, float[] b, int bo, int n);

  /** Index of the largest of each row, n &gt; 0; the first of equals, the first NaN of all. */
  void argmaxRows(float[] x, int xo, int rows, int n, long[] y, int yo);

  void argminRows(float[] x, int xo, int rows, int n, long[] y, int yo);

  /** y[r, i] = x[r, 0] + ... + x[r, i]. */
  void cumsumRows(float[] x, int xo, int rows, int n, float[] y, int yo);

  // ---- softmax over rows --------------------------------------------------------------------

  void softmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo);

  void logSoftmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo);

  /** dx = y (g - sum(g y)), row by row. */
  void softmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo);

  /** dx = g - exp(y) sum(g), row by row. */
  void logSoftmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo);

  /**
   * loss[r] = lse[r] - x[r, target[r]] with lse[r] = log(sum over i of exp(x[r, i])). A negative
   * target makes a loss of 0.
   */
  void crossEntropyRows(
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] loss,
      int lo,
      float[] lse,
      int so);

  /**
   * dx[r, i] = g[r] (exp(x[r, i] - lse[r]) - [i = target[r]]); for a negative target 0, or NaN
   * where lse is not finite.
   */
  void crossEntropyRowsBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] lse,
      int so,
      float[] dx,
      int dxo);

  /** y[r] = -x[r, target[r]]; 0 for a negative target. */
  void nllRows(float[] x, int xo, int rows, int n, long[] target, int to, float[] y, int yo);

  /** dx[r, i] = -g[r] [i = target[r]]. */
  void nllRowsBackward(
      float[] g, int go, int rows, int n, long[] target, int to, float[] dx, int dxo);

  // ---- copies -------------------------------------------------------------------------------

  /** y[j, i] = x[i, j] for an m x n matrix x with row stride ldx, and row stride ldy of y. */
  void transpose(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy);

  // ---- normalisation -----------------------------------------------------------------------

  /**
   * y = (x - mean) rstd gamma + beta over each row, rstd = 1 / sqrt(variance + eps); y is not x.
   */
  void layerNormRows(
      float[] x,
      int xo,
      int rows,
      int n,
      float @Nullable [] gamma,
      int gammaO,
      float @Nullable [] beta,
      int betaO,
      float eps,
      float[] y,
      int yo,
      float[] mean,
      int mo,
      float[] rstd,
      int ro);

  /**
   * dx = rstd (h - mean(h) - z mean(h z)) with h = g gamma and z = (x - mean) rstd; dx may be g,
   * not x.
   */
  void layerNormRowsBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      float @Nullable [] gamma,
      int gammaO,
      float[] mean,
      int mo,
      float[] rstd,
      int ro,
      float[] dx,
      int dxo);

  /** dgamma = sum over rows of g z, dbeta = sum over rows of g. */
  void layerNormRowsParameters(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      float[] mean,
      int mo,
      float[] rstd,
      int ro,
      float[] dgamma,
      int dgo,
      float[] dbeta,
      int dbo);

  /**
   * Means and variances (divided by the count) of channels, x of shape [batch, channels, inner],
   * for the channels from .. to - 1.
   */
  void channelStatistics(
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      float[] mean,
      int mo,
      float[] var,
      int vo);

  /** y = x scale[c] + shift[c]. */
  void scaleShiftChannels(
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      float[] scale,
      int so,
      float[] shift,
      int to,
      float[] y,
      int yo);

  /**
   * dx = gamma rstd (g - mean(g) - z mean(g z)) over each channel, dgamma = sum of g z, dbeta = sum
   * of g, with z = (x - mean) rstd.
   */
  void batchNormBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      float @Nullable [] gamma,
      int gammaO,
      float[] mean,
      int mo,
      float[] rstd,
      int ro,
      float[] dx,
      int dxo,
      float[] dgamma,
      int dgo,
      float[] dbeta,
      int dbo);

  // ---- optimizer steps, in the order of operations of PyTorch ------------------------------

  /** p -= lr d, here and below with d = sign g + weightDecay p; sign is 1, or -1 to maximise. */
  void sgd(float[] p, int po, float[] g, int go, int n, float lr, float weightDecay, float sign);

  /**
   * buf = momentum buf + share d; p -= lr (nesterov ? d + momentum buf : buf). The share is 1 -
   * dampening, in the first step 1 (and buf zeros).
   */
  void sgdMomentum(
      float[] p,
      int po,
      float[] g,
      int go,
      float[] buf,
      int bo,
      int n,
      float lr,
      float momentum,
      float share,
      float weightDecay,
      float sign,
      boolean nesterov);

  /**
   * m += share1 (d - m); v = beta2 v + share2 d d; p = keep p - stepSize m / (sqrt(v) / correction2
   * + eps), with the largest v so far where vmax is given. The shares are 1 - beta; keep is 1 - lr
   * weightDecay for AdamW (and weightDecay here 0), else 1; correction2 = sqrt(1 - beta2^t).
   */
  void adam(
      float[] p,
      int po,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      float @Nullable [] vmax,
      int xo,
      int n,
      float stepSize,
      float share1,
      float beta2,
      float share2,
      float correction2,
      float eps,
      float weightDecay,
      float keep,
      float sign);

  /**
   * square = alpha square + share d d; p -= lr d / (sqrt(square) + eps), the share 1 - alpha. Where
   * mean is given, it follows d likewise and its square is taken off; where buf is given, it is
   * momentum buf + the quotient and p -= lr buf.
   */
  void rmsprop(
      float[] p,
      int po,
      float[] g,
      int go,
      float[] square,
      int so,
      float @Nullable [] mean,
      int mo,
      float @Nullable [] buf,
      int bo,
      int n,
      float lr,
      float alpha,
      float share,
      float eps,
      float momentum,
      float weightDecay,
      float sign);

  /** sum += d d; p -= lr d / (sqrt(sum) + eps). */
  void adagrad(
      float[] p,
      int po,
      float[] g,
      int go,
      float[] sum,
      int so,
      int n,
      float lr,
      float eps,
      float weightDecay,
      float sign);

  // ---- matrix product -----------------------------------------------------------------------

  /**
   * C = op(A) op(B) + beta C, with op(A) m x k, op(B) k x n, all row-major with row strides lda,
   * ldb, ldc (of the arrays as stored: A is k x m where transA). beta is 0 or 1; with 0 the old
   * contents of C are not read. Each element is one chain over k, whatever the number of threads.
   * Runs on the worker pool where the size is worth it.
   */
  void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int lda,
      float[] b,
      int bo,
      int ldb,
      float beta,
      float[] c,
      int co,
      int ldc);

  /** Y = op(X) op(W) + bias, the bias being one for each column; Y is m x n without gaps. */
  void linear(
      boolean transX,
      boolean transW,
      int m,
      int n,
      int k,
      float[] x,
      int xo,
      int ldx,
      float[] w,
      int wo,
      int ldw,
      float[] bias,
      int biasO,
      float[] y);

  /** {@code batch} products as above, operand i at offset + i * step. */
  void gemmBatched(
      int batch,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int aStep,
      int lda,
      float[] b,
      int bo,
      int bStep,
      int ldb,
      float beta,
      float[] c,
      int co,
      int cStep,
      int ldc);

  // ---- convolution and pooling, arrays contiguous -------------------------------------------

  /** y = x * w + bias, the cross-correlation that PyTorch calls convolution. */
  void conv2d(
      ConvShape s,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int biasO,
      float[] y,
      int yo);

  /** dx from the gradient g of the output; what dx held is not read. */
  void conv2dInputGradient(ConvShape s, float[] g, int go, float[] w, int wo, float[] dx, int dxo);

  /** dw from the gradient g of the output; what dw held is not read. */
  void conv2dWeightGradient(ConvShape s, float[] g, int go, float[] x, int xo, float[] dw, int dwo);

  /**
   * Maxima of windows, and where in its plane (h * width + w) each was found; -infinity and -1 for
   * a window without a cell.
   */
  void maxPool2d(PoolShape s, float[] x, int xo, float[] y, int yo, int[] index, int io);

  /** dx[index] += g over zeros. */
  void maxPool2dBackward(PoolShape s, float[] g, int go, int[] index, int io, float[] dx, int dxo);

  /**
   * Means of windows. A sum is divided by {@code divisor}, or where that is 0 by the cells of the
   * window, with or without those on the padding.
   */
  void avgPool2d(
      PoolShape s, boolean countPadding, int divisor, float[] x, int xo, float[] y, int yo);

  void avgPool2dBackward(
      PoolShape s, boolean countPadding, int divisor, float[] g, int go, float[] dx, int dxo);

  /**
   * The way back through the n cells of a row of {@link FloatRecurrent#lstm}: from the gradient of
   * h', {@code dh + dState}, and that of c' in {@code dCell}, the gradients of the gates before
   * their functions, 4 n at {@code dGates[row]} as the gates at {@code gates[row]}, and that of c,
   * which replaces dCell.
   */
  void lstmCellBackward(
      int n,
      float[] gates,
      int row,
      float[] c,
      int before,
      float[] t,
      int at,
      float[] dh,
      int dho,
      float[] dState,
      float[] dCell,
      int state,
      float[] dGates);
}
