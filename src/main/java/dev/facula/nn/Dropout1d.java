package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * Zeros whole channels of [N, C, L] or [C, L] with probability p in training mode, and divides the
 * others by 1 - p. In evaluation mode the input is returned as it is.
 *
 * <pre>{@code
 * Tensor y = new Dropout1d(0.2).forward(Tensor.randn(20, 16, 32)); // [20, 16, 32]
 * }</pre>
 */
public final class Dropout1d extends DropoutLayer {
  /** With probability 0.5. */
  public Dropout1d() {
    this(0.5);
  }

  /** With a probability of zeros. */
  public Dropout1d(double p) {
    this(p, false);
  }

  /**
   * The layer.
   *
   * @param p probability of a zero; default 0.5
   * @param inplace whether the result overwrites the input; default false
   */
  public Dropout1d(double p, boolean inplace) {
    super(p, inplace);
  }

  @Override
  Tensor apply(Tensor input) {
    return Functional.dropout1d(input, p(), isTraining());
  }
}
