package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x where |x| &gt; lambda, else 0. Any shape. */
public final class Hardshrink extends Layer {
  private final double lambda;

  /** With the default: lambda 0.5. */
  public Hardshrink() {
    this(0.5);
  }

  /**
   * The activation.
   *
   * @param lambda the limit; default 0.5
   */
  public Hardshrink(double lambda) {
    this.lambda = lambda;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.hardshrink(input, lambda);
  }

  @Override
  protected String extraRepr() {
    return Check.python(lambda);
  }
}
