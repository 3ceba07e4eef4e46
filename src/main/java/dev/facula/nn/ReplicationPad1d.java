package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;

/** A border around [N, C, L] or [C, L]. The border repeats the edge elements. */
public final class ReplicationPad1d extends Layer {
  private final int[] padding;

  /** The same border on all sides. */
  public ReplicationPad1d(int padding) {
    this(new int[] {padding});
  }

  /**
   * A border.
   *
   * @param padding one size, or sizes before and after, from the last dimension on
   */
  public ReplicationPad1d(int[] padding) {
    this.padding = Check.border("ReplicationPad1d", padding, 1);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pad(input, padding, PadMode.REPLICATE, 0);
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(padding);
  }
}
