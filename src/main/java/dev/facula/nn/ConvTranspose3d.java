package dev.facula.nn;

import java.util.function.Consumer;

/**
 * A transposed convolution over three dimensions: the gradient of {@link Conv3d} in its input, as a
 * layer. Each input element adds a scaled kernel to the output.
 *
 * <p>Input [N, inChannels, D, H, W], or without N; output [N, outChannels, outD, outH, outW] with
 * outD = (D - 1) stride - 2 padding + dilation (kernelSize - 1) + outputPadding + 1. Parameters:
 * {@code weight} [inChannels, outChannels / groups, *kernelSize] and {@code bias} [outChannels],
 * drawn from U(-k, k) with k = 1 / sqrt(outChannels / groups * product of kernelSize).
 *
 * <pre>{@code
 * var layer = new ConvTranspose3d(16, 8, 2, o -> o.stride(2));
 * Tensor y = layer.forward(Tensor.zeros(1, 16, 5, 6, 6)); // [1, 8, 10, 12, 12]
 * }</pre>
 *
 * @see dev.facula.Functional#convTranspose3d
 */
public final class ConvTranspose3d extends ConvTransposeLayer {
  /**
   * A transposed convolution with the default options.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel in each dimension
   */
  public ConvTranspose3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, o -> {});
  }

  /**
   * A transposed convolution.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel in each dimension
   * @param options stride, padding, outputPadding, dilation, groups, bias
   */
  public ConvTranspose3d(
      int inChannels, int outChannels, int kernelSize, Consumer<ConvTransposeOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /** The same with a size of the kernel for each dimension. */
  public ConvTranspose3d(
      int inChannels, int outChannels, int[] kernelSize, Consumer<ConvTransposeOptions> options) {
    super(3, inChannels, outChannels, kernelSize, options);
  }
}
