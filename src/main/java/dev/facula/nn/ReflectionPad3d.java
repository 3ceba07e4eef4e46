package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, D, H, W] or [C, D, H, W]. The border mirrors the input at its edge
 * elements.
 *
 * <pre>{@code
 * Tensor y = new ReflectionPad3d(1).forward(Tensor.randn(1, 2, 4, 4, 4)); // [1, 2, 6, 6, 6]
 * }</pre>
 */
public final class ReflectionPad3d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public ReflectionPad3d(int... padding) {
    super(3, PadMode.REFLECT, 0, padding);
  }
}
