package dev.facula.nn;

import dev.facula.AvgPoolOptions;
import java.util.function.Consumer;

/**
 * The mean of each window.
 *
 * <p>Input [N, C, H, W] or [C, H, W]; each dimension becomes (size + 2 padding - kernelSize) /
 * stride + 1, rounded down, or up with ceilMode.
 *
 * <pre>{@code
 * Tensor y = new AvgPool2d(3, 2).forward(Tensor.zeros(20, 16, 50, 32)); // [20, 16, 24, 15]
 * }</pre>
 */
public final class AvgPool2d extends AvgPoolLayer {
  /** Windows side by side: the stride is the size of the window. */
  public AvgPool2d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public AvgPool2d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding. */
  public AvgPool2d(int kernelSize, int stride, int padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** Windows of a size, with options. */
  public AvgPool2d(int kernelSize, Consumer<AvgPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** Windows of a size at a distance, with options. */
  public AvgPool2d(int kernelSize, int stride, Consumer<AvgPoolOptions> options) {
    this(kernelSize, o -> options.accept(o.stride(stride)));
  }

  /** Windows with a size for each dimension, side by side. */
  public AvgPool2d(int[] kernelSize) {
    this(kernelSize, o -> {});
  }

  /** The same at a distance for each dimension. */
  public AvgPool2d(int[] kernelSize, int[] stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding for each dimension. */
  public AvgPool2d(int[] kernelSize, int[] stride, int[] padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window, one for all dimensions or one for each
   * @param options stride (kernelSize), padding (0), ceilMode (false), countIncludePad (true),
   *     divisorOverride (null)
   */
  public AvgPool2d(int[] kernelSize, Consumer<AvgPoolOptions> options) {
    super(2, kernelSize, options);
  }
}
