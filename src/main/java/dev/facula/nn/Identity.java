package dev.facula.nn;

import dev.facula.Tensor;

/**
 * Returns its input: a place holder.
 *
 * <pre>{@code
 * Tensor y = new Identity().forward(Tensor.randn(128, 20)); // [128, 20]
 * }</pre>
 */
public final class Identity extends Layer {
  /** A module that does nothing. */
  public Identity() {}

  @Override
  Tensor compute(Tensor input) {
    return input;
  }
}
