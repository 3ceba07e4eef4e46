package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * log(1 / (1 + exp(-x))), element by element.
 *
 * <p>Shape: any; the output has that of the input.
 *
 * <pre>{@code
 * Tensor y = new LogSigmoid().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class LogSigmoid extends Layer {
  /** The activation. */
  public LogSigmoid() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.logsigmoid(input);
  }
}
