package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.MarginLossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/** max(0, -t (a - b) + margin): a should be the larger where t is 1, b where it is -1. */
public final class MarginRankingLoss extends Loss {
  private final MarginLossOptions options = new MarginLossOptions(0);

  /** With default options. */
  public MarginRankingLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, reduction
   */
  public MarginRankingLoss(Consumer<MarginLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param input1 a, any shape
   * @param input2 b, in the same shape
   * @param target 1 or -1, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
    if (hooked()) {
      return call(this::forward, input1, input2, target);
    }
    return Functional.marginRankingLoss(input1, input2, target, options);
  }
}
