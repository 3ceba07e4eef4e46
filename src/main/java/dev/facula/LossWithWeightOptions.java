package dev.facula;

import org.jspecify.annotations.Nullable;

/**
 * Options of losses that weigh classes or elements.
 *
 * @param <O> the options of one loss
 */
public abstract class LossWithWeightOptions<O extends LossWithWeightOptions<O>>
    extends LossOptions<O> {
  @Nullable Tensor weight;

  LossWithWeightOptions() {}

  /**
   * A weight for each class [C], with which the mean of {@code crossEntropy} and {@code nllLoss} is
   * the weighted one; for losses of single elements what they are multiplied by, broadcast to their
   * shape. Default: null, none.
   */
  public final O weight(@Nullable Tensor value) {
    weight = value;
    return self();
  }

  /** The weight, or null. */
  public final @Nullable Tensor weight() {
    return weight;
  }

  /** These options if they have this weight, else a copy that has it. */
  @SuppressWarnings("ReferenceEquality")
  public final O withWeight(@Nullable Tensor value) {
    return value == weight ? self() : copy().weight(value);
  }

  @SuppressWarnings("unchecked")
  final O copy() {
    try {
      return (O) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
