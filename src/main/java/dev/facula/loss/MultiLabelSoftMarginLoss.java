package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mean over the classes of the binary cross entropy of scores; see {@link BCEWithLogitsLoss}.
 */
public final class MultiLabelSoftMarginLoss extends Loss {
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
     * A weight for each class [C]. Default: none.
     *
     * @return this
     */
    public Options weight(Tensor value) {
      weight = value;
      return this;
    }
  }

  /** With default options. */
  public MultiLabelSoftMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, reduction
   */
  public MultiLabelSoftMarginLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
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
    return Functional.multilabelSoftMarginLoss(input, target, Slot.read(weight), reduction);
  }
}
