package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, L] or [C, L]. The border repeats the edge elements.
 *
 * <pre>{@code
 * Tensor y = new ReplicationPad1d(1).forward(Tensor.randn(1, 2, 4)); // [1, 2, 6]
 * }</pre>
 */
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
