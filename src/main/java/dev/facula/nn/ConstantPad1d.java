package dev.facula.nn;

import dev.facula.PadMode;

/**
 * A border around [N, C, L] or [C, L]. The border is one value.
 *
 * <pre>{@code
 * Tensor y = new ConstantPad1d(1, 3.5).forward(Tensor.randn(1, 2, 4)); // [1, 2, 6]
 * }</pre>
 */
public final class ConstantPad1d extends PadLayer {
  /** The same border on all sides. */
  public ConstantPad1d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /**
   * A border.
   *
   * @param padding one size for all sides, or sizes before and after, from the last dimension on
   * @param value what it is filled with
   */
  public ConstantPad1d(int[] padding, double value) {
    super(1, PadMode.CONSTANT, value, padding);
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
