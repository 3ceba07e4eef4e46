package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/** Convolutions of {@code float} arrays on the paths that a {@link ConvolutionPlan} chooses. */
public final class FloatConvolutions implements ConvolutionKernels<float[]> {
  private final FloatProduct product;
  private final @Nullable FloatWindowProduct windows;
  private final ConvolutionPlan plan;

  /** Convolutions by these innermost loops. */
  public FloatConvolutions(FloatProduct product) {
    this(product, null);
  }

  /**
   * Convolutions by these innermost loops.
   *
   * @param windows for few channels; null if there are none
   */
  public FloatConvolutions(FloatProduct product, @Nullable FloatWindowProduct windows) {
    this.product = product;
    this.windows = windows;
    this.plan = new ConvolutionPlan(product, windows == null ? 0 : windows.lanes(), true);
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
    ConvolutionPlan.Choice choice = plan.forward(s);
    switch (choice.path()) {
      case FEW -> FloatConvolutionFew.forward(windows(), s, x, xo, w, wo, bias, biasO, y, yo);
      case BATCH -> FloatConvolutionBatch.forward(product, s, x, xo, w, wo, bias, biasO, y, yo);
      default -> FloatConvolution.forward(product, choice, s, x, xo, w, wo, bias, biasO, y, yo);
    }
  }

  @Override
  public void conv2dInputGradient(
      ConvShape s, float[] g, int go, float[] w, int wo, float[] dx, int dxo) {
    if (s.batch() == 0 || s.inPlane() == 0) {
      return;
    }
    ConvolutionPlan.Choice choice = plan.inputGradient(s);
    switch (choice.path()) {
      case FEW -> FloatConvolutionFew.inputGradient(windows(), s, g, go, w, wo, dx, dxo);
      case BATCH -> FloatConvolutionBatch.inputGradient(product, s, g, go, w, wo, dx, dxo);
      default -> FloatConvolutionInput.gradient(product, choice, s, g, go, w, wo, dx, dxo);
    }
  }

  @Override
  public void conv2dWeightGradient(
      ConvShape s, float[] g, int go, float[] x, int xo, float[] dw, int dwo) {
    FloatBinary.fill(0f, dw, dwo, s.outChannels() * s.taps());
    if (s.batch() == 0 || s.outPlane() == 0 || s.taps() == 0) {
      return;
    }
    ConvolutionPlan.Choice choice = plan.weightGradient(s);
    switch (choice.path()) {
      case FEW -> FloatConvolutionFew.weightGradient(windows(), s, g, go, x, xo, dw, dwo);
      case TAPS -> FloatConvolutionTaps.gradient(product, s, g, go, x, xo, dw, dwo);
      default -> FloatConvolutionWeight.gradient(product, choice, s, g, go, x, xo, dw, dwo);
    }
  }

  private FloatWindowProduct windows() {
    if (windows == null) {
      throw new IllegalStateException("no windows");
    }
    return windows;
  }
}
