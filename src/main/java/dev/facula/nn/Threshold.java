package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x where x &gt; threshold, else value. Any shape. */
public final class Threshold extends Layer {
  private final double threshold;
  private final double value;

  /**
   * The activation.
   *
   * @param threshold the limit
   * @param value what takes the place of smaller elements
   */
  public Threshold(double threshold, double value) {
    this.threshold = threshold;
    this.value = value;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.threshold(input, threshold, value);
  }

  @Override
  protected String extraRepr() {
    return "threshold=" + Check.number(threshold) + ", value=" + Check.number(value);
  }
}
