package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The squared error of small differences and the absolute error of large ones: 0.5 d<sup>2</sup>
 * where |d| &lt;= delta, delta (|d| - 0.5 delta) elsewhere, d = x - t.
 *
 * <p>Huber, "Robust Estimation of a Location Parameter", 1964.
 */
public final class HuberLoss extends Loss {
  private final Reduction reduction;
  private final double delta;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private double delta = 1;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * Where the absolute error begins, greater than 0. Default: 1.
     *
     * @return this
     */
    public Options delta(double value) {
      delta = value;
      return this;
    }
  }

  /** With default options. */
  public HuberLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options delta, reduction
   */
  public HuberLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    delta = o.delta;
  }

  /**
   * Computes the loss.
   *
   * @param input what was computed, any shape
   * @param target what it should be, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.huberLoss(input, target, reduction, delta);
  }
}
