package dev.facula;

/** Options of {@link Functional#huberLoss}. */
public final class HuberLossOptions extends LossOptions<HuberLossOptions> {
  static final HuberLossOptions DEFAULT = new HuberLossOptions();

  double delta = 1;

  /** PyTorch's defaults. */
  public HuberLossOptions() {}

  @Override
  HuberLossOptions self() {
    return this;
  }

  /** Where the absolute error begins, greater than 0. Default: 1. */
  public HuberLossOptions delta(double value) {
    delta = Options.positive("huberLoss", "delta", value);
    return this;
  }
}
