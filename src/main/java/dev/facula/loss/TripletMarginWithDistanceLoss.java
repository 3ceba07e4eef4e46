package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin) with any distance d.
 *
 * <pre>{@code
 * var loss = new TripletMarginWithDistanceLoss(o -> o.distance((a, b) -> a.sub(b).abs().amax(1)));
 * }</pre>
 */
public final class TripletMarginWithDistanceLoss extends Loss {
  private final Reduction reduction;
  private final BinaryOperator<Tensor> distance;
  private final double margin;
  private final boolean swap;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private BinaryOperator<Tensor> distance =
        (a, b) -> Functional.pairwiseDistance(a, b, 2, 1e-6, false);
    private double margin = 1;
    private boolean swap = false;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * The distance of two tensors, never negative. Default: the Euclidean one.
     *
     * @return this
     */
    public Options distance(BinaryOperator<Tensor> value) {
      distance = value;
      return this;
    }

    /**
     * How much farther the negative should be, greater than 0. Default: 1.
     *
     * @return this
     */
    public Options margin(double value) {
      margin = value;
      return this;
    }

    /**
     * Whether d(positive, negative) is taken where it is the smaller. Default: false.
     *
     * @return this
     */
    public Options swap(boolean value) {
      swap = value;
      return this;
    }
  }

  /** With default options. */
  public TripletMarginWithDistanceLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options distance, margin, swap, reduction
   */
  public TripletMarginWithDistanceLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    distance = o.distance;
    margin = o.margin;
    swap = o.swap;
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
    return Functional.tripletMarginWithDistanceLoss(
        anchor, positive, negative, distance, margin, swap, reduction);
  }
}
