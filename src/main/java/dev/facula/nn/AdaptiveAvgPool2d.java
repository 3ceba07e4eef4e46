package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * The means of as many boxes as there are outputs, which cover the input evenly: an output of a
 * fixed size for inputs of any size.
 *
 * <p>Input [N, C, H, W] or [C, H, W]; the last dimensions become outputSize.
 *
 * <pre>{@code
 * Tensor y = new AdaptiveAvgPool2d(5).forward(Tensor.zeros(1, 64, 10, 9));
 * }</pre>
 */
public final class AdaptiveAvgPool2d extends Layer {
  private final int[] outputSize;

  /**
   * A layer.
   *
   * @param outputSize one size, or one for each dimension; {@link Functional#KEEP} keeps one
   */
  public AdaptiveAvgPool2d(int... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.adaptiveAvgPool2d(input, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Check.outputSize(outputSize);
  }
}
