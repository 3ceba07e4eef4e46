package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.TripletMarginLossOptions;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin), d the p-norm of the difference.
 *
 * <p>Balntas et al., "Learning shallow convolutional feature descriptors with triplet losses",
 * 2016.
 */
public final class TripletMarginLoss extends Loss {
  private final TripletMarginLossOptions options = new TripletMarginLossOptions();

  /** With default options. */
  public TripletMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, p, eps, swap, reduction
   */
  public TripletMarginLoss(Consumer<TripletMarginLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param anchor [N, D] or [D]
   * @param positive in the same shape
   * @param negative in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
    if (hooked()) {
      return call(this::forward, anchor, positive, negative);
    }
    return Functional.tripletMarginLoss(anchor, positive, negative, options);
  }
}
