package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * log(1 + exp(beta x)) / beta.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Softplus().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Softplus extends Layer {
  private final double beta;
  private final double threshold;

  /** With the default: beta 1, threshold 20. */
  public Softplus() {
    this(1, 20);
  }

  /** With a bend, and the default threshold 20. */
  public Softplus(double beta) {
    this(beta, 20);
  }

  /**
   * The activation.
   *
   * @param beta how sharp the bend is; default 1
   * @param threshold where beta x is larger, the result is x; default 20
   */
  public Softplus(double beta, double threshold) {
    this.beta = beta;
    this.threshold = threshold;
  }

  /** How sharp the bend is. */
  public double beta() {
    return beta;
  }

  /** Where beta x is larger, the result is x. */
  public double threshold() {
    return threshold;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.softplus(input, beta, threshold);
  }

  @Override
  protected String extraRepr() {
    return "beta=" + Check.python(beta) + ", threshold=" + Check.python(threshold);
  }
}
