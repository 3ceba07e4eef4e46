package dev.facula.nn;

import dev.facula.Functional;

/**
 * The means of as many boxes as there are outputs, which cover the input evenly: an output of a
 * fixed size for inputs of any size.
 *
 * <p>Input [N, C, D, H, W] or [C, D, H, W]; the last dimensions become outputSize.
 *
 * <pre>{@code
 * Tensor y = new AdaptiveAvgPool3d(5).forward(Tensor.zeros(1, 64, 10, 9, 8));
 * }</pre>
 */
public final class AdaptiveAvgPool3d extends AdaptiveAvgPoolLayer {
  /**
   * A layer.
   *
   * @param outputSize one size, or one for each dimension; {@link Functional#KEEP} keeps one
   */
  public AdaptiveAvgPool3d(int... outputSize) {
    super(3, outputSize);
  }
}
