package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * Zeros whole channels of [N, C, H, W] with probability p in training mode, and divides the others
 * by 1 - p. In evaluation mode the input is returned as it is.
 */
public final class Dropout2d extends Layer {
  private final double p;

  /** With probability 0.5. */
  public Dropout2d() {
    this(0.5);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   */
  public Dropout2d(double p) {
    this.p = Check.probability("Dropout2d", p);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.dropout2d(input, p, isTraining());
  }

  @Override
  protected String extraRepr() {
    return "p=" + Check.number(p) + ", inplace=False";
  }
}
