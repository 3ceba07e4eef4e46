package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The squared error of small differences and the absolute error of large ones: 0.5 d<sup>2</sup> /
 * beta where |d| &lt; beta, |d| - 0.5 beta elsewhere, d = x - t.
 *
 * <p>Girshick, "Fast R-CNN", 2015.
 */
public final class SmoothL1Loss extends Loss {
  private final Reduction reduction;
  private final double beta;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private double beta = 1;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * Where the absolute error begins, 0 or more. Default: 1.
     *
     * @return this
     */
    public Options beta(double value) {
      beta = value;
      return this;
    }
  }

  /** With default options. */
  public SmoothL1Loss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options beta, reduction
   */
  public SmoothL1Loss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    beta = o.beta;
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
    return Functional.smoothL1Loss(input, target, reduction, beta);
  }
}
