package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#binaryCrossEntropyWithLogits}. */
public final class BinaryCrossEntropyWithLogitsOptions
    extends LossWithWeightOptions<BinaryCrossEntropyWithLogitsOptions> {
  static final BinaryCrossEntropyWithLogitsOptions DEFAULT =
      new BinaryCrossEntropyWithLogitsOptions();

  @Nullable Tensor posWeight;

  /** PyTorch's defaults. */
  public BinaryCrossEntropyWithLogitsOptions() {}

  @Override
  BinaryCrossEntropyWithLogitsOptions self() {
    return this;
  }

  /** The weight p of positive samples, broadcast to the shape. Default: null, none. */
  public BinaryCrossEntropyWithLogitsOptions posWeight(@Nullable Tensor value) {
    posWeight = value;
    return this;
  }

  /** The weight of positive samples, or null. */
  public @Nullable Tensor posWeight() {
    return posWeight;
  }

  /** These options if they have these weights, else a copy that has them. */
  @SuppressWarnings("ReferenceEquality")
  public BinaryCrossEntropyWithLogitsOptions withWeights(
      @Nullable Tensor weight, @Nullable Tensor posWeight) {
    return posWeight == this.posWeight
        ? withWeight(weight)
        : copy().weight(weight).posWeight(posWeight);
  }
}
