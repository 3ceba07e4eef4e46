package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.NllLossOptions;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of the right classes: -x[t], for the output of a {@code LogSoftmax}.
 */
public final class NLLLoss extends Loss {
  private final NllLossOptions options = new NllLossOptions();
  private final @Nullable Slot weight;

  /** With default options. */
  public NLLLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, ignoreIndex, reduction
   */
  public NLLLoss(Consumer<NllLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
    Tensor w = this.options.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
  }

  /**
   * Computes the loss.
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d...]
   * @param target class indices, INT64 or INT32, in the input's shape without C
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.nllLoss(input, target, options.withWeight(Slot.read(weight)));
  }
}
