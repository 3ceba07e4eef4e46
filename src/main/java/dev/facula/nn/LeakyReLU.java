package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x for x &gt; 0, else negativeSlope x.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new LeakyReLU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class LeakyReLU extends Activation {
  private final double negativeSlope;

  /** With the default: negativeSlope 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /** The activation, with a new tensor as result. */
  public LeakyReLU(double negativeSlope) {
    this(negativeSlope, false);
  }

  /**
   * The activation.
   *
   * @param negativeSlope slope for negative inputs; default 0.01
   * @param inplace whether the result overwrites the input; default false
   */
  public LeakyReLU(double negativeSlope, boolean inplace) {
    super(inplace);
    this.negativeSlope = negativeSlope;
  }

  /** The slope for negative inputs. */
  public double negativeSlope() {
    return negativeSlope;
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.leakyRelu(input, negativeSlope);
  }

  @Override
  protected String extraRepr() {
    return repr("negative_slope=" + Check.python(negativeSlope));
  }
}
