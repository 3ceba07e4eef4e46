package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, L] or [C, L]. The border shows the opposite side.
 *
 * <pre>{@code
 * Tensor y = new CircularPad1d(1).forward(Tensor.randn(1, 2, 4)); // [1, 2, 6]
 * }</pre>
 */
public final class CircularPad1d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public CircularPad1d(int... padding) {
    super(1, PadMode.CIRCULAR, 0, padding);
  }
}
