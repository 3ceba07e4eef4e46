package dev.facula.nn;

import dev.facula.PadMode;

/** A border around [N, C, D, H, W] or [C, D, H, W]. The border shows the opposite side. */
public final class CircularPad3d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public CircularPad3d(int... padding) {
    super(3, PadMode.CIRCULAR, 0, padding);
  }
}
