package dev.facula.nn;

import java.util.function.Consumer;

/**
 * Puts elements back to where {@link MaxPool2d#forwardWithIndices} found them, zeros elsewhere.
 *
 * <pre>{@code
 * ValuesIndices found = new MaxPool2d(2).forwardWithIndices(x);
 * Tensor y = new MaxUnpool2d(2).forward(found.values(), found.indices());
 * }</pre>
 */
public final class MaxUnpool2d extends MaxUnpoolLayer {
  /** For windows side by side. */
  public MaxUnpool2d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** For windows of a size at a distance. */
  public MaxUnpool2d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /** The same with a padding. */
  public MaxUnpool2d(int kernelSize, int stride, int padding) {
    this(kernelSize, o -> o.stride(stride).padding(padding));
  }

  /** For windows of a size, with options. */
  public MaxUnpool2d(int kernelSize, Consumer<MaxUnpoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** For windows with a size for each dimension, side by side. */
  public MaxUnpool2d(int[] kernelSize) {
    this(kernelSize, o -> {});
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window that was pooled, one for all dimensions or one for each
   * @param options stride (kernelSize), padding (0)
   */
  public MaxUnpool2d(int[] kernelSize, Consumer<MaxUnpoolOptions> options) {
    super(2, kernelSize, options);
  }
}
