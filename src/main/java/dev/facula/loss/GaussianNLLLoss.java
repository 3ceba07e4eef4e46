package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The negative log-likelihood of a normal distribution: 0.5 (log(v) + (x - t)<sup>2</sup> / v), v =
 * max(var, eps).
 *
 * <p>Nix and Weigend, "Estimating the mean and variance of the target probability distribution",
 * 1994.
 */
public final class GaussianNLLLoss extends Loss {
  private final Reduction reduction;
  private final boolean full;
  private final double eps;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private boolean full = false;
    private double eps = 1e-6;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * Whether 0.5 log(2 pi) is added. Default: false.
     *
     * @return this
     */
    public Options full(boolean value) {
      full = value;
      return this;
    }

    /**
     * The least variance, greater than 0. Default: 1e-6.
     *
     * @return this
     */
    public Options eps(double value) {
      eps = value;
      return this;
    }
  }

  /** With default options. */
  public GaussianNLLLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options full, eps, reduction
   */
  public GaussianNLLLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    full = o.full;
    eps = o.eps;
  }

  /**
   * Computes the loss.
   *
   * @param input means, any shape
   * @param target in the same shape
   * @param var variances in the same shape, or one for each row
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target, Tensor var) {
    if (hooked()) {
      return call(this::forward, input, target, var);
    }
    return Functional.gaussianNllLoss(input, target, var, full, eps, reduction);
  }
}
