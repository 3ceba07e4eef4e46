package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.HuberLossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The squared error of small differences and the absolute error of large ones: 0.5 d<sup>2</sup>
 * where |d| &lt;= delta, delta (|d| - 0.5 delta) elsewhere, d = x - t.
 *
 * <p>Huber, "Robust Estimation of a Location Parameter", 1964.
 */
public final class HuberLoss extends Loss {
  private final HuberLossOptions options = new HuberLossOptions();

  /** With default options. */
  public HuberLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options delta, reduction
   */
  public HuberLoss(Consumer<HuberLossOptions> options) {
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
    return Functional.huberLoss(input, target, options);
  }
}
