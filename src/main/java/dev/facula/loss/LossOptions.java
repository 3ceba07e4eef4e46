package dev.facula.loss;

import dev.facula.Reduction;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What all losses let one choose.
 *
 * @param <O> the options of one loss
 */
public abstract class LossOptions<O extends LossOptions<O>> {
  private Reduction reduction = Reduction.MEAN;

  LossOptions() {}

  abstract O self();

  /**
   * Whether the losses of the elements are averaged, added up or left as they are. Default: MEAN.
   *
   * @return this
   */
  public final O reduction(Reduction value) {
    reduction = Objects.requireNonNull(value, "reduction");
    return self();
  }

  final O with(Consumer<O> changes) {
    Objects.requireNonNull(changes, "options").accept(self());
    return self();
  }

  final Reduction reduction() {
    return reduction;
  }
}
