package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * max(0, d(anchor, positive) - d(anchor, negative) + margin), d the p-norm of the difference.
 *
 * <p>Balntas et al., "Learning shallow convolutional feature descriptors with triplet losses",
 * 2016.
 */
public final class TripletMarginLoss extends Loss {
  private final Reduction reduction;
  private final double margin;
  private final double p;
  private final double eps;
  private final boolean swap;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private double margin = 1;
    private double p = 2;
    private double eps = 1e-6;
    private boolean swap = false;

    private Options() {}

    @Override
    Options self() {
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
     * The norm. Default: 2.
     *
     * @return this
     */
    public Options p(double value) {
      p = value;
      return this;
    }

    /**
     * Added to the differences. Default: 1e-6.
     *
     * @return this
     */
    public Options eps(double value) {
      eps = value;
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
  public TripletMarginLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options margin, p, eps, swap, reduction
   */
  public TripletMarginLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    margin = o.margin;
    p = o.p;
    eps = o.eps;
    swap = o.swap;
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
    return Functional.tripletMarginLoss(
        anchor, positive, negative, margin, p, eps, swap, reduction);
  }
}
