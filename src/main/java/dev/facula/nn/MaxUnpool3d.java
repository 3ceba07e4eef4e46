package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.UnpoolOptions;
import java.util.function.Consumer;

/**
 * Puts elements back to where {@link MaxPool3d#forwardWithIndices} found them, zeros elsewhere.
 *
 * <pre>{@code
 * ValuesIndices found = new MaxPool3d(2).forwardWithIndices(x);
 * Tensor y = new MaxUnpool3d(2).forward(found.values(), found.indices());
 * }</pre>
 */
public final class MaxUnpool3d extends MaxUnpoolLayer {
  /** For windows side by side. */
  public MaxUnpool3d(int kernelSize) {
    this(new int[] {kernelSize}, o -> {});
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window that was pooled, in each dimension
   * @param options stride, padding
   */
  public MaxUnpool3d(int[] kernelSize, Consumer<MaxUnpoolOptions> options) {
    super(3, kernelSize, options);
  }

  @Override
  Tensor unpool(Tensor input, Tensor indices, int[] kernelSize, UnpoolOptions options) {
    return Functional.maxUnpool3d(input, indices, kernelSize, options);
  }
}
