package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross entropy of scores: -w (p t log(s) + (1 - t) log(1 - s)) with s = sigmoid(x),
 * exact for large x too.
 */
public final class BCEWithLogitsLoss extends Loss {
  private final Reduction reduction;
  private final @Nullable Slot weight;
  private final @Nullable Slot posWeight;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private @Nullable Tensor weight;
    private @Nullable Tensor posWeight;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * Multiplies the losses, broadcast to their shape. Default: none.
     *
     * @return this
     */
    public Options weight(Tensor value) {
      weight = value;
      return this;
    }

    /**
     * The weight p of positive samples, broadcast to the shape. Default: none.
     *
     * @return this
     */
    public Options posWeight(Tensor value) {
      posWeight = value;
      return this;
    }
  }

  /** With default options. */
  public BCEWithLogitsLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, posWeight, reduction
   */
  public BCEWithLogitsLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
    posWeight = o.posWeight == null ? null : bufferSlot("pos_weight", o.posWeight, true);
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
        input, target, Slot.read(weight), Slot.read(posWeight), reduction);
  }
}
