package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;

/**
 * The largest elements of as many boxes as there are outputs, which cover the input evenly: an
 * output of a fixed size for inputs of any size.
 *
 * <p>Input [N, C, L] or [C, L]; the last dimension becomes outputSize.
 *
 * <pre>{@code
 * Tensor y = new AdaptiveMaxPool1d(5).forward(Tensor.zeros(1, 64, 8));
 * }</pre>
 */
public final class AdaptiveMaxPool1d extends Layer {
  private final int outputSize;

  /**
   * A layer.
   *
   * @param outputSize the size of the last dimension
   */
  public AdaptiveMaxPool1d(int outputSize) {
    this.outputSize = outputSize;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.adaptiveMaxPool1dWithIndices(input, outputSize).values();
  }

  /** The largest elements, and where in its channel each was found. */
  public ValuesIndices forwardWithIndices(Tensor input) {
    if (hooked()) {
      return call(this::forwardWithIndices, input);
    }
    return Functional.adaptiveMaxPool1dWithIndices(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + outputSize;
  }
}
