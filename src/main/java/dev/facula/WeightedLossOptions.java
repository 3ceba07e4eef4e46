package dev.facula;

/** Options of losses with a weight and a reduction. */
public final class WeightedLossOptions extends LossWithWeightOptions<WeightedLossOptions> {
  static final WeightedLossOptions DEFAULT = new WeightedLossOptions();

  /** PyTorch's defaults. */
  public WeightedLossOptions() {}

  @Override
  WeightedLossOptions self() {
    return this;
  }
}
