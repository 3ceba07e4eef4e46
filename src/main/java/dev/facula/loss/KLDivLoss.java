package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The Kullback-Leibler divergence: t (log(t) - x).
 *
 * <p>The mean is over all elements; reduction BATCHMEAN is the mathematical definition.
 */
public final class KLDivLoss extends Loss {
  private final Reduction reduction;
  private final boolean logTarget;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private boolean logTarget = false;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * Whether the target holds logarithms. Default: false.
     *
     * @return this
     */
    public Options logTarget(boolean value) {
      logTarget = value;
      return this;
    }
  }

  /** With default options. */
  public KLDivLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options logTarget, reduction
   */
  public KLDivLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    logTarget = o.logTarget;
  }

  /**
   * Computes the loss.
   *
   * @param input logarithms of probabilities, any shape
   * @param target probabilities in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.klDiv(input, target, reduction, logTarget);
  }
}
