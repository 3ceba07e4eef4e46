package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * Zeros elements with probability p in training mode, and divides the others by 1 - p. Hinton et
 * al. (2012), Improving neural networks by preventing co-adaptation of feature detectors. In
 * evaluation mode the input is returned as it is.
 */
public final class Dropout extends Layer {
  private final double p;

  /** With probability 0.5. */
  public Dropout() {
    this(0.5);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   */
  public Dropout(double p) {
    this.p = Check.probability("Dropout", p);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.dropout(input, p, isTraining(), Facula.defaultGenerator());
  }

  @Override
  protected String extraRepr() {
    return "p=" + Check.number(p) + ", inplace=False";
  }
}
