package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x for x &gt; 0, else a x with a drawn from [lower, upper) for each element in training, and their
 * mean in evaluation. Xu et al. (2015), Empirical evaluation of rectified activations.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new RReLU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class RReLU extends Activation {
  private final double lower;
  private final double upper;

  /** With slopes from 1/8 to 1/3. */
  public RReLU() {
    this(1.0 / 8, 1.0 / 3);
  }

  /** The activation, with a new tensor as result. */
  public RReLU(double lower, double upper) {
    this(lower, upper, false);
  }

  /**
   * The activation.
   *
   * @param lower the least slope for negative inputs; default 1/8
   * @param upper the largest; default 1/3
   * @param inplace whether the result overwrites the input; default false
   */
  public RReLU(double lower, double upper, boolean inplace) {
    super(inplace);
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "RReLU: lower must not be above upper, were " + lower + " and " + upper);
    }
    this.lower = lower;
    this.upper = upper;
  }

  /** The least slope for negative inputs. */
  public double lower() {
    return lower;
  }

  /** The largest slope for negative inputs. */
  public double upper() {
    return upper;
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.rrelu(input, lower, upper, isTraining());
  }

  @Override
  protected String extraRepr() {
    return repr("lower=" + Check.python(lower) + ", upper=" + Check.python(upper));
  }
}
