package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * min(max(x, minVal), maxVal).
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Hardtanh().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Hardtanh extends Activation {
  private final double minVal;
  private final double maxVal;

  /** With the default: minVal -1, maxVal 1. */
  public Hardtanh() {
    this(-1, 1);
  }

  /** The activation, with a new tensor as result. */
  public Hardtanh(double minVal, double maxVal) {
    this(minVal, maxVal, false);
  }

  /**
   * The activation.
   *
   * @param minVal lower limit; default -1
   * @param maxVal upper limit; default 1
   * @param inplace whether the result overwrites the input; default false
   */
  public Hardtanh(double minVal, double maxVal, boolean inplace) {
    super(inplace);
    if (!(maxVal > minVal)) {
      throw new IllegalArgumentException(
          "Hardtanh: maxVal must be larger than minVal " + minVal + ", was " + maxVal);
    }
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  /** The lower limit. */
  public double minVal() {
    return minVal;
  }

  /** The upper limit. */
  public double maxVal() {
    return maxVal;
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.hardtanh(input, minVal, maxVal);
  }

  @Override
  protected String extraRepr() {
    return repr("min_val=" + Check.python(minVal) + ", max_val=" + Check.python(maxVal));
  }
}
