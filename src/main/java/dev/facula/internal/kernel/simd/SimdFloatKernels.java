package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.ConvShape;
import dev.facula.internal.kernel.FloatConvolutionFew;
import dev.facula.internal.kernel.FloatWindowProduct;
import dev.facula.internal.kernel.ScalarFloatKernels;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** The kernels that gain from the Vector API; the rest is inherited. */
public final class SimdFloatKernels extends ScalarFloatKernels {

  /** Creates the kernels. */
  public SimdFloatKernels() {
    super(new SimdFloatProduct());
    // float only: once serves both
    WarmUp.showOperators();
    // end of float only
  }

  /** Bits of the vectors in use. */
  public static int vectorBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  @Override
  public void neg(float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.neg(x, xo, y, yo, n);
  }

  @Override
  public void square(float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.square(x, xo, y, yo, n);
  }

  @Override
  public void sqrt(float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.sqrt(x, xo, y, yo, n);
  }

  @Override
  public void relu(float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.relu(x, xo, y, yo, n);
  }

  // float only: of the plain loops for double the JIT makes vectors
  @Override
  public void clamp(float low, float high, float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.clamp(low, high, x, xo, y, yo, n);
  }

  @Override
  public void leakyRelu(float slope, float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.leakyRelu(slope, x, xo, y, yo, n);
  }

  @Override
  public void lerp(float weight, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.lerp(weight, a, ao, b, bo, y, yo, n);
  }

