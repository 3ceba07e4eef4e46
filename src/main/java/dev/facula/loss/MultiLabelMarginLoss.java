package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/** The sum over the right classes t and the others i of max(0, 1 - x[t] + x[i]) / C. */
public final class MultiLabelMarginLoss extends Loss {
  private final Reduction reduction;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private Options() {}

    @Override
    Options self() {
      return this;
    }
  }

  /** With default options. */
  public MultiLabelMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options reduction
   */
  public MultiLabelMarginLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
  }

  /**
   * Computes the loss.
   *
   * @param input scores [C] or [N, C]
   * @param target in the same shape: the right classes of each sample, then -1
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.multilabelMarginLoss(input, target, reduction);
  }
}
