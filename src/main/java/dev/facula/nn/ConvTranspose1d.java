package dev.facula.nn;

import java.util.function.Consumer;

/**
 * A transposed convolution over one dimension: the gradient of {@link Conv1d} in its input, as a
 * layer. Each input element adds a scaled kernel to the output.
 *
 * <p>Input [N, inChannels, L], or without N; output [N, outChannels, outL] with outL = (L - 1)
 * stride - 2 padding + dilation (kernelSize - 1) + outputPadding + 1. Parameters: {@code weight}
 * [inChannels, outChannels / groups, *kernelSize] and {@code bias} [outChannels], drawn from U(-k,
 * k) with k = 1 / sqrt(outChannels / groups * product of kernelSize).
 *
 * <pre>{@code
 * var layer = new ConvTranspose1d(16, 8, 4, o -> o.stride(2));
 * Tensor y = layer.forward(Tensor.zeros(20, 16, 50)); // [20, 8, 102]
 * }</pre>
 *
 * @see dev.facula.Functional#convTranspose1d
 */
public final class ConvTranspose1d extends ConvTransposeLayer {
  /**
   * A transposed convolution with the default options.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel in each dimension
   */
  public ConvTranspose1d(int inChannels, int outChannels, int kernelSize) {
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
  public ConvTranspose1d(
      int inChannels, int outChannels, int kernelSize, Consumer<ConvTransposeOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /** The same with a size of the kernel for each dimension. */
  public ConvTranspose1d(
      int inChannels, int outChannels, int[] kernelSize, Consumer<ConvTransposeOptions> options) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
