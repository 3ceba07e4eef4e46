package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.SmoothL1LossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The squared error of small differences and the absolute error of large ones: 0.5 d<sup>2</sup> /
 * beta where |d| &lt; beta, |d| - 0.5 beta elsewhere, d = x - t.
 *
 * <p>Girshick, "Fast R-CNN", 2015.
 */
public final class SmoothL1Loss extends Loss {
  private final SmoothL1LossOptions options = new SmoothL1LossOptions();

  /** With default options. */
  public SmoothL1Loss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options beta, reduction
   */
  public SmoothL1Loss(Consumer<SmoothL1LossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
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
    return Functional.smoothL1Loss(input, target, options);
  }
}
