package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.MarginLossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/** x where t is 1, max(0, margin - x) where t is -1: for distances of pairs. */
public final class HingeEmbeddingLoss extends Loss {
  private final MarginLossOptions options = new MarginLossOptions(1);

  /** With default options. */
  public HingeEmbeddingLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, reduction
   */
  public HingeEmbeddingLoss(Consumer<MarginLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param input distances, any shape
   * @param target 1 or -1, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.hingeEmbeddingLoss(input, target, options);
  }
}
