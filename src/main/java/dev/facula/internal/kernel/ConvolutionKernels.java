package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Convolution of contiguous arrays.
 *
 * @param <A> the type of the arrays
 */
public interface ConvolutionKernels<A> {
  /** y = x * w + bias, the cross-correlation that PyTorch calls convolution. */
  void conv2d(ConvShape s, A x, int xo, A w, int wo, @Nullable A bias, int biasO, A y, int yo);

  /** dx from the gradient g of the output; what dx held is not read. */
  void conv2dInputGradient(ConvShape s, A g, int go, A w, int wo, A dx, int dxo);

  /** dw from the gradient g of the output; what dw held is not read. */
  void conv2dWeightGradient(ConvShape s, A g, int go, A x, int xo, A dw, int dwo);
}
