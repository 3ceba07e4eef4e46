package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The mean over the classes i other than t of max(0, margin - x[t] + x[i])<sup>p</sup>. */
public final class MultiMarginLoss extends Loss {
  private final Reduction reduction;
  private final int p;
  private final double margin;
  private final @Nullable Slot weight;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private int p = 1;
    private double margin = 1;
    private @Nullable Tensor weight;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * 1 or 2. Default: 1.
     *
     * @return this
     */
    public Options p(int value) {
      p = value;
      return this;
    }

    /**
     * How much larger the score of the right class should be. Default: 1.
     *
     * @return this
     */
    public Options margin(double value) {
      margin = value;
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
  public MultiMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options p, margin, weight, reduction
   */
  public MultiMarginLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    p = o.p;
    margin = o.margin;
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
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
    return Functional.multiMarginLoss(input, target, p, margin, Slot.read(weight), reduction);
  }
}
