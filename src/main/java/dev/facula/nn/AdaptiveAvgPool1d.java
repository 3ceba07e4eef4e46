package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * The means of as many boxes as there are outputs, which cover the input evenly: an output of a
 * fixed size for inputs of any size.
 *
 * <p>Input [N, C, L] or [C, L]; the last dimension becomes outputSize.
 *
 * <pre>{@code
 * Tensor y = new AdaptiveAvgPool1d(5).forward(Tensor.zeros(1, 64, 8));
 * }</pre>
 */
public final class AdaptiveAvgPool1d extends Layer {
  private final int outputSize;

  /**
   * A layer.
   *
   * @param outputSize the size of the last dimension
   */
  public AdaptiveAvgPool1d(int outputSize) {
    this.outputSize = outputSize;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.adaptiveAvgPool1d(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + outputSize;
  }
}
