package dev.facula.loss;

import dev.facula.BinaryCrossEntropyWithLogitsOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross entropy of scores: -w (p t log(s) + (1 - t) log(1 - s)) with s = sigmoid(x),
 * exact for large x too.
 */
public final class BCEWithLogitsLoss extends Loss {
  private final BinaryCrossEntropyWithLogitsOptions options =
      new BinaryCrossEntropyWithLogitsOptions();
  private final @Nullable Slot weight;
  private final @Nullable Slot posWeight;

  /** With default options. */
  public BCEWithLogitsLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, posWeight, reduction
   */
  public BCEWithLogitsLoss(Consumer<BinaryCrossEntropyWithLogitsOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
    Tensor w = this.options.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
    Tensor p = this.options.posWeight();
    posWeight = p == null ? null : bufferSlot("pos_weight", p, true);
  }

  /**
   * Computes the loss.
   *
   * @param input scores, any shape
   * @param target probabilities in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.binaryCrossEntropyWithLogits(
        input, target, options.withWeights(Slot.read(weight), Slot.read(posWeight)));
  }
}
