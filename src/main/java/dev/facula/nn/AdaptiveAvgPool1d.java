package dev.facula.nn;

import dev.facula.Functional;

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
public final class AdaptiveAvgPool1d extends AdaptiveAvgPoolLayer {
  /**
   * A layer.
   *
   * @param outputSize the size; {@link Functional#KEEP} keeps one
   */
  public AdaptiveAvgPool1d(int outputSize) {
    super(1, outputSize);
  }
}
