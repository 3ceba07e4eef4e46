package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.ReductionOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/** The sum over the right classes t and the others i of max(0, 1 - x[t] + x[i]) / C. */
public final class MultiLabelMarginLoss extends Loss {
  private final ReductionOptions options = new ReductionOptions();

  /** With default options. */
  public MultiLabelMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options reduction
   */
  public MultiLabelMarginLoss(Consumer<ReductionOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param input scores [C] or [N, C]
   * @param target in the same shape: the right classes of each sample, then -1
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.multilabelMarginLoss(input, target, options);
  }
}
