package dev.facula.nn;

import dev.facula.PadMode;

/** A border around [N, C, L] or [C, L]. The border repeats the edge elements. */
public final class ReplicationPad1d extends PadLayer {
  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   */
  public ReplicationPad1d(int... padding) {
    super(1, PadMode.REPLICATE, 0, padding);
  }
}
