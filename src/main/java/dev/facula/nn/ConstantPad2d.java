package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;

/** A border around [N, C, H, W] or [C, H, W]. The border is one value. */
public final class ConstantPad2d extends Layer {
  private final int[] padding;
  private final double value;

  /** The same border on all sides. */
  public ConstantPad2d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /**
   * A border.
   *
   * @param padding one size, or sizes before and after, from the last dimension on
   * @param value what it is filled with
   */
  public ConstantPad2d(int[] padding, double value) {
    this.padding = Check.border("ConstantPad2d", padding, 2);
    this.value = value;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pad(input, padding, PadMode.CONSTANT, value);
  }

  @Override
  protected String extraRepr() {
    return "padding=" + Check.tuple(padding) + ", value=" + Check.number(value);
  }
}
