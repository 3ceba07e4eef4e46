package dev.facula.nn;

import dev.facula.AvgPoolOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The mean of each window.
 *
 * <p>Input [N, C, L] or [C, L]; each dimension becomes (size + 2 padding - kernelSize) / stride +
 * 1, rounded down, or up with ceilMode.
 *
 * <pre>{@code
 * Tensor y = new AvgPool1d(2).forward(Tensor.zeros(20, 16, 50)); // [20, 16, 25]
 * }</pre>
 */
public final class AvgPool1d extends Layer {
  private final int[] kernelSize;
  private final AvgPoolOptions options;

  /** Windows side by side: the stride is the size of the window. */
  public AvgPool1d(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public AvgPool1d(int kernelSize, int stride) {
    this(kernelSize, o -> o.stride(stride));
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window in each dimension
   * @param options stride, padding, ceilMode, countIncludePad
   */
  public AvgPool1d(int kernelSize, Consumer<AvgPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** The same with a size of the window for each dimension. */
  public AvgPool1d(int[] kernelSize, Consumer<AvgPoolOptions> options) {
    this.options = new AvgPoolOptions();
    options.accept(this.options);
    this.kernelSize = kernelSize.clone();
    Pools.check(name(), kernelSize, 1, this.options);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.avgPool1d(input, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return Pools.repr(kernelSize, options, true);
  }
}
