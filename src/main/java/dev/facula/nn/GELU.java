package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x Phi(x), with the distribution function Phi of the normal distribution. Hendrycks and Gimpel
 * (2016).
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new GELU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class GELU extends Layer {
  private final String approximate;

  /** With the default: approximate "none". */
  public GELU() {
    this("none");
  }

  /**
   * The activation.
   *
   * @param approximate "none", or "tanh" for an approximation; default "none"
   */
  public GELU(String approximate) {
    this.approximate = Check.oneOf("GELU", "approximate", approximate, "none", "tanh");
  }

  /** "none", or "tanh" for an approximation. */
  public String approximate() {
    return approximate;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.gelu(input, approximate);
  }

  @Override
  protected String extraRepr() {
    return "approximate='" + approximate + "'";
  }
}
