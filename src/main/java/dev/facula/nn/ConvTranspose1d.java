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
  /** A transposed convolution with the default options. */
  public ConvTranspose1d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, o -> {});
  }

  /** The same with a stride. */
  public ConvTranspose1d(int inChannels, int outChannels, int kernelSize, int stride) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride));
  }

  /** The same with a stride and a padding. */
  public ConvTranspose1d(int inChannels, int outChannels, int kernelSize, int stride, int padding) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** The same with an output padding. */
  public ConvTranspose1d(
      int inChannels, int outChannels, int kernelSize, int stride, int padding, int outputPadding) {
    this(inChannels, outChannels, kernelSize, stride, padding, o -> o.outputPadding(outputPadding));
  }

  /** One size for all dimensions, with options. */
  public ConvTranspose1d(
      int inChannels, int outChannels, int kernelSize, Consumer<ConvTransposeOptions> options) {
    this(inChannels, outChannels, new int[] {kernelSize}, options);
  }

  /** The same with a stride, and options. */
  public ConvTranspose1d(
      int inChannels,
      int outChannels,
      int kernelSize,
      int stride,
      Consumer<ConvTransposeOptions> options) {
    this(inChannels, outChannels, kernelSize, o -> options.accept(o.stride(stride)));
  }

  /** The same with a stride and a padding, and options. */
  public ConvTranspose1d(
      int inChannels,
      int outChannels,
      int kernelSize,
      int stride,
      int padding,
      Consumer<ConvTransposeOptions> options) {
    this(inChannels, outChannels, kernelSize, stride, o -> options.accept(o.padding(padding)));
  }

  /** A size of the kernel for each dimension. */
  public ConvTranspose1d(int inChannels, int outChannels, int[] kernelSize) {
    this(inChannels, outChannels, kernelSize, o -> {});
  }

  /** The same with a stride for each dimension. */
  public ConvTranspose1d(int inChannels, int outChannels, int[] kernelSize, int[] stride) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding for each dimension. */
  public ConvTranspose1d(
      int inChannels, int outChannels, int[] kernelSize, int[] stride, int[] padding) {
    this(inChannels, outChannels, kernelSize, o -> o.stride(stride).padding(padding));
  }

  /**
   * A transposed convolution.
   *
   * @param inChannels channels of the input
   * @param outChannels channels of the output
   * @param kernelSize size of the kernel, one for all dimensions or one for each
   * @param options stride (1), padding (0), outputPadding (0), dilation (1), groups (1), bias
   *     (true)
   */
  public ConvTranspose1d(
      int inChannels, int outChannels, int[] kernelSize, Consumer<ConvTransposeOptions> options) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
