package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Chooses the path of a convolution, from its shape alone.
 *
 * <table>
 * <caption>In the order in which they are asked</caption>
 * <tr><th>path</th><th>when</th></tr>
 * <tr><td>{@link FloatConvolutionFew}</td><td>few channels, with vector kernels</td></tr>
 * <tr><td>{@link FloatConvolutionBatch}</td><td>a batch of small images that fills vectors:
 * forward and input gradient</td></tr>
 * <tr><td>{@link FloatConvolutionTaps}</td><td>weight gradient of many small images</td></tr>
 * <tr><td>{@link FloatConvolution}, {@link FloatConvolutionInput}, {@link
 * FloatConvolutionWeight}</td><td>else</td></tr>
 * </table>
 */
public final class FloatConvolutionPlan implements ConvolutionKernels<float[]> {
  private final FloatProduct product;
  private final @Nullable FloatWindowProduct windows;

  /** Convolutions by these innermost loops. */
  public FloatConvolutionPlan(FloatProduct product) {
    this(product, null);
  }

  /**
   * Convolutions by these innermost loops.
   *
   * @param windows for few channels; null if there are none
   */
  public FloatConvolutionPlan(FloatProduct product, @Nullable FloatWindowProduct windows) {
    this.product = product;
    this.windows = windows;
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
    if (s.batch() == 0 || s.outPlane() == 0) {
      return;
    }
    if (windows != null && FloatConvolutionFew.suitsForward(windows, s)) {
      FloatConvolutionFew.forward(windows, s, x, xo, w, wo, bias, biasO, y, yo);
    } else if (FloatConvolutionBatch.suits(product, s)) {
      FloatConvolutionBatch.forward(product, s, x, xo, w, wo, bias, biasO, y, yo);
    } else {
      FloatConvolution.forward(product, s, x, xo, w, wo, bias, biasO, y, yo);
    }
  }

  @Override
  public void conv2dInputGradient(
      ConvShape s, float[] g, int go, float[] w, int wo, float[] dx, int dxo) {
    if (s.batch() == 0) {
      return;
    }
    if (windows != null && FloatConvolutionFew.suitsInput(windows, s)) {
      FloatConvolutionFew.inputGradient(windows, s, g, go, w, wo, dx, dxo);
    } else if (FloatConvolutionBatch.suits(product, s)) {
      FloatConvolutionBatch.inputGradient(product, s, g, go, w, wo, dx, dxo);
    } else {
      FloatConvolutionInput.gradient(product, s, g, go, w, wo, dx, dxo);
    }
  }

  @Override
  public void conv2dWeightGradient(
      ConvShape s, float[] g, int go, float[] x, int xo, float[] dw, int dwo) {
    boolean empty = s.batch() == 0 || s.outPlane() == 0 || s.taps() == 0;
    if (!empty && windows != null && FloatConvolutionFew.suitsWeight(windows, s)) {
      FloatConvolutionFew.weightGradient(windows, s, g, go, x, xo, dw, dwo);
    } else if (!empty && FloatConvolutionTaps.suits(product, s)) {
      FloatBinary.fill(0f, dw, dwo, s.outChannels() * s.taps());
      FloatConvolutionTaps.gradient(product, s, g, go, x, xo, dw, dwo);
    } else {
      FloatConvolutionWeight.gradient(product, s, g, go, x, xo, dw, dwo);
    }
  }
}
