package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;

/** A border around [N, C, D, H, W] or [C, D, H, W]. The border is zero. */
public final class ZeroPad3d extends Layer {
  private final int[] padding;

  /** The same border on all sides. */
  public ZeroPad3d(int padding) {
    this(new int[] {padding});
  }

  /**
   * A border.
   *
   * @param padding one size, or sizes before and after, from the last dimension on
   */
  public ZeroPad3d(int[] padding) {
    this.padding = Check.border("ZeroPad3d", padding, 3);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pad(input, padding, PadMode.CONSTANT, 0);
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(padding);
  }
}
