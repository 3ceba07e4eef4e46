package dev.facula.nn;

import dev.facula.PadMode;

/** A border around [N, C, H, W] or [C, H, W]. The border mirrors the input at its edge elements. */
public final class ReflectionPad2d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public ReflectionPad2d(int... padding) {
    super(2, PadMode.REFLECT, 0, padding);
  }
}
