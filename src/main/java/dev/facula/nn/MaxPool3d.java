package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.MaxPoolOptions;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;
import java.util.function.Consumer;

/**
 * The largest element of each window.
 *
 * <p>Input [N, C, D, H, W] or [C, D, H, W]; each dimension becomes (size + 2 padding - dilation
 * (kernelSize - 1) - 1) / stride + 1, rounded down, or up with ceilMode.
 *
 * <pre>{@code
 * Tensor y = new MaxPool3d(2).forward(Tensor.zeros(2, 16, 8, 8, 8)); // [2, 16, 4, 4, 4]
 * }</pre>
 *
 * @see dev.facula.Functional#maxPool3dWithIndices
 */
public final class MaxPool3d extends Layer {
  private final int[] kernelSize;
  private final MaxPoolOptions options;

  /** Windows side by side: the stride is the size of the window. */
  public MaxPool3d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public MaxPool3d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window in each dimension
   * @param options stride, padding, dilation, ceilMode
   */
  public MaxPool3d(int kernelSize, Consumer<MaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** The same with a size of the window for each dimension. */
  public MaxPool3d(int[] kernelSize, Consumer<MaxPoolOptions> options) {
    this.options = new MaxPoolOptions();
    options.accept(this.options);
    this.kernelSize = kernelSize.clone();
    Pools.check(name(), kernelSize, 3, this.options);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.maxPool3d(input, kernelSize, options);
  }

  /** The largest elements, and where in the volume of its channel each was found. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    if (hooked()) {
      return call(this::forwardWithIndices, input);
    }
    return Functional.maxPool3dWithIndices(input, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return Pools.repr(kernelSize, options);
  }
}
