package dev.facula.nn;

import dev.facula.AvgPoolOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
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
public final class AvgPool2d extends Layer {
  private final int[] kernelSize;
  private final AvgPoolOptions options;

  /** Windows side by side: the stride is the size of the window. */
  public AvgPool2d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public AvgPool2d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window in each dimension
   * @param options stride, padding, ceilMode, countIncludePad, divisorOverride
   */
  public AvgPool2d(int kernelSize, Consumer<AvgPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** The same with a size of the window for each dimension. */
  public AvgPool2d(int[] kernelSize, Consumer<AvgPoolOptions> options) {
    this.options = new AvgPoolOptions();
    options.accept(this.options);
    this.kernelSize = kernelSize.clone();
    Pools.check(name(), kernelSize, 2, this.options);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.avgPool2d(input, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return Pools.repr(kernelSize, options, false);
  }
}
