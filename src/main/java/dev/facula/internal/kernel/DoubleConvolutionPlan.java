package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/** The one path of convolutions of {@code double} arrays, see {@link FloatConvolutionPlan}. */
public final class DoubleConvolutionPlan implements ConvolutionKernels<double[]> {
  private final DoubleProduct product;

  /** Convolutions by these innermost loops. */
  public DoubleConvolutionPlan(DoubleProduct product) {
    this.product = product;
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
}
