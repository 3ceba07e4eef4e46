package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The loops over {@code double} arrays. Every operand is an array, the index of its first element
 * and counts; nothing here knows a tensor. Unless a comment says otherwise an output may be the
 * same run of the same array as an input.
 */
public interface DoubleKernels {
  /** The inner loops of matrix products. */
  DoubleProduct product();

  // ---- elementwise, one operand: y[i] = f(x[i]) -------------------------------------------

  void neg(double[] x, int xo, double[] y, int yo, int n);

  void abs(double[] x, int xo, double[] y, int yo, int n);

  void square(double[] x, int xo, double[] y, int yo, int n);

  void sqrt(double[] x, int xo, double[] y, int yo, int n);

  void rsqrt(double[] x, int xo, double[] y, int yo, int n);

  void reciprocal(double[] x, int xo, double[] y, int yo, int n);

  void exp(double[] x, int xo, double[] y, int yo, int n);

  void log(double[] x, int xo, double[] y, int yo, int n);

  void sin(double[] x, int xo, double[] y, int yo, int n);

  void cos(double[] x, int xo, double[] y, int yo, int n);

  void tanh(double[] x, int xo, double[] y, int yo, int n);

  void sigmoid(double[] x, int xo, double[] y, int yo, int n);

  void erf(double[] x, int xo, double[] y, int yo, int n);

  /** max(x, 0); NaN stays NaN. */
  void relu(double[] x, int xo, double[] y, int yo, int n);

