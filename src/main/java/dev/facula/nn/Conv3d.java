package dev.facula.nn;

import java.util.function.Consumer;

/**
 * A convolution over three dimensions: y[n, o] = b[o] + sum over c of w[o, c] ⋆ x[n, c], where ⋆
 * slides the kernel without mirroring it.
 *
 * <p>Input [N, inChannels, D, H, W], or without N; output [N, outChannels, outD, outH, outW] with
 * outD = (D + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1. Parameters: {@code weight}
 * [outChannels, inChannels / groups, *kernelSize] and {@code bias} [outChannels], drawn from U(-k,
 * k) with k = 1 / sqrt(inChannels / groups * product of kernelSize).
 *
 * <pre>{@code
 * var layer = new Conv3d(3, 8, 3);
 * Tensor y = layer.forward(Tensor.zeros(2, 3, 10, 32, 32)); // [2, 8, 8, 30, 30]
 * }</pre>
 *
 * @see dev.facula.Functional#conv3d
 */
public final class Conv3d extends ConvLayer {
  /**
   * A convolution with the default options.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel in each dimension
   */
  public Conv3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, o -> {});
  }

  /**
   * A convolution.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel in each dimension
   * @param options stride, padding, dilation, groups, bias, paddingMode
   */
  public Conv3d(int inChannels, int outChannels, int kernelSize, Consumer<ConvOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /** The same with a size of the kernel for each dimension. */
  public Conv3d(int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    super(3, inChannels, outChannels, kernelSize, options);
  }
}
