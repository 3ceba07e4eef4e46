package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x where |x| &gt; lambd, else 0.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Hardshrink().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Hardshrink extends Layer {
  private final double lambd;

  /** With the default: lambd 0.5. */
  public Hardshrink() {
    this(0.5);
  }

  /**
   * The activation.
   *
   * @param lambd the limit; default 0.5
   */
  public Hardshrink(double lambd) {
    this.lambd = lambd;
  }

  /** The limit of what becomes 0. */
  public double lambd() {
    return lambd;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.hardshrink(input, lambd);
  }

  @Override
  protected String extraRepr() {
    return Check.python(lambd);
  }
}
