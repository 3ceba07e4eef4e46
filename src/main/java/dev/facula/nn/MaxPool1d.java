package dev.facula.nn;

import dev.facula.MaxPoolOptions;
import java.util.function.Consumer;

/**
 * The largest element of each window.
 *
 * <p>Input [N, C, L] or [C, L]; each dimension becomes (size + 2 padding - dilation (kernelSize -
 * 1) - 1) / stride + 1, rounded down, or up with ceilMode.
 *
 * <pre>{@code
 * Tensor y = new MaxPool1d(2).forward(Tensor.zeros(20, 16, 50)); // [20, 16, 25]
 * }</pre>
 *
 * @see dev.facula.Functional#maxPool1dWithIndices
 */
public final class MaxPool1d extends MaxPoolLayer {
  /** Windows side by side: the stride is the size of the window. */
  public MaxPool1d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public MaxPool1d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding. */
  public MaxPool1d(int kernelSize, int stride, int padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** Windows of a size, with options. */
  public MaxPool1d(int kernelSize, Consumer<MaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** Windows of a size at a distance, with options. */
  public MaxPool1d(int kernelSize, int stride, Consumer<MaxPoolOptions> options) {
    this(kernelSize, o -> options.accept(o.stride(stride)));
  }

  /** Windows with a size for each dimension, side by side. */
  public MaxPool1d(int[] kernelSize) {
    this(kernelSize, o -> {});
  }

  /** The same at a distance for each dimension. */
  public MaxPool1d(int[] kernelSize, int[] stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding for each dimension. */
  public MaxPool1d(int[] kernelSize, int[] stride, int[] padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window, one for all dimensions or one for each
   * @param options stride (kernelSize), padding (0), dilation (1), ceilMode (false)
   */
  public MaxPool1d(int[] kernelSize, Consumer<MaxPoolOptions> options) {
    super(1, kernelSize, options);
  }
}
