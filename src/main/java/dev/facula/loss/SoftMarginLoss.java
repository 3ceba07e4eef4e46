package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.ReductionOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/** The logistic loss: log(1 + exp(-t x)). */
public final class SoftMarginLoss extends Loss {
  private final ReductionOptions options = new ReductionOptions();

  /** With default options. */
  public SoftMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options reduction
   */
  public SoftMarginLoss(Consumer<ReductionOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param input scores, any shape
   * @param target 1 or -1, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.softMarginLoss(input, target, options);
  }
}
