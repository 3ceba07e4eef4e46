package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.ReductionOptions;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;

/** The absolute error: |x - t|. */
public final class L1Loss extends Loss {
  private final ReductionOptions options = new ReductionOptions();

  /** With default options. */
  public L1Loss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options reduction
   */
  public L1Loss(Consumer<ReductionOptions> options) {
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
    return Functional.l1Loss(input, target, options);
  }
}
