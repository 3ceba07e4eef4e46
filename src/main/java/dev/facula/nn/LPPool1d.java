package dev.facula.nn;

import dev.facula.LPPoolOptions;
import java.util.function.Consumer;

/**
 * The norm of order p of each window: (sum of x<sup>p</sup>)<sup>1/p</sup>. Input [N, C, L] or [C,
 * L].
 *
 * <pre>{@code
 * Tensor y = new LPPool1d(2, 3, 2).forward(Tensor.randn(20, 16, 50));
 * }</pre>
 *
 * @see dev.facula.Functional#lpPool1d
 */
public final class LPPool1d extends LPPoolLayer {
  /** Windows side by side: the stride is the size of the window. */
  public LPPool1d(double normType, int kernelSize) {
    this(normType, kernelSize, o -> {});
  }

  /** Windows of a size at a distance. */
  public LPPool1d(double normType, int kernelSize, int stride) {
    this(normType, kernelSize, o -> o.stride(stride));
  }

  /** Windows of a size, with options. */
  public LPPool1d(double normType, int kernelSize, Consumer<LPPoolOptions> options) {
    this(normType, new int[] {kernelSize}, options);
  }

  /** Windows with a size for each dimension, side by side. */
  public LPPool1d(double normType, int[] kernelSize) {
    this(normType, kernelSize, o -> {});
  }

  /**
   * A layer.
   *
   * @param normType p; infinity for the largest absolute value
   * @param kernelSize size of the window, one for all dimensions or one for each
   * @param options stride (kernelSize), ceilMode (false)
   */
  public LPPool1d(double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    super(1, normType, kernelSize, options);
  }
}
