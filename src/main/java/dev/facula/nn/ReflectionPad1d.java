package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;

/** A border around [N, C, L] or [C, L]. The border mirrors the input at its edge elements. */
public final class ReflectionPad1d extends Layer {
  private final int[] padding;

  /** The same border on all sides. */
  public ReflectionPad1d(int padding) {
    this(new int[] {padding});
  }

  /**
   * A border.
   *
   * @param padding one size, or sizes before and after, from the last dimension on
   */
  public ReflectionPad1d(int[] padding) {
    this.padding = Check.border("ReflectionPad1d", padding, 1);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pad(input, padding, PadMode.REFLECT, 0);
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(padding);
  }
}
