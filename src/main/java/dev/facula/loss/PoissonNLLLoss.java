package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.PoissonNllLossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The negative log-likelihood of a Poisson distribution: exp(x) - t x, or without logInput x - t
 * log(x + eps).
 */
public final class PoissonNLLLoss extends Loss {
  private final PoissonNllLossOptions options = new PoissonNllLossOptions();

  /** With default options. */
  public PoissonNLLLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options logInput, full, eps, reduction
   */
  public PoissonNLLLoss(Consumer<PoissonNllLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
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
    return Functional.poissonNllLoss(input, target, options);
  }
}