  @Override
  public void squaredDifference(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.squaredDifference(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void huber(
      float limit, float divisor, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.huber(limit, divisor, a, ao, b, bo, y, yo, n);
  }

  // end of float only

  @Override
  public void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.add(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.sub(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.mul(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.div(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.maximum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatArithmetic.minimum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void reluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.reluBackward(g, go, x, xo, y, yo, n);
  }

  @Override
  public void sigmoidBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.sigmoidBackward(g, go, x, xo, y, yo, n);
  }

  @Override
  public void tanhBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.tanhBackward(g, go, x, xo, y, yo, n);
  }

  @Override
  public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatArithmetic.axpy(alpha, x, xo, y, yo, n);
  }

  @Override
  public void sumRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    SimdFloatReduce.sumRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void sumColumns(float[] x, int xo, int outer, int n, int inner, float[] y, int yo) {
    SimdFloatReduce.sumColumns(x, xo, outer, n, inner, y, yo);
  }

  @Override
  public void maxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    SimdFloatReduce.maxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void minRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    SimdFloatReduce.minRows(x, xo, rows, n, y, yo);
  }

  @Override
  public float dot(float[] a, int ao, float[] b, int bo, int n) {
    return SimdFloatReduce.dot(a, ao, b, bo, n);
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
    SimdFloatNorm.layerNormRows(
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
    SimdFloatNorm.layerNormRowsBackward(
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
    SimdFloatNorm.layerNormRowsParameters(
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
    SimdFloatNorm.channelStatistics(x, xo, batch, channels, inner, from, to, mean, mo, var, vo);
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
    SimdFloatNorm.scaleShiftChannels(x, xo, batch, channels, inner, scale, so, shift, to, y, yo);
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
    SimdFloatNorm.batchNormBackward(
        g, go, x, xo, batch, channels, inner, from, to, gamma, gammaO, mean, mo, rstd, ro, dx, dxo,
        dgamma, dgo, dbeta, dbo);
  }

  // float only: optimizers other than SGD, which the JIT turns into vectors by itself
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
    SimdFloatOptimizer.adam(
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
    SimdFloatOptimizer.rmsprop(
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
    SimdFloatOptimizer.adagrad(p, po, g, go, sum, so, n, lr, eps, weightDecay, sign);
  }

  // end of float only

  @Override
  public void argmaxRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    SimdFloatReduce.argmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void argminRows(float[] x, int xo, int rows, int n, long[] y, int yo) {
    SimdFloatReduce.argminRows(x, xo, rows, n, y, yo);
  }

  // float only: convolutions with few channels; functions by polynomials, which for double are the
  // scalar ones; masks

  private final FloatWindowProduct windows = new SimdFloatWindows();

  private final Watch exp = new Watch();
  private final Watch log = new Watch();
  private final Watch sin = new Watch();
  private final Watch cos = new Watch();
  private final Watch tanh = new Watch();
  private final Watch sigmoid = new Watch();
  private final Watch erf = new Watch();
  private final Watch gelu = new Watch();
  private final Watch silu = new Watch();
  private final Watch geluBackward = new Watch();
  private final Watch siluBackward = new Watch();

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    exp.run(SimdFloatFunctions::exp, super::exp, x, xo, y, yo, n);
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    log.run(SimdFloatFunctions::log, super::log, x, xo, y, yo, n);
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    sin.run(SimdFloatFunctions::sin, super::sin, x, xo, y, yo, n);
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    cos.run(SimdFloatFunctions::cos, super::cos, x, xo, y, yo, n);
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    tanh.run(SimdFloatFunctions::tanh, super::tanh, x, xo, y, yo, n);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    sigmoid.run(SimdFloatFunctions::sigmoid, super::sigmoid, x, xo, y, yo, n);
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    erf.run(SimdFloatFunctions::erf, super::erf, x, xo, y, yo, n);
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    gelu.run(SimdFloatFunctions::gelu, super::gelu, x, xo, y, yo, n);
  }

  @Override
  public void silu(float[] x, int xo, float[] y, int yo, int n) {
    silu.run(SimdFloatFunctions::silu, super::silu, x, xo, y, yo, n);
  }

  @Override
  public void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    geluBackward.run(SimdFloatFunctions::geluBackward, super::geluBackward, g, go, x, xo, y, yo, n);
  }

  @Override
  public void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    siluBackward.run(SimdFloatFunctions::siluBackward, super::siluBackward, g, go, x, xo, y, yo, n);
  }

  @Override
  public void softmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    SimdFloatSoftmax.softmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void logSoftmaxRows(float[] x, int xo, int rows, int n, float[] y, int yo) {
    SimdFloatSoftmax.logSoftmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void softmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    SimdFloatSoftmax.softmaxRowsBackward(g, go, y, yo, rows, n, dx, dxo);
  }

  @Override
  public void logSoftmaxRowsBackward(
      float[] g, int go, float[] y, int yo, int rows, int n, float[] dx, int dxo) {
    SimdFloatSoftmax.logSoftmaxRowsBackward(g, go, y, yo, rows, n, dx, dxo);
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
    SimdFloatSoftmax.crossEntropyRows(x, xo, rows, n, target, to, loss, lo, lse, so);
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
    SimdFloatSoftmax.crossEntropyRowsBackward(g, go, x, xo, rows, n, target, to, lse, so, dx, dxo);
  }

  @Override
  public void maxPool2d(
      dev.facula.internal.kernel.PoolShape s, // an import would be missing its use in the twin
      float[] x,
      int xo,
      float[] y,
      int yo,
      int[] index,
      int io) {
    if (SimdFloatPooling.suits(s)) {
      SimdFloatPooling.max(s, x, xo, y, yo, index, io);
    } else {
      super.maxPool2d(s, x, xo, y, yo, index, io);
    }
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
    if (FloatConvolutionFew.suitsForward(windows, s)) {
      FloatConvolutionFew.forward(windows, s, x, xo, w, wo, bias, biasO, y, yo);
    } else {
      super.conv2d(s, x, xo, w, wo, bias, biasO, y, yo);
    }
  }

  @Override
  public void conv2dInputGradient(
      ConvShape s, float[] g, int go, float[] w, int wo, float[] dx, int dxo) {
    if (FloatConvolutionFew.suitsInput(windows, s)) {
      FloatConvolutionFew.inputGradient(windows, s, g, go, w, wo, dx, dxo);
    } else {
      super.conv2dInputGradient(s, g, go, w, wo, dx, dxo);
    }
  }

  @Override
  public void conv2dWeightGradient(
      ConvShape s, float[] g, int go, float[] x, int xo, float[] dw, int dwo) {
    if (FloatConvolutionFew.suitsWeight(windows, s)) {
      FloatConvolutionFew.weightGradient(windows, s, g, go, x, xo, dw, dwo);
    } else {
      super.conv2dWeightGradient(s, g, go, x, xo, dw, dwo);
    }
  }

  @Override
  public void eq(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    SimdFloatMasks.eq(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void ne(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    SimdFloatMasks.ne(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void lt(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    SimdFloatMasks.lt(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void le(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    SimdFloatMasks.le(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sign(float[] x, int xo, float[] y, int yo, int n) {
    SimdFloatMasks.sign(x, xo, y, yo, n);
  }

  @Override
  public void where(
      byte[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    SimdFloatMasks.where(c, co, a, ao, b, bo, y, yo, n);
  }

  // end of float only

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
    SimdFloatRecurrent.lstmCellBackward(
        n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }
}
