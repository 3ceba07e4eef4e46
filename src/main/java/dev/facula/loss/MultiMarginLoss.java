package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.MultiMarginLossOptions;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The mean over the classes i other than t of max(0, margin - x[t] + x[i])<sup>p</sup>. */
public final class MultiMarginLoss extends Loss {
  private final MultiMarginLossOptions options = new MultiMarginLossOptions();
  private final @Nullable Slot weight;

  /** With default options. */
  public MultiMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options p, margin, weight, reduction
   */
  public MultiMarginLoss(Consumer<MultiMarginLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
    Tensor w = this.options.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
  }

  /**
   * Computes the loss.
   *
   * @param input scores [C] or [N, C]
   * @param target class indices [] or [N]
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.multiMarginLoss(input, target, options.withWeight(Slot.read(weight)));
  }
}
