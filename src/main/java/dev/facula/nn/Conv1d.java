package dev.facula.nn;

import java.util.function.Consumer;

/**
 * A convolution over one dimension: y[n, o] = b[o] + sum over c of w[o, c] ⋆ x[n, c], where ⋆
 * slides the kernel without mirroring it.
 *
 * <p>Input [N, inChannels, L], or without N; output [N, outChannels, outL] with outL = (L + 2
 * padding - dilation (kernelSize - 1) - 1) / stride + 1. Parameters: {@code weight} [outChannels,
 * inChannels / groups, *kernelSize] and {@code bias} [outChannels], drawn from U(-k, k) with k = 1
 * / sqrt(inChannels / groups * product of kernelSize).
 *
 * <pre>{@code
 * var layer = new Conv1d(16, 33, 3, o -> o.stride(2));
 * Tensor y = layer.forward(Tensor.zeros(20, 16, 50)); // [20, 33, 24]
 * }</pre>
 *
 * @see dev.facula.Functional#conv1d
 */
public final class Conv1d extends ConvLayer {
  /**
   * A convolution with the default options.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel in each dimension
   */
  public Conv1d(int inChannels, int outChannels, int kernelSize) {
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
  public Conv1d(int inChannels, int outChannels, int kernelSize, Consumer<ConvOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /** The same with a size of the kernel for each dimension. */
  public Conv1d(int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
