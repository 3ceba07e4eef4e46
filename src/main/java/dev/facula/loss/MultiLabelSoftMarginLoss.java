package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.WeightedLossOptions;
import dev.facula.nn.Slot;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mean over the classes of the binary cross entropy of scores; see {@link BCEWithLogitsLoss}.
 */
public final class MultiLabelSoftMarginLoss extends Loss {
  private final WeightedLossOptions options = new WeightedLossOptions();
  private final @Nullable Slot weight;

  /** With default options. */
  public MultiLabelSoftMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, reduction
   */
  public MultiLabelSoftMarginLoss(Consumer<WeightedLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
    Tensor w = this.options.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
  }

  /**
   * Computes the loss.
   *
   * @param input scores [C] or [N, C]
   * @param target 0 or 1, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.multilabelSoftMarginLoss(
        input, target, options.withWeight(Slot.read(weight)));
  }
}
