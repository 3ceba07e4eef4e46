package dev.facula.nn;

import dev.facula.Functional;

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
public final class AdaptiveMaxPool1d extends AdaptiveMaxPoolLayer {
  /**
   * A layer.
   *
   * @param outputSize the size; {@link Functional#KEEP} keeps one
   */
  public AdaptiveMaxPool1d(int outputSize) {
    super(1, outputSize);
  }
}
