package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, L] or [C, L]. The border is zero.
 *
 * <pre>{@code
 * Tensor y = new ZeroPad1d(1).forward(Tensor.randn(1, 2, 4)); // [1, 2, 6]
 * }</pre>
 */
public final class ZeroPad1d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public ZeroPad1d(int... padding) {
    super(1, PadMode.CONSTANT, 0, padding);
  }
}
