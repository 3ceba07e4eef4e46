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
  /** A convolution with the default options. */
  public Conv1d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, o -> {});
  }

  /** The same with a stride. */
  public Conv1d(int inChannels, int outChannels, int kernelSize, int stride) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride));
  }

  /** The same with a stride and a padding. */
  public Conv1d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** One size for all dimensions, with options. */
  public Conv1d(int inChannels, int outChannels, int kernelSize, Consumer<ConvOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /** The same with a stride, and options. */
  public Conv1d(
      int inChannels, int outChannels, int kernelSize, int stride, Consumer<ConvOptions> options) {
    this(inChannels, outChannels, kernelSize, o -> options.accept(o.stride(stride)));
  }

  /** The same with a stride and a padding, and options. */
  public Conv1d(
      int inChannels,
      int outChannels,
      int kernelSize,
      int stride,
      int padding,
      Consumer<ConvOptions> options) {
    this(inChannels, outChannels, kernelSize, stride, o -> options.accept(o.padding(padding)));
  }

  /** A size of the kernel for each dimension. */
  public Conv1d(int inChannels, int outChannels, int[] kernelSize) {
    this(inChannels, outChannels, kernelSize, o -> {});
  }

  /** The same with a stride for each dimension. */
  public Conv1d(int inChannels, int outChannels, int[] kernelSize, int[] stride) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding for each dimension. */
  public Conv1d(int inChannels, int outChannels, int[] kernelSize, int[] stride, int[] padding) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride).padding(padding));
  }

  /**
   * A convolution.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel, one for all dimensions or one for each
   * @param options stride (1), padding (0), dilation (1), groups (1), bias (true), paddingMode
   *     (zeros)
   */
  public Conv1d(int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
