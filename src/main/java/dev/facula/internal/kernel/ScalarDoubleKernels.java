package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/** The kernels in plain Java; each is found in the class of its family. */
public class ScalarDoubleKernels implements DoubleKernels {
  private final DoubleProduct product;

  /** Creates the kernels in plain Java. */
  public ScalarDoubleKernels() {
    this(new ScalarDoubleProduct());
  }

  /** Creates the kernels with other inner loops for matrix products and convolutions. */
  protected ScalarDoubleKernels(DoubleProduct product) {
    this.product = product;
  }

  @Override
  public DoubleProduct product() {
    return product;
  }

  @Override
  public void neg(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.neg(x, xo, y, yo, n);
  }

  @Override
  public void abs(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.abs(x, xo, y, yo, n);
  }

  @Override
  public void square(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.square(x, xo, y, yo, n);
  }

  @Override
  public void sqrt(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.sqrt(x, xo, y, yo, n);
  }

  @Override
  public void rsqrt(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.rsqrt(x, xo, y, yo, n);
  }

  @Override
  public void reciprocal(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.reciprocal(x, xo, y, yo, n);
  }

  @Override
  public void exp(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.exp(x, xo, y, yo, n);
  }

  @Override
  public void log(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.log(x, xo, y, yo, n);
  }

  @Override
  public void sin(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.sin(x, xo, y, yo, n);
  }

  @Override
  public void cos(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.cos(x, xo, y, yo, n);
  }

  @Override
  public void tanh(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.tanh(x, xo, y, yo, n);
  }

  @Override
  public void sigmoid(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.sigmoid(x, xo, y, yo, n);
  }

  @Override
  public void erf(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.erf(x, xo, y, yo, n);
  }

  @Override
  public void relu(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.relu(x, xo, y, yo, n);
  }

