package dev.facula;

/** Options of {@link Functional#multiMarginLoss}. */
public final class MultiMarginLossOptions extends LossWithWeightOptions<MultiMarginLossOptions> {
  static final MultiMarginLossOptions DEFAULT = new MultiMarginLossOptions();

  int p = 1;
  double margin = 1;

  /** PyTorch's defaults. */
  public MultiMarginLossOptions() {}

  @Override
  MultiMarginLossOptions self() {
    return this;
  }

  /** The exponent, 1 or 2. Default: 1. */
  public MultiMarginLossOptions p(int value) {
    p = Options.require(value == 1 || value == 2, "multiMarginLoss", "p", "1 or 2", value);
    return this;
  }

  /** How much larger the score of the right class should be. Default: 1. */
  public MultiMarginLossOptions margin(double value) {
    margin = value;
    return this;
  }
}
