package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** log(1 / (1 + exp(-x))), element by element. Any shape. */
public final class LogSigmoid extends Layer {
  /** The activation. */
  public LogSigmoid() {}

  @Override
  Tensor compute(Tensor input) {
    return Functional.logsigmoid(input);
  }
}
