package dev.facula.nn;

import dev.facula.LPPoolOptions;
import java.util.function.Consumer;

/**
 * The norm of order p of each window: (sum of x<sup>p</sup>)<sup>1/p</sup>. Input [N, C, D, H, W]
 * or [C, D, H, W].
 *
 * @see dev.facula.Functional#lpPool3d
 */
public final class LPPool3d extends LPPoolLayer {
  /** Windows side by side: the stride is the size of the window. */
  public LPPool3d(double normType, int kernelSize) {
    this(normType, new int[] {kernelSize}, o -> {});
  }

  /**
   * A layer.
   *
   * @param normType p; infinity for the largest absolute value
   * @param kernelSize size of the window in each dimension
   * @param options stride, ceilMode
   */
  public LPPool3d(double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    super(3, normType, kernelSize, options);
  }
}
