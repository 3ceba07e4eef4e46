package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/** x where t is 1, max(0, margin - x) where t is -1: for distances of pairs. */
public final class HingeEmbeddingLoss extends Loss {
  private final Reduction reduction;
  private final double margin;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private double margin = 1;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * The distance that is enough. Default: 1.
     *
     * @return this
     */
    public Options margin(double value) {
      margin = value;
      return this;
    }
  }

  /** With default options. */
  public HingeEmbeddingLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, reduction
   */
  public HingeEmbeddingLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    margin = o.margin;
  }

  /**
   * Computes the loss.
   *
   * @param input distances, any shape
   * @param target 1 or -1, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.hingeEmbeddingLoss(input, target, margin, reduction);
  }
}
