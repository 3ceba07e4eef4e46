package dev.facula.loss;

import dev.facula.CrossEntropyOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy between scores and the right classes: -log(softmax(x)[t]).
 *
 * <p>The scores are what the last layer gives, before any softmax.
 *
 * <pre>{@code
 * var criterion = new CrossEntropyLoss(o -> o.labelSmoothing(0.1));
 * Tensor loss = criterion.forward(net.forward(images), labels);
 * }</pre>
 *
 * <p>Label smoothing: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision",
 * 2016.
 */
public final class CrossEntropyLoss extends Loss {
  private final CrossEntropyOptions options = new CrossEntropyOptions();
  private final @Nullable Slot weight;

  /** With default options. */
  public CrossEntropyLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, ignoreIndex, labelSmoothing, reduction
   */
  public CrossEntropyLoss(Consumer<CrossEntropyOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
    Tensor w = this.options.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
  }

  /**
   * Computes the loss.
   *
   * @param input scores [C], [N, C] or [N, C, d...]
   * @param target class indices, INT64 or INT32, in the input's shape without C; or probabilities
   *     of the classes in the input's shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.crossEntropy(input, target, options.withWeight(Slot.read(weight)));
  }
}
