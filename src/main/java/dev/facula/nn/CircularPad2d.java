package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, H, W] or [C, H, W]. The border shows the opposite side.
 *
 * <pre>{@code
 * Tensor y = new CircularPad2d(1).forward(Tensor.randn(1, 2, 4, 4)); // [1, 2, 6, 6]
 * }</pre>
 */
public final class CircularPad2d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public CircularPad2d(int... padding) {
    super(2, PadMode.CIRCULAR, 0, padding);
  }
}
