package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x where x &gt; threshold, else value.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Threshold(0.1, 20).forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Threshold extends Activation {
  private final double threshold;
  private final double value;

  /** The activation, with a new tensor as result. */
  public Threshold(double threshold, double value) {
    this(threshold, value, false);
  }

  /**
   * The activation.
   *
   * @param threshold the limit
   * @param value what takes the place of smaller elements
   * @param inplace whether the result overwrites the input; default false
   */
  public Threshold(double threshold, double value, boolean inplace) {
    super(inplace);
    this.threshold = threshold;
    this.value = value;
  }

  /** The limit. */
  public double threshold() {
    return threshold;
  }

  /** What takes the place of smaller elements. */
  public double value() {
    return value;
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.threshold(input, threshold, value);
  }

  @Override
  protected String extraRepr() {
    return repr("threshold=" + Check.number(threshold) + ", value=" + Check.number(value));
  }
}
