package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * Zeros elements with probability p in training mode, and divides the others by 1 - p. Hinton et
 * al. (2012), Improving neural networks by preventing co-adaptation of feature detectors. In
 * evaluation mode the input is returned as it is.
 *
 * <pre>{@code
 * Tensor y = new Dropout(0.2).forward(Tensor.randn(20, 16)); // [20, 16]
 * }</pre>
 */
public final class Dropout extends DropoutLayer {
  /** With probability 0.5. */
  public Dropout() {
    this(0.5);
  }

  /** With a probability of zeros. */
  public Dropout(double p) {
    this(p, false);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   * @param inplace whether the result overwrites the input; default false
   */
  public Dropout(double p, boolean inplace) {
    super(p, inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.dropout(input, p(), isTraining(), Facula.defaultGenerator());
  }
}
