package dev.facula.nn;

import dev.facula.FractionalMaxPoolOptions;
import java.util.function.Consumer;

/**
 * The largest elements of windows at random steps, anew in each forward.
 *
 * <p>Input [N, C, H, W] or [C, H, W]; each dimension becomes outputSize, or outputRatio of it,
 * rounded down.
 *
 * <pre>{@code
 * var pool = new FractionalMaxPool2d(3, o -> o.outputRatio(0.5));
 * Tensor y = pool.forward(Tensor.zeros(20, 16, 50, 32)); // [20, 16, 25, 16]
 * }</pre>
 *
 * @see dev.facula.Functional#fractionalMaxPool2dWithIndices
 */
public final class FractionalMaxPool2d extends FractionalMaxPoolLayer {
  /** Windows of one size in all dimensions. */
  public FractionalMaxPool2d(int kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /**
   * Windows.
   *
   * @param kernelSize the size of the windows, one for all dimensions or one for each
   * @param options outputSize or outputRatio, randomSamples
   */
  public FractionalMaxPool2d(int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    super(2, kernelSize, options);
  }
}
