package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.WeightedLossOptions;
import dev.facula.nn.Slot;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross entropy of probabilities: -w (t log(x) + (1 - t) log(1 - x)), the logarithms at
 * least -100. For what has not gone through a sigmoid see {@link BCEWithLogitsLoss}.
 */
public final class BCELoss extends Loss {
  private final WeightedLossOptions options = new WeightedLossOptions();
  private final @Nullable Slot weight;

  /** With default options. */
  public BCELoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, reduction
   */
  public BCELoss(Consumer<WeightedLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
    Tensor w = this.options.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
  }

  /**
   * Computes the loss.
   *
   * @param input probabilities, any shape
   * @param target probabilities in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.binaryCrossEntropy(input, target, options.withWeight(Slot.read(weight)));
  }
}
