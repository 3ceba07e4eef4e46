package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The negative log-likelihood of a Poisson distribution: exp(x) - t x, or without logInput x - t
 * log(x + eps).
 */
public final class PoissonNLLLoss extends Loss {
  private final Reduction reduction;
  private final boolean logInput;
  private final boolean full;
  private final double eps;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private boolean logInput = true;
    private boolean full = false;
    private double eps = 1e-8;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * Whether the input is the logarithm of the rate. Default: true.
     *
     * @return this
     */
    public Options logInput(boolean value) {
      logInput = value;
      return this;
    }

    /**
     * Whether Stirling's approximation of log(t!) is added where t &gt; 1. Default: false.
     *
     * @return this
     */
    public Options full(boolean value) {
      full = value;
      return this;
    }

    /**
     * Keeps the logarithm finite. Default: 1e-8.
     *
     * @return this
     */
    public Options eps(double value) {
      eps = value;
      return this;
    }
  }

  /** With default options. */
  public PoissonNLLLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options logInput, full, eps, reduction
   */
  public PoissonNLLLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    logInput = o.logInput;
    full = o.full;
    eps = o.eps;
  }

  /**
   * Computes the loss.
   *
   * @param input rates or their logarithms, any shape
   * @param target counts in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.poissonNllLoss(input, target, logInput, full, eps, reduction);
  }
}
