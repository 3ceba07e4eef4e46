package dev.facula;

/** Options of {@link Functional#smoothL1Loss}. */
public final class SmoothL1LossOptions extends LossOptions<SmoothL1LossOptions> {
  static final SmoothL1LossOptions DEFAULT = new SmoothL1LossOptions();

  double beta = 1;

  /** PyTorch's defaults. */
  public SmoothL1LossOptions() {}

  @Override
  SmoothL1LossOptions self() {
    return this;
  }

  /** Where the absolute error begins, 0 or more. Default: 1. */
  public SmoothL1LossOptions beta(double value) {
    beta = Options.require(value >= 0, "smoothL1Loss", "beta", "0 or more", value);
    return this;
  }
}
