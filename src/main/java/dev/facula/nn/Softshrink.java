package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** x - lambda for x &gt; lambda, x + lambda for x &lt; -lambda, else 0. Any shape. */
public final class Softshrink extends Layer {
  private final double lambda;

  /** With the default: lambda 0.5. */
  public Softshrink() {
    this(0.5);
  }

  /**
   * The activation.
   *
   * @param lambda at least 0; default 0.5
   */
  public Softshrink(double lambda) {
    if (!(lambda >= 0)) {
      throw new IllegalArgumentException("Softshrink: lambda must be at least 0, was " + lambda);
    }
    this.lambda = lambda;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.softshrink(input, lambda);
  }

  @Override
  protected String extraRepr() {
    return Check.python(lambda);
  }
}
