package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.ReductionOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The squared error: (x - t)<sup>2</sup>.
 *
 * <pre>{@code
 * Tensor loss = new MSELoss().forward(net.forward(x), y);
 * }</pre>
 */
public final class MSELoss extends Loss {
  private final ReductionOptions options = new ReductionOptions();

  /** With default options. */
  public MSELoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options reduction
   */
  public MSELoss(Consumer<ReductionOptions> options) {
    Objects.requireNonNull(options, "options").accept(this.options);
  }

  /**
   * Computes the loss.
   *
   * @param input what was computed, any shape
   * @param target what it should be, in the same shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.mseLoss(input, target, options);
  }
}
