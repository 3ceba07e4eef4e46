package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x for x &gt; 0, else negativeSlope x. Any shape. */
public final class LeakyReLU extends Layer {
  private final double negativeSlope;

  /** With the default: negativeSlope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /**
   * The activation.
   *
   * @param negativeSlope slope for negative inputs; default 0.01
   */
  public LeakyReLU(double negativeSlope) {
    this.negativeSlope = negativeSlope;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.leakyRelu(input, negativeSlope);
  }

  @Override
  protected String extraRepr() {
    return "negative_slope=" + Check.python(negativeSlope);
  }
}
