package dev.facula.loss;

import dev.facula.CtcLossOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The loss of connectionist temporal classification, for sequences of labels whose places in a
 * longer input are not known, as in speech and handwriting. See {@link Functional#ctcLoss}.
 */
public final class CTCLoss extends Loss {
  private final CtcLossOptions options = new CtcLossOptions();

  /** With default options. */
  public CTCLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options blank (0), zeroInfinity (false), reduction (MEAN, each divided by its length)
   */
  public CTCLoss(Consumer<CtcLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param logProbs [steps, batch, classes] or [steps, classes]
   * @param targets labels [batch, most], or all one after another
   * @param inputLengths steps of each input that count
   * @param targetLengths labels of each target
   */
  public Tensor forward(
      Tensor logProbs, Tensor targets, Tensor inputLengths, Tensor targetLengths) {
    if (hooked()) {
      return call(
          (x, t) -> Functional.ctcLoss(x, t, inputLengths, targetLengths, options),
          logProbs,
          targets);
    }
    return Functional.ctcLoss(logProbs, targets, inputLengths, targetLengths, options);
  }
}
