package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.GaussianNllLossOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The negative log-likelihood of a normal distribution: 0.5 (log(v) + (x - t)<sup>2</sup> / v), v =
 * max(var, eps).
 *
 * <p>Nix and Weigend, "Estimating the mean and variance of the target probability distribution",
 * 1994.
 */
public final class GaussianNLLLoss extends Loss {
  private final GaussianNllLossOptions options = new GaussianNllLossOptions();

  /** With default options. */
  public GaussianNLLLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options full, eps, reduction
   */
  public GaussianNLLLoss(Consumer<GaussianNllLossOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
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
    return Functional.gaussianNllLoss(input, target, var, options);
  }
}
