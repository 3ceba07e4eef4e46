package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x - lambd for x &gt; lambd, x + lambd for x &lt; -lambd, else 0.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new Softshrink().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class Softshrink extends Layer {
  private final double lambd;

  /** With the default: lambd 0.5. */
  public Softshrink() {
    this(0.5);
  }

  /**
   * The activation.
   *
   * @param lambd at least 0; default 0.5
   */
  public Softshrink(double lambd) {
    if (!(lambd >= 0)) {
      throw new IllegalArgumentException("Softshrink: lambd must be at least 0, was " + lambd);
    }
    this.lambd = lambd;
  }

  /** The limit of what becomes 0. */
  public double lambd() {
    return lambd;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.softshrink(input, lambd);
  }

  @Override
  protected String extraRepr() {
    return Check.python(lambd);
  }
}
