package dev.facula.nn;

import dev.facula.PadMode;

/** A border around [N, C, D, H, W] or [C, D, H, W]. The border is one value. */
public final class ConstantPad3d extends PadLayer {
  /** The same border on all sides. */
  public ConstantPad3d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   * @param value what it is filled with
   */
  public ConstantPad3d(int[] padding, double value) {
    super(3, PadMode.CONSTANT, value, padding);
  }

  /** What the border is filled with. */
  public double value() {
    return value;
  }

  @Override
  protected String extraRepr() {
    return "padding=" + super.extraRepr() + ", value=" + Check.number(value);
  }
}
