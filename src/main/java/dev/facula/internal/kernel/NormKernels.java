package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Normalisation of rows and of channels.
 *
 * @param <A> the type of the arrays
 */
public interface NormKernels<A> {
  /**
   * y = (x - mean) rstd gamma + beta over each row, rstd = 1 / sqrt(variance + eps); y is not x.
   */
  void layerNormRows(
      A x,
      int xo,
      int rows,
      int n,
      @Nullable A gamma,
      int gammaO,
      @Nullable A beta,
      int betaO,
      double eps,
      A y,
      int yo,
      A mean,
      int mo,
      A rstd,
      int ro);

  /**
   * dx = rstd (h - mean(h) - z mean(h z)) with h = g gamma and z = (x - mean) rstd; dx may be g,
   * not x.
   */
  void layerNormRowsBackward(
      A g,
      int go,
      A x,
      int xo,
      int rows,
      int n,
      @Nullable A gamma,
      int gammaO,
      A mean,
      int mo,
      A rstd,
      int ro,
      A dx,
      int dxo);

  /** dgamma = sum over rows of g z, dbeta = sum over rows of g. */
  void layerNormRowsParameters(
      A g,
      int go,
      A x,
      int xo,
      int rows,
      int n,
      A mean,
      int mo,
      A rstd,
      int ro,
      A dgamma,
      int dgo,
      A dbeta,
      int dbo);

  /**
   * Means and variances (divided by the count) of channels, x of shape [batch, channels, inner],
   * for the channels from .. to - 1.
   */
  void channelStatistics(
      A x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      A mean,
      int mo,
      A var,
      int vo);

  /** y = x scale[c] + shift[c]. */
  void scaleShiftChannels(
      A x,
      int xo,
      int batch,
      int channels,
      int inner,
      A scale,
      int so,
      A shift,
      int to,
      A y,
      int yo);

  /**
   * dx = gamma rstd (g - mean(g) - z mean(g z)) over each channel, dgamma = sum of g z, dbeta = sum
   * of g, with z = (x - mean) rstd.
   */
  void batchNormBackward(
      A g,
      int go,
      A x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      @Nullable A gamma,
      int gammaO,
      A mean,
      int mo,
      A rstd,
      int ro,
      A dx,
      int dxo,
      A dgamma,
      int dgo,
      A dbeta,
      int dbo);
}
