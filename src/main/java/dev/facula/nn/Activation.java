package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Tensor;

/** A layer whose result has the input's shape and may overwrite it. */
public abstract class Activation extends Layer {
  private final boolean inplace;

  Activation(boolean inplace) {
    this.inplace = inplace;
  }

  /** The result as a new tensor, or the input itself where nothing is to be done. */
  abstract Tensor apply(Tensor input);

  @Override
  @SuppressWarnings("ReferenceEquality")
  final Tensor compute(Tensor input) {
    if (!inplace) {
      return apply(input);
    }
    // With a graph the derivative needs what is overwritten.
    Tensor y = apply(input.requiresGrad() && Facula.isGradEnabled() ? input.clone() : input);
    return y == input ? input : input.copy_(y);
  }

  /** Whether the result overwrites the input. */
  public final boolean inplace() {
    return inplace;
  }

  /** The options as PyTorch prints them. */
  final String repr(String options) {
    return inplace ? options + (options.isEmpty() ? "" : ", ") + "inplace=True" : options;
  }

  @Override
  protected String extraRepr() {
    return repr("");
  }
}
