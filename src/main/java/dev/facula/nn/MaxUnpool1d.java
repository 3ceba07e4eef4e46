package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.UnpoolOptions;
import java.util.function.Consumer;

/**
 * Puts elements back to where {@link MaxPool1d#forwardWithIndices} found them, zeros elsewhere.
 *
 * <pre>{@code
 * ValuesIndices found = new MaxPool1d(2).forwardWithIndices(x);
 * Tensor y = new MaxUnpool1d(2).forward(found.values(), found.indices());
 * }</pre>
 */
public final class MaxUnpool1d extends MaxUnpoolLayer {
  /** For windows side by side. */
  public MaxUnpool1d(int kernelSize) {
    this(new int[] {kernelSize}, o -> {});
  }

  /**
   * A layer.
   *
   * @param kernelSize size of the window that was pooled, in each dimension
   * @param options stride, padding
   */
  public MaxUnpool1d(int[] kernelSize, Consumer<MaxUnpoolOptions> options) {
    super(1, kernelSize, options);
  }

  @Override
  Tensor unpool(Tensor input, Tensor indices, int[] kernelSize, UnpoolOptions options) {
    return Functional.maxUnpool1d(input, indices, kernelSize, options);
  }
}
