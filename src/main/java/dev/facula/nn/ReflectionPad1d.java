package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, L] or [C, L]. The border mirrors the input at its edge elements.
 *
 * <pre>{@code
 * Tensor y = new ReflectionPad1d(1).forward(Tensor.randn(1, 2, 4)); // [1, 2, 6]
 * }</pre>
 */
public final class ReflectionPad1d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public ReflectionPad1d(int... padding) {
    super(1, PadMode.REFLECT, 0, padding);
  }
}
