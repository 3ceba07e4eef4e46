package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** min(max(x, minVal), maxVal). Any shape. */
public final class Hardtanh extends Layer {
  private final double minVal;
  private final double maxVal;

  /** With the default: minVal -1, maxVal 1. */
  public Hardtanh() {
    this(-1, 1);
  }

  /**
   * The activation.
   *
   * @param minVal lower limit; default -1
   * @param maxVal upper limit; default 1
   */
  public Hardtanh(double minVal, double maxVal) {
    if (!(maxVal > minVal)) {
      throw new IllegalArgumentException(
          "Hardtanh: maxVal must be larger than minVal " + minVal + ", was " + maxVal);
    }
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.hardtanh(input, minVal, maxVal);
  }

  @Override
  protected String extraRepr() {
    return "min_val=" + Check.python(minVal) + ", max_val=" + Check.python(maxVal);
  }
}
