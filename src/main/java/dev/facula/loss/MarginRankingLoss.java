package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/** max(0, -t (a - b) + margin): a should be the larger where t is 1, b where it is -1. */
public final class MarginRankingLoss extends Loss {
  private final Reduction reduction;
  private final double margin;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private double margin = 0;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * The difference that is enough. Default: 0.
     *
     * @return this
     */
    public Options margin(double value) {
      margin = value;
      return this;
    }
  }

  /** With default options. */
  public MarginRankingLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, reduction
   */
  public MarginRankingLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    margin = o.margin;
  }

  /**
   * Computes the loss.
   *
   * @param input1 a, any shape
   * @param input2 b, in the same shape
   * @param target 1 or -1, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input1, Tensor input2, Tensor target) {
    if (hooked()) {
      return call(this::forward, input1, input2, target);
    }
    return Functional.marginRankingLoss(input1, input2, target, margin, reduction);
  }
}
