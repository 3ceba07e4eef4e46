package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;

/** A border around [N, C, L] or [C, L]. The border shows the opposite side. */
public final class CircularPad1d extends Layer {
  private final int[] padding;

  /** The same border on all sides. */
  public CircularPad1d(int padding) {
    this(new int[] {padding});
  }

  /**
   * A border.
   *
   * @param padding one size, or sizes before and after, from the last dimension on
   */
  public CircularPad1d(int[] padding) {
    this.padding = Check.border("CircularPad1d", padding, 1);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pad(input, padding, PadMode.CIRCULAR, 0);
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(padding);
  }
}
