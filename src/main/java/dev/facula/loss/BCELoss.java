package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross entropy of probabilities: -w (t log(x) + (1 - t) log(1 - x)), the logarithms at
 * least -100. For what has not gone through a sigmoid see {@link BCEWithLogitsLoss}.
 */
public final class BCELoss extends Loss {
  private final Reduction reduction;
  private final @Nullable Slot weight;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private @Nullable Tensor weight;

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
  }

  /** With default options. */
  public BCELoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, reduction
   */
  public BCELoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
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
    return Functional.binaryCrossEntropy(input, target, Slot.read(weight), reduction);
  }
}
