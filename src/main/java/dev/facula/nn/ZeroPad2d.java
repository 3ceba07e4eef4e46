package dev.facula.nn;

import dev.facula.PadMode;

/** A border around [N, C, H, W] or [C, H, W]. The border is zero. */
public final class ZeroPad2d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public ZeroPad2d(int... padding) {
    super(2, PadMode.CONSTANT, 0, padding);
  }
}
