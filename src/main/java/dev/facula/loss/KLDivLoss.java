package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.KlDivOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The Kullback-Leibler divergence: t (log(t) - x).
 *
 * <p>The mean is over all elements; reduction BATCHMEAN is the mathematical definition.
 */
public final class KLDivLoss extends Loss {
  private final KlDivOptions options = new KlDivOptions();

  /** With default options. */
  public KLDivLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options logTarget, reduction
   */
  public KLDivLoss(Consumer<KlDivOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
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
    return Functional.klDiv(input, target, options);
  }
}
