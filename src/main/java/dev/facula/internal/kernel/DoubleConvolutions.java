package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/** Convolutions of {@code double} arrays, which have some of the paths of {@code float}. */
public final class DoubleConvolutions implements ConvolutionKernels<double[]> {
  private final DoubleProduct product;
  private final ConvolutionPlan plan;

  /** Convolutions by these innermost loops. */
  public DoubleConvolutions(DoubleProduct product) {
    this.product = product;
    this.plan = new ConvolutionPlan(product, 0, false);
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
    if (s.batch() > 0 && s.outPlane() > 0) {
      DoubleConvolution.forward(product, plan.forward(s), s, x, xo, w, wo, bias, biasO, y, yo);
    }
  }

  @Override
  public void conv2dInputGradient(
      ConvShape s, double[] g, int go, double[] w, int wo, double[] dx, int dxo) {
    if (s.batch() > 0 && s.inPlane() > 0) {
      DoubleConvolutionInput.gradient(product, plan.inputGradient(s), s, g, go, w, wo, dx, dxo);
    }
  }

  @Override
  public void conv2dWeightGradient(
      ConvShape s, double[] g, int go, double[] x, int xo, double[] dw, int dwo) {
    DoubleBinary.fill(0, dw, dwo, s.outChannels() * s.taps());
    if (s.batch() > 0 && s.outPlane() > 0 && s.taps() > 0) {
      DoubleConvolutionWeight.gradient(product, plan.weightGradient(s), s, g, go, x, xo, dw, dwo);
    }
  }
}
