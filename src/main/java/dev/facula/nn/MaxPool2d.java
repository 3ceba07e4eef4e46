package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.MaxPoolOptions;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The largest element of each window.
 *
 * <p>Input [N, C, H, W] or [C, H, W]; each dimension becomes (size + 2 padding - dilation
 * (kernelSize - 1) - 1) / stride + 1, rounded down, or up with ceilMode.
 *
 * <pre>{@code
 * Tensor y = new MaxPool2d(3, 2).forward(Tensor.zeros(20, 16, 50, 32)); // [20, 16, 24, 15]
 * }</pre>
 *
 * @see dev.facula.Functional#maxPool2dWithIndices
 */
public final class MaxPool2d extends Layer {
  private final int[] kernelSize;
  private final MaxPoolOptions options;
  private final boolean within;

  /** Windows side by side: the stride is the size of the window. */
  public MaxPool2d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public MaxPool2d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window in each dimension
   * @param options stride, padding, dilation, ceilMode
   */
  public MaxPool2d(int kernelSize, Consumer<MaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** The same with a size of the window for each dimension. */
  public MaxPool2d(int[] kernelSize, Consumer<MaxPoolOptions> options) {
    this.options = new MaxPoolOptions();
    options.accept(this.options);
    this.kernelSize = kernelSize.clone();
    Pools.check(name(), kernelSize, 2, this.options);
    within =
        Arrays.stream(this.options.padding()).allMatch(p -> p == 0) && !this.options.ceilMode();
  }

  /** Whether every window lies within the input, and no hook sees it. */
  boolean fusible() {
    return within && unhooked();
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.maxPool2d(input, kernelSize, options);
  }

  /** The largest elements, and where in the plane of its channel each was found. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    if (hooked()) {
      return call(this::forwardWithIndices, input);
    }
    return Functional.maxPool2dWithIndices(input, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return Pools.repr(kernelSize, options);
  }
}
