package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/** The kernels in plain Java; each is found in the class of its family. */
public class ScalarFloatKernels implements FloatKernels {
  private final FloatProduct product;

  /** Creates the kernels in plain Java. */
  public ScalarFloatKernels() {
    this(new ScalarFloatProduct());
  }

  /** Creates the kernels with other inner loops for matrix products and convolutions. */
  protected ScalarFloatKernels(FloatProduct product) {
    this.product = product;
  }

  @Override
  public FloatProduct product() {
    return product;
  }

  @Override
  public void neg(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.neg(x, xo, y, yo, n);
  }

  @Override
  public void abs(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.abs(x, xo, y, yo, n);
  }

  @Override
  public void square(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.square(x, xo, y, yo, n);
  }

  @Override
  public void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.sqrt(x, xo, y, yo, n);
  }

  @Override
  public void rsqrt(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.rsqrt(x, xo, y, yo, n);
  }

  @Override
  public void reciprocal(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.reciprocal(x, xo, y, yo, n);
  }

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.exp(x, xo, y, yo, n);
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.log(x, xo, y, yo, n);
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.sin(x, xo, y, yo, n);
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.cos(x, xo, y, yo, n);
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.tanh(x, xo, y, yo, n);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.sigmoid(x, xo, y, yo, n);
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.erf(x, xo, y, yo, n);
  }

  @Override
  public void relu(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.relu(x, xo, y, yo, n);
  }

  @Override
  public void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.clamp(low, high, x, xo, y, yo, n);
  }

  @Override
  public void leakyRelu(float slope, float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.leakyRelu(slope, x, xo, y, yo, n);
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.gelu(x, xo, y, yo, n);
  }

  @Override
  public void silu(float[] x, int xo, float[] y, int yo, int n) {
    FloatUnary.silu(x, xo, y, yo, n);
  }

  @Override
  public void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.add(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.sub(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.mul(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.div(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.maximum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.minimum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void lerp(float weight, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.lerp(weight, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void squaredDifference(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.squaredDifference(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void huber(
      float limit, float divisor, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.huber(limit, divisor, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void reluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatGradient.relu(g, go, x, xo, y, yo, n);
  }

  @Override
  public void sigmoidBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatGradient.sigmoid(g, go, x, xo, y, yo, n);
  }

  @Override
  public void tanhBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatGradient.tanh(g, go, x, xo, y, yo, n);
  }

  @Override
  public void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatGradient.gelu(g, go, x, xo, y, yo, n);
  }

  @Override
  public void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatGradient.silu(g, go, x, xo, y, yo, n);
  }

  @Override
  public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    FloatBinary.axpy(alpha, x, xo, y, yo, n);
  }

  @Override
  public void fill(float value, float[] y, int yo, int n) {
    FloatBinary.fill(value, y, yo, n);
  }

  @Override
  public void eq(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    FloatBinary.eq(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void ne(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    FloatBinary.ne(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void lt(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    FloatBinary.lt(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void le(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    FloatBinary.le(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void where(
      byte[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatBinary.where(c, co, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sumRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    FloatReduce.sumRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void sumColumns(float[] x, int xo, int outer, int n, int inner, float[] y, int yo) {
    FloatReduce.sumColumns(x, xo, outer, n, inner, y, yo);
  }

  @Override
  public void maxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    FloatReduce.maxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void minRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    FloatReduce.minRows(x, xo, rows, n, y, yo);
  }

  @Override
  public float dot(float[] a, int ao, float[] b, int bo, int n) {
    return FloatReduce.dot(a, ao, b, bo, n);
  }

  @Override
  public void softmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    FloatSoftmax.softmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void logSoftmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    FloatSoftmax.logSoftmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void softmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    FloatSoftmax.softmaxRowsBackward(g, go, y, yo, rows, n, dx, dxo);
  }

  @Override
  public void logSoftmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    FloatSoftmax.logSoftmaxRowsBackward(g, go, y, yo, rows, n, dx, dxo);
  }

  @Override
  public void transpose(float[] x, int xo, int ldx, int m, int n, float[] y, int yo, int ldy) {
    FloatCopy.transpose(x, xo, ldx, m, n, y, yo, ldy);
  }

  @Override
  public void gemm(
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
      int ldc) {
    FloatMatmul.gemm(product, transA, transB, m, n, k, a, ao, lda, b, bo, ldb, beta, c, co, ldc);
  }

  @Override
  public void linear(
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
      float[] y) {
    FloatMatmul.gemm(
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
      int ldc) {
    FloatMatmul.gemmBatched(
        product, batch, transA, transB, m, n, k, a, ao, aStep, lda, b, bo, bStep, ldb, beta, c, co,
        cStep, ldc);
  }

  @Override
  public void conv2d(
      ConvShape s,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int biasO,
      float[] y,
      int yo) {
    FloatConvolution.forward(product, s, x, xo, w, wo, bias, biasO, y, yo);
  }

  @Override
  public void conv2dInputGradient(
      ConvShape s, float[] g, int go, float[] w, int wo, float[] dx, int dxo) {
    FloatConvolutionInput.gradient(product, s, g, go, w, wo, dx, dxo);
  }

  @Override
  public void conv2dWeightGradient(
      ConvShape s, float[] g, int go, float[] x, int xo, float[] dw, int dwo) {
    FloatConvolutionWeight.gradient(product, s, g, go, x, xo, dw, dwo);
  }

  @Override
  public void maxPool2d(PoolShape s, float[] x, int xo, float[] y, int yo, int[] index, int io) {
    FloatPooling.max(s, x, xo, y, yo, index, io);
  }

  @Override
  public void maxPool2dBackward(
      PoolShape s, float[] g, int go, int[] index, int io, float[] dx, int dxo) {
    FloatPooling.maxBackward(s, g, go, index, io, dx, dxo);
  }

  @Override
  public void avgPool2d(
      PoolShape s, boolean countPadding, int divisor, float[] x, int xo, float[] y, int yo) {
    FloatPooling.average(s, countPadding, divisor, x, xo, y, yo);
  }

  @Override
  public void avgPool2dBackward(
      PoolShape s, boolean countPadding, int divisor, float[] g, int go, float[] dx, int dxo) {
    FloatPooling.averageBackward(s, countPadding, divisor, g, go, dx, dxo);
  }

  @Override
  public void crossEntropyRows(
      float[] x,
      int xo,
      int rows,
      int n,
      long[] target,
      int to,
      float[] loss,
      int lo,
      float[] lse,
      int so) {
    FloatSoftmax.crossEntropyRows(x, xo, rows, n, target, to, loss, lo, lse, so);
  }

  @Override
  public void crossEntropyRowsBackward(
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
      int dxo) {
    FloatSoftmax.crossEntropyRowsBackward(g, go, x, xo, rows, n, target, to, lse, so, dx, dxo);
  }

  @Override
  public void nllRows(
      float[] x, int xo, int rows, int n, long[] target, int to, float[] y, int yo) {
    FloatSoftmax.nllRows(x, xo, rows, n, target, to, y, yo);
  }

  @Override
  public void nllRowsBackward(
      float[] g, int go, int rows, int n, long[] target, int to, float[] dx, int dxo) {
    FloatSoftmax.nllRowsBackward(g, go, rows, n, target, to, dx, dxo);
  }

  @Override
  public void argmaxRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    FloatReduce.argmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void argminRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    FloatReduce.argminRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void cumsumRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    FloatReduce.cumsumRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void layerNormRows(
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
      int ro) {
    FloatNorm.layerNormRows(
        x, xo, rows, n, gamma, gammaO, beta, betaO, eps, y, yo, mean, mo, rstd, ro);
  }

  @Override
  public void layerNormRowsBackward(
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
      int dxo) {
    FloatNorm.layerNormRowsBackward(
        g, go, x, xo, rows, n, gamma, gammaO, mean, mo, rstd, ro, dx, dxo);
  }

  @Override
  public void layerNormRowsParameters(
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
      int dbo) {
    FloatNorm.layerNormRowsParameters(
        g, go, x, xo, rows, n, mean, mo, rstd, ro, dgamma, dgo, dbeta, dbo);
  }

  @Override
  public void channelStatistics(
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
      int vo) {
    FloatNorm.channelStatistics(x, xo, batch, channels, inner, from, to, mean, mo, var, vo);
  }

  @Override
  public void scaleShiftChannels(
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
      int yo) {
    FloatNorm.scaleShiftChannels(x, xo, batch, channels, inner, scale, so, shift, to, y, yo);
  }

  @Override
  public void batchNormBackward(
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
      int dbo) {
    FloatNorm.batchNormBackward(
        g, go, x, xo, batch, channels, inner, from, to, gamma, gammaO, mean, mo, rstd, ro, dx, dxo,
        dgamma, dgo, dbeta, dbo);
  }

  @Override
  public void sgd(
      float[] p, int po, float[] g, int go, int n, float lr, float weightDecay, float sign) {
    FloatOptimizer.sgd(p, po, g, go, n, lr, weightDecay, sign);
  }

  @Override
  public void sgdMomentum(
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
      boolean nesterov) {
    FloatOptimizer.sgdMomentum(
        p, po, g, go, buf, bo, n, lr, momentum, share, weightDecay, sign, nesterov);
  }

  @Override
  public void adam(
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
      float sign) {
    FloatOptimizer.adam(
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
      float sign) {
    FloatOptimizer.rmsprop(
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
      float sign) {
    FloatOptimizer.adagrad(p, po, g, go, sum, so, n, lr, eps, weightDecay, sign);
  }

  @Override
  public void lstmCellBackward(
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
      float[] dGates) {
    FloatRecurrent.lstmCellBackward(
        0, n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }
}
