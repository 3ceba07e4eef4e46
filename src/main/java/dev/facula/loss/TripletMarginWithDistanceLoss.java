package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.TripletMarginWithDistanceLossOptions;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin) with any distance d.
 *
 * <pre>{@code
 * var loss = new TripletMarginWithDistanceLoss(o -> o.distanceFunction((a, b) -> a.sub(b).abs().amax(1)));
 * }</pre>
 */
public final class TripletMarginWithDistanceLoss extends Loss {
  private final TripletMarginWithDistanceLossOptions options =
      new TripletMarginWithDistanceLossOptions();

  /** With default options. */
  public TripletMarginWithDistanceLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options distanceFunction, margin, swap, reduction
   */
  public TripletMarginWithDistanceLoss(Consumer<TripletMarginWithDistanceLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param anchor [N, ...]
   * @param positive in the same shape
   * @param negative in the same shape
   * @return without dimensions, or with reduction NONE one loss a sample
   */
  public Tensor forward(Tensor anchor, Tensor positive, Tensor negative) {
    if (hooked()) {
      return call(this::forward, anchor, positive, negative);
    }
    return Functional.tripletMarginWithDistanceLoss(anchor, positive, negative, options);
  }
}
