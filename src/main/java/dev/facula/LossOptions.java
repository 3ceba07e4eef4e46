package dev.facula;

import java.util.Objects;

/**
 * What all losses let one choose.
 *
 * @param <O> the options of one loss
 */
public abstract class LossOptions<O extends LossOptions<O>> implements Cloneable {
  Reduction reduction = Reduction.MEAN;

  LossOptions() {}

  abstract O self();

  /** Whether there is BATCHMEAN. */
  boolean averagesBatches() {
    return false;
  }

  /**
   * Whether the losses of the elements are averaged, added up or left as they are. Default: MEAN.
   * BATCHMEAN is for klDiv only.
   */
  public final O reduction(Reduction value) {
    if (value == Reduction.BATCHMEAN && !averagesBatches()) {
      throw new IllegalArgumentException(
          "reduction BATCHMEAN is for klDiv only; others take NONE, MEAN or SUM");
    }
    reduction = Objects.requireNonNull(value, "reduction");
    return self();
  }
}
