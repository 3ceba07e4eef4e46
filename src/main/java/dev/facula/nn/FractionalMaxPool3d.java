package dev.facula.nn;

import dev.facula.FractionalMaxPoolOptions;
import java.util.function.Consumer;

/**
 * The largest elements of windows at random steps, anew in each forward.
 *
 * <p>Input [N, C, D, H, W] or [C, D, H, W]; each dimension becomes outputSize, or outputRatio of
 * it, rounded down.
 *
 * <pre>{@code
 * var pool = new FractionalMaxPool3d(3, o -> o.outputRatio(0.5));
 * Tensor y = pool.forward(Tensor.zeros(20, 16, 50, 32, 16)); // [20, 16, 25, 16, 8]
 * }</pre>
 *
 * @see dev.facula.Functional#fractionalMaxPool3dWithIndices
 */
public final class FractionalMaxPool3d extends FractionalMaxPoolLayer {
  /** Windows of one size in all dimensions. */
  public FractionalMaxPool3d(int kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /**
   * Windows.
   *
   * @param kernelSize the size of the windows, one for all dimensions or one for each
   * @param options outputSize or outputRatio, randomSamples
   */
  public FractionalMaxPool3d(int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    super(3, kernelSize, options);
  }
}
