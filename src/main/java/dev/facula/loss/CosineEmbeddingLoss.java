package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.MarginLossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/** 1 - cos(a, b) where t is 1, max(0, cos(a, b) - margin) where t is -1. */
public final class CosineEmbeddingLoss extends Loss {
  private final MarginLossOptions options = new MarginLossOptions(0);

  /** With default options. */
  public CosineEmbeddingLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, reduction
   */
  public CosineEmbeddingLoss(Consumer<MarginLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param input1 a, [N, D] or [D]
   * @param input2 b, in the same shape
   * @param target 1 or -1, [N] or []
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
    if (hooked()) {
      return call(this::forward, input1, input2, target);
    }
    return Functional.cosineEmbeddingLoss(input1, input2, target, options);
  }
}
