package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of the right classes: -x[t], for the output of a {@code LogSoftmax}.
 */
public final class NLLLoss extends Loss {
  private final Reduction reduction;
  private final @Nullable Slot weight;
  private final int ignoreIndex;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private @Nullable Tensor weight;
    private int ignoreIndex = -100;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * A weight for each class [C]; the mean is then the weighted one. Default: none.
     *
     * @return this
     */
    public Options weight(Tensor value) {
      weight = value;
      return this;
    }

    /**
     * A class index of samples that do not count. Default: -100.
     *
     * @return this
     */
    public Options ignoreIndex(int value) {
      ignoreIndex = value;
      return this;
    }
  }

  /** With default options. */
  public NLLLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, ignoreIndex, reduction
   */
  public NLLLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
    ignoreIndex = o.ignoreIndex;
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
    return Functional.nllLoss(input, target, Slot.read(weight), ignoreIndex, reduction);
  }
}