  /** min(max(x, low), high). */
  void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n);

  /** x where x &gt; 0, else slope x. */
  void leakyRelu(double slope, double[] x, int xo, double[] y, int yo, int n);

  /** x Phi(x), Phi by erf. */
  void gelu(double[] x, int xo, double[] y, int yo, int n);

  /** x sigmoid(x). */
  void silu(double[] x, int xo, double[] y, int yo, int n);

  /** log(sigmoid(x)). */
  default void logSigmoid(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.logSigmoid(this, x, xo, y, yo, n);
  }

  default void floor(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.floor(x, xo, y, yo, n);
  }

  default void ceil(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.ceil(x, xo, y, yo, n);
  }

  /** The nearest integer, of two the even one. */
  default void round(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.round(x, xo, y, yo, n);
  }

  /** 1, 0 or -1; 0 for NaN. */
  default void sign(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.sign(x, xo, y, yo, n);
  }

  // ---- elementwise, two operands: y[i] = f(a[i], b[i]) -------------------------------------

  void add(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  void sub(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  void mul(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  void div(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  /** Larger of the two; NaN if either is NaN. */
  void maximum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  void minimum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  /** a + weight (b - a), from the nearer end. */
  void lerp(double weight, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  /** (a - b) (a - b). */
  void squaredDifference(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  /** c (d - c / 2) / divisor, where d = |a - b| and c = min(d, limit). */
  void huber(
      double limit,
      double divisor,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] y,
      int yo,
      int n);

  /** g where x &gt; 0, else 0 (a = g, b = x or the output of relu). */
  void reluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n);

  /** g y (1 - y). */
  void sigmoidBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n);

  /** g (1 - y y). */
  void tanhBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n);

  /** g (Phi(x) + x phi(x)). */
  void geluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n);

  /** g s (1 + x (1 - s)), s = sigmoid(x). */
  void siluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n);

  /** y[i] += alpha x[i]. */
  void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n);

  /** y[i] = value. */
  void fill(double value, double[] y, int yo, int n);

  // ---- comparisons into bytes (0 or 1) ------------------------------------------------------

  void eq(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n);

  void ne(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n);

  void lt(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n);

  void le(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n);

  /** y[i] = c[i] != 0 ? a[i] : b[i]. */
  void where(byte[] c, int co, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n);

  // ---- reductions ---------------------------------------------------------------------------

  /** y[r] = sum over i of x[r, i]; several accumulators, so that errors grow slowly. */
  void sumRows(double[] x, int xo, int rows, int n, double[] y, int yo);

  /** y[o, i] = sum over k of x[o, k, i]. */
  void sumColumns(double[] x, int xo, int outer, int n, int inner, double[] y, int yo);

  /** y[r] = max over i of x[r, i], n &gt; 0; NaN if there is one. */
  void maxRows(double[] x, int xo, int rows, int n, double[] y, int yo);

  void minRows(double[] x, int xo, int rows, int n, double[] y, int yo);

  /** Sum of a[i] b[i]. */
  double dot(double[] a, int ao, double[] b, int bo, int n);

  /** Index of the largest of each row, n &gt; 0; the first of equals, the first NaN of all. */
  void argmaxRows(double[] x, int xo, int rows, int n, long[] y, int yo);

  void argminRows(double[] x, int xo, int rows, int n, long[] y, int yo);

  /** y[r, i] = x[r, 0] + ... + x[r, i]. */
  void cumsumRows(double[] x, int xo, int rows, int n, double[] y, int yo);

  // ---- softmax over rows --------------------------------------------------------------------

  void softmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo);

  void logSoftmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo);

  /** dx = y (g - sum(g y)), row by row. */
  void softmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo);

  /** dx = g - exp(y) sum(g), row by row. */
  void logSoftmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo);

  /**
   * loss[r] = lse[r] - x[r, target[r]] with lse[r] = log(sum over i of exp(x[r, i])). A negative
   * target makes a loss of 0.
   */
  void crossEntropyRows(
      double[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      double[] loss,
      int lo,
      double[] lse,
      int so);

  /**
   * dx[r, i] = g[r] (exp(x[r, i] - lse[r]) - [i = target[r]]); for a negative target 0, or NaN
   * where lse is not finite.
   */
  void crossEntropyRowsBackward(
      double[] g,
      int go,
      double[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      double[] lse,
      int so,
      double[] dx,
      int dxo);

  /** y[r] = -x[r, target[r]]; 0 for a negative target. */
  void nllRows(double[] x, int xo, int rows, int n, long[] target, int to, double[] y, int yo);

  /** dx[r, i] = -g[r] [i = target[r]]. */
  void nllRowsBackward(
      double[] g, int go, int rows, int n, long[] target, int to, double[] dx, int dxo);

  // ---- copies -------------------------------------------------------------------------------

  /** y[j, i] = x[i, j] for an m x n matrix x with row stride ldx, and row stride ldy of y. */
  void transpose(double[] x, int xo, int ldx, int m, int n, double[] y, int yo, int ldy);

  // ---- normalisation -----------------------------------------------------------------------

  /**
   * y = (x - mean) rstd gamma + beta over each row, rstd = 1 / sqrt(variance + eps); y is not x.
   */
  void layerNormRows(
      double[] x,
      int xo,
      int rows,
      int n,
      double @Nullable [] gamma,
      int gammaO,
      double @Nullable [] beta,
      int betaO,
      double eps,
      double[] y,
      int yo,
      double[] mean,
      int mo,
      double[] rstd,
      int ro);

  /**
   * dx = rstd (h - mean(h) - z mean(h z)) with h = g gamma and z = (x - mean) rstd; dx may be g,
   * not x.
   */
  void layerNormRowsBackward(
      double[] g,
      int go,
      double[] x,
      int xo,
      int rows,
      int n,
      double @Nullable [] gamma,
      int gammaO,
      double[] mean,
      int mo,
      double[] rstd,
      int ro,
      double[] dx,
      int dxo);

  /** dgamma = sum over rows of g z, dbeta = sum over rows of g. */
  void layerNormRowsParameters(
      double[] g,
      int go,
      double[] x,
      int xo,
      int rows,
      int n,
      double[] mean,
      int mo,
      double[] rstd,
      int ro,
      double[] dgamma,
      int dgo,
      double[] dbeta,
      int dbo);

  /**
   * Means and variances (divided by the count) of channels, x of shape [batch, channels, inner],
   * for the channels from .. to - 1.
   */
  void channelStatistics(
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      double[] mean,
      int mo,
      double[] var,
      int vo);

  /** y = x scale[c] + shift[c]. */
  void scaleShiftChannels(
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      double[] scale,
      int so,
      double[] shift,
      int to,
      double[] y,
      int yo);

  /**
   * dx = gamma rstd (g - mean(g) - z mean(g z)) over each channel, dgamma = sum of g z, dbeta = sum
   * of g, with z = (x - mean) rstd.
   */
  void batchNormBackward(
      double[] g,
      int go,
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      double @Nullable [] gamma,
      int gammaO,
      double[] mean,
      int mo,
      double[] rstd,
      int ro,
      double[] dx,
      int dxo,
      double[] dgamma,
      int dgo,
      double[] dbeta,
      int dbo);

  // ---- optimizer steps, in the order of operations of PyTorch ------------------------------

  /** p -= lr d, here and below with d = sign g + weightDecay p; sign is 1, or -1 to maximise. */
  void sgd(
      double[] p, int po, double[] g, int go, int n, double lr, double weightDecay, double sign);

  /**
   * buf = momentum buf + share d; p -= lr (nesterov ? d + momentum buf : buf). The share is 1 -
   * dampening, in the first step 1 (and buf zeros).
   */
  void sgdMomentum(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] buf,
      int bo,
      int n,
      double lr,
      double momentum,
      double share,
      double weightDecay,
      double sign,
      boolean nesterov);

  /**
   * m += share1 (d - m); v = beta2 v + share2 d d; p = keep p - stepSize m / (sqrt(v) / correction2
   * + eps), with the largest v so far where vmax is given. The shares are 1 - beta; keep is 1 - lr
   * weightDecay for AdamW (and weightDecay here 0), else 1; correction2 = sqrt(1 - beta2^t).
   */
  void adam(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] m,
      int mo,
      double[] v,
      int vo,
      double @Nullable [] vmax,
      int xo,
      int n,
      double stepSize,
      double share1,
      double beta2,
      double share2,
      double correction2,
      double eps,
      double weightDecay,
      double keep,
      double sign);

  /**
   * square = alpha square + share d d; p -= lr d / (sqrt(square) + eps), the share 1 - alpha. Where
   * mean is given, it follows d likewise and its square is taken off; where buf is given, it is
   * momentum buf + the quotient and p -= lr buf.
   */
  void rmsprop(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] square,
      int so,
      double @Nullable [] mean,
      int mo,
      double @Nullable [] buf,
      int bo,
      int n,
      double lr,
      double alpha,
      double share,
      double eps,
      double momentum,
      double weightDecay,
      double sign);

  /** sum += d d; p -= lr d / (sqrt(sum) + eps). */
  void adagrad(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] sum,
      int so,
      int n,
      double lr,
      double eps,
      double weightDecay,
      double sign);

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
      double[] a,
      int ao,
      int lda,
      double[] b,
      int bo,
      int ldb,
      double beta,
      double[] c,
      int co,
      int ldc);

  /** Y = op(X) op(W) + bias, the bias being one for each column; Y is m x n without gaps. */
  void linear(
      boolean transX,
      boolean transW,
      int m,
      int n,
      int k,
      double[] x,
      int xo,
      int ldx,
      double[] w,
      int wo,
      int ldw,
      double[] bias,
      int biasO,
      double[] y);

  /** {@code batch} products as above, operand i at offset + i * step. */
  void gemmBatched(
      int batch,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int aStep,
      int lda,
      double[] b,
      int bo,
      int bStep,
      int ldb,
      double beta,
      double[] c,
      int co,
      int cStep,
      int ldc);

  // ---- convolution and pooling, arrays contiguous -------------------------------------------

  /** y = x * w + bias, the cross-correlation that PyTorch calls convolution. */
  void conv2d(
      ConvShape s,
      double[] x,
      int xo,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int biasO,
      double[] y,
      int yo);

  /** dx from the gradient g of the output; what dx held is not read. */
  void conv2dInputGradient(
      ConvShape s, double[] g, int go, double[] w, int wo, double[] dx, int dxo);

  /** dw from the gradient g of the output; what dw held is not read. */
  void conv2dWeightGradient(
      ConvShape s, double[] g, int go, double[] x, int xo, double[] dw, int dwo);

  /**
   * Maxima of windows, and where in its plane (h * width + w) each was found; -infinity and -1 for
   * a window without a cell.
   */
  void maxPool2d(PoolShape s, double[] x, int xo, double[] y, int yo, int[] index, int io);

  /** dx[index] += g over zeros. */
  void maxPool2dBackward(
      PoolShape s, double[] g, int go, int[] index, int io, double[] dx, int dxo);

  /**
   * Means of windows. A sum is divided by {@code divisor}, or where that is 0 by the cells of the
   * window, with or without those on the padding.
   */
  void avgPool2d(
      PoolShape s, boolean countPadding, int divisor, double[] x, int xo, double[] y, int yo);

  void avgPool2dBackward(
      PoolShape s, boolean countPadding, int divisor, double[] g, int go, double[] dx, int dxo);

  /**
   * The way back through the n cells of a row of {@link DoubleRecurrent#lstm}: from the gradient of
   * h', {@code dh + dState}, and that of c' in {@code dCell}, the gradients of the gates before
   * their functions, 4 n at {@code dGates[row]} as the gates at {@code gates[row]}, and that of c,
   * which replaces dCell.
   */
  void lstmCellBackward(
      int n,
      double[] gates,
      int row,
      double[] c,
      int before,
      double[] t,
      int at,
      double[] dh,
      int dho,
      double[] dState,
      double[] dCell,
      int state,
      double[] dGates);
}