  @Override
  public void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.clamp(low, high, x, xo, y, yo, n);
  }

  @Override
  public void leakyRelu(double slope, double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.leakyRelu(slope, x, xo, y, yo, n);
  }

  @Override
  public void gelu(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.gelu(x, xo, y, yo, n);
  }

  @Override
  public void silu(double[] x, int xo, double[] y, int yo, int n) {
    DoubleUnary.silu(x, xo, y, yo, n);
  }

  @Override
  public void add(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.add(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sub(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.sub(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void mul(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.mul(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void div(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.div(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void maximum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.maximum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void minimum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.minimum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void lerp(
      double weight, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.lerp(weight, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void squaredDifference(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.squaredDifference(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void huber(
      double limit,
      double divisor,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] y,
      int yo,
      int n) {
    DoubleBinary.huber(limit, divisor, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void reluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleGradient.relu(g, go, x, xo, y, yo, n);
  }

  @Override
  public void sigmoidBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleGradient.sigmoid(g, go, x, xo, y, yo, n);
  }

  @Override
  public void tanhBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleGradient.tanh(g, go, x, xo, y, yo, n);
  }

  @Override
  public void geluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleGradient.gelu(g, go, x, xo, y, yo, n);
  }

  @Override
  public void siluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleGradient.silu(g, go, x, xo, y, yo, n);
  }

  @Override
  public void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n) {
    DoubleBinary.axpy(alpha, x, xo, y, yo, n);
  }

  @Override
  public void fill(double value, double[] y, int yo, int n) {
    DoubleBinary.fill(value, y, yo, n);
  }

  @Override
  public void eq(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    DoubleBinary.eq(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void ne(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    DoubleBinary.ne(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void lt(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    DoubleBinary.lt(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void le(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    DoubleBinary.le(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void where(
      byte[] c, int co, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    DoubleBinary.where(c, co, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sumRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    DoubleReduce.sumRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void sumColumns(double[] x, int xo, int outer, int n, int inner, double[] y, int yo) {
    DoubleReduce.sumColumns(x, xo, outer, n, inner, y, yo);
  }

  @Override
  public void maxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    DoubleReduce.maxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void minRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    DoubleReduce.minRows(x, xo, rows, n, y, yo);
  }

  @Override
  public double dot(double[] a, int ao, double[] b, int bo, int n) {
    return DoubleReduce.dot(a, ao, b, bo, n);
  }

  @Override
  public void softmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    DoubleSoftmax.softmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void logSoftmaxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    DoubleSoftmax.logSoftmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void softmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo) {
    DoubleSoftmax.softmaxRowsBackward(g, go, y, yo, rows, n, dx, dxo);
  }

  @Override
  public void logSoftmaxRowsBackward(
      double[] g, int go, double[] y, int yo, int rows, int n, double[] dx, int dxo) {
    DoubleSoftmax.logSoftmaxRowsBackward(g, go, y, yo, rows, n, dx, dxo);
  }

  @Override
  public void transpose(double[] x, int xo, int ldx, int m, int n, double[] y, int yo, int ldy) {
    DoubleCopy.transpose(x, xo, ldx, m, n, y, yo, ldy);
  }

  @Override
  public void gemm(
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
      int ldc) {
    DoubleMatmul.gemm(product, transA, transB, m, n, k, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
  }

  @Override
  public void linear(
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
      double[] y) {
    DoubleMatmul.gemm(
        product, transX, transW, m, n, k, x, xo, ldx, w, wo, ldw, 1, bias, biasO, y, 0, n);
  }

  @Override
  public void gemmBatched(
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
      int ldc) {
    DoubleMatmul.gemmBatched(
        product, batch, transA, transB, m, n, k, a, ao, aStep, lda, b, bo, bStep, ldb, beta, c, co,
        cStep, ldc);
  }

  @Override
  public void conv2d(
      ConvShape s,
      double[] x,
      int xo,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int biasO,
      double[] y,
      int yo) {
    DoubleConvolution.forward(product, s, x, xo, w, wo, bias, biasO, y, yo);
  }

  @Override
  public void conv2dInputGradient(
      ConvShape s, double[] g, int go, double[] w, int wo, double[] dx, int dxo) {
    DoubleConvolutionInput.gradient(product, s, g, go, w, wo, dx, dxo);
  }

  @Override
  public void conv2dWeightGradient(
      ConvShape s, double[] g, int go, double[] x, int xo, double[] dw, int dwo) {
    DoubleConvolutionWeight.gradient(product, s, g, go, x, xo, dw, dwo);
  }

  @Override
  public void maxPool2d(PoolShape s, double[] x, int xo, double[] y, int yo, int[] index, int io) {
    DoublePooling.max(s, x, xo, y, yo, index, io);
  }

  @Override
  public void maxPool2dBackward(
      PoolShape s, double[] g, int go, int[] index, int io, double[] dx, int dxo) {
    DoublePooling.maxBackward(s, g, go, index, io, dx, dxo);
  }

  @Override
  public void avgPool2d(
      PoolShape s, boolean countPadding, int divisor, double[] x, int xo, double[] y, int yo) {
    DoublePooling.average(s, countPadding, divisor, x, xo, y, yo);
  }

  @Override
  public void avgPool2dBackward(
      PoolShape s, boolean countPadding, int divisor, double[] g, int go, double[] dx, int dxo) {
    DoublePooling.averageBackward(s, countPadding, divisor, g, go, dx, dxo);
  }

  @Override
  public void crossEntropyRows(
      double[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      double[] loss,
      int lo,
      double[] lse,
      int so) {
    DoubleSoftmax.crossEntropyRows(x, xo, rows, n, target, to, loss, lo, lse, so);
  }

  @Override
  public void crossEntropyRowsBackward(
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
      int dxo) {
    DoubleSoftmax.crossEntropyRowsBackward(g, go, x, xo, rows, n, target, to, lse, so, dx, dxo);
  }

  @Override
  public void nllRows(
      double[] x, int xo, int rows, int n, long[] target, int to, double[] y, int yo) {
    DoubleSoftmax.nllRows(x, xo, rows, n, target, to, y, yo);
  }

  @Override
  public void nllRowsBackward(
      double[] g, int go, int rows, int n, long[] target, int to, double[] dx, int dxo) {
    DoubleSoftmax.nllRowsBackward(g, go, rows, n, target, to, dx, dxo);
  }

  @Override
  public void argmaxRows(double[] x, int xo, int rows, int n, long[] y, int yo) {
    DoubleReduce.argmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void argminRows(double[] x, int xo, int rows, int n, long[] y, int yo) {
    DoubleReduce.argminRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void cumsumRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    DoubleReduce.cumsumRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void layerNormRows(
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
      int ro) {
    DoubleNorm.layerNormRows(
        x, xo, rows, n, gamma, gammaO, beta, betaO, eps, y, yo, mean, mo, rstd, ro);
  }

  @Override
  public void layerNormRowsBackward(
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
      int dxo) {
    DoubleNorm.layerNormRowsBackward(
        g, go, x, xo, rows, n, gamma, gammaO, mean, mo, rstd, ro, dx, dxo);
  }

  @Override
  public void layerNormRowsParameters(
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
      int dbo) {
    DoubleNorm.layerNormRowsParameters(
        g, go, x, xo, rows, n, mean, mo, rstd, ro, dgamma, dgo, dbeta, dbo);
  }

  @Override
  public void channelStatistics(
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
      int vo) {
    DoubleNorm.channelStatistics(x, xo, batch, channels, inner, from, to, mean, mo, var, vo);
  }

  @Override
  public void scaleShiftChannels(
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
      int yo) {
    DoubleNorm.scaleShiftChannels(x, xo, batch, channels, inner, scale, so, shift, to, y, yo);
  }

  @Override
  public void batchNormBackward(
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
      int dbo) {
    DoubleNorm.batchNormBackward(
        g, go, x, xo, batch, channels, inner, from, to, gamma, gammaO, mean, mo, rstd, ro, dx, dxo,
        dgamma, dgo, dbeta, dbo);
  }

  @Override
  public void sgd(
      double[] p, int po, double[] g, int go, int n, double lr, double weightDecay, double sign) {
    DoubleOptimizer.sgd(p, po, g, go, n, lr, weightDecay, sign);
  }

  @Override
  public void sgdMomentum(
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
      boolean nesterov) {
    DoubleOptimizer.sgdMomentum(
        p, po, g, go, buf, bo, n, lr, momentum, share, weightDecay, sign, nesterov);
  }

  @Override
  public void adam(
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
      double sign) {
    DoubleOptimizer.adam(
        p,
        po,
        g,
        go,
        m,
        mo,
        v,
        vo,
        vmax,
        xo,
        n,
        stepSize,
        share1,
        beta2,
        share2,
        correction2,
        eps,
        weightDecay,
        keep,
        sign);
  }

  @Override
  public void rmsprop(
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
      double sign) {
    DoubleOptimizer.rmsprop(
        p,
        po,
        g,
        go,
        square,
        so,
        mean,
        mo,
        buf,
        bo,
        n,
        lr,
        alpha,
        share,
        eps,
        momentum,
        weightDecay,
        sign);
  }

  @Override
  public void adagrad(
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
      double sign) {
    DoubleOptimizer.adagrad(p, po, g, go, sum, so, n, lr, eps, weightDecay, sign);
  }

  @Override
  public void lstmCellBackward(
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
      double[] dGates) {
    DoubleRecurrent.lstmCellBackward(
        0, n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }
}
