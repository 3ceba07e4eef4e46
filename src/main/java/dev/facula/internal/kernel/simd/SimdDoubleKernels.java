package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.ScalarDoubleKernels;
import jdk.incubator.vector.DoubleVector;
import org.jspecify.annotations.Nullable;

/** The kernels that gain from the Vector API; the rest is inherited. */
public final class SimdDoubleKernels extends ScalarDoubleKernels {

  /** Creates the kernels. */
  public SimdDoubleKernels() {
    super(new SimdDoubleProduct());
  }

  /** Bits of the vectors in use. */
  public static int vectorBits() {
    return DoubleVector.SPECIES_PREFERRED.vectorBitSize();
  }

  @Override
  public void neg(double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.neg(x, xo, y, yo, n);
  }

  @Override
  public void square(double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.square(x, xo, y, yo, n);
  }

  @Override
  public void sqrt(double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.sqrt(x, xo, y, yo, n);
  }

  @Override
  public void relu(double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.relu(x, xo, y, yo, n);
  }

  @Override
  public void add(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.add(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void sub(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.sub(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void mul(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.mul(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void div(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.div(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void maximum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.maximum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void minimum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.minimum(a, ao, b, bo, y, yo, n);
  }

  @Override
  public void reluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.reluBackward(g, go, x, xo, y, yo, n);
  }

  @Override
  public void sigmoidBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.sigmoidBackward(g, go, x, xo, y, yo, n);
  }

  @Override
  public void tanhBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.tanhBackward(g, go, x, xo, y, yo, n);
  }

  @Override
  public void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n) {
    SimdDoubleArithmetic.axpy(alpha, x, xo, y, yo, n);
  }

  @Override
  public void sumRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    SimdDoubleReduce.sumRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void sumColumns(double[] x, int xo, int outer, int n, int inner, double[] y, int yo) {
    SimdDoubleReduce.sumColumns(x, xo, outer, n, inner, y, yo);
  }

  @Override
  public void maxRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    SimdDoubleReduce.maxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void minRows(double[] x, int xo, int rows, int n, double[] y, int yo) {
    SimdDoubleReduce.minRows(x, xo, rows, n, y, yo);
  }

  @Override
  public double dot(double[] a, int ao, double[] b, int bo, int n) {
    return SimdDoubleReduce.dot(a, ao, b, bo, n);
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
    SimdDoubleNorm.layerNormRows(
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
    SimdDoubleNorm.layerNormRowsBackward(
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
    SimdDoubleNorm.layerNormRowsParameters(
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
    SimdDoubleNorm.channelStatistics(x, xo, batch, channels, inner, from, to, mean, mo, var, vo);
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
    SimdDoubleNorm.scaleShiftChannels(x, xo, batch, channels, inner, scale, so, shift, to, y, yo);
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
    SimdDoubleNorm.batchNormBackward(
        g, go, x, xo, batch, channels, inner, from, to, gamma, gammaO, mean, mo, rstd, ro, dx, dxo,
        dgamma, dgo, dbeta, dbo);
  }

  @Override
  public void argmaxRows(double[] x, int xo, int rows, int n, long[] y, int yo) {
    SimdDoubleReduce.argmaxRows(x, xo, rows, n, y, yo);
  }

  @Override
  public void argminRows(double[] x, int xo, int rows, int n, long[] y, int yo) {
    SimdDoubleReduce.argminRows(x, xo, rows, n, y, yo);
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
    SimdDoubleRecurrent.lstmCellBackward(
        n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }
}
