package dev.facula;

/** Options of {@link Functional#gaussianNllLoss}. */
public final class GaussianNllLossOptions extends LossOptions<GaussianNllLossOptions> {
  static final GaussianNllLossOptions DEFAULT = new GaussianNllLossOptions();

  boolean full;
  double eps = 1e-6;

  /** PyTorch's defaults. */
  public GaussianNllLossOptions() {}

  @Override
  GaussianNllLossOptions self() {
    return this;
  }

  /** Whether 0.5 log(2 pi) is added. Default: false. */
  public GaussianNllLossOptions full(boolean value) {
    full = value;
    return this;
  }

  /** The least variance, greater than 0. Default: 1e-6. */
  public GaussianNllLossOptions eps(double value) {
    eps = Options.positive("gaussianNllLoss", "eps", value);
    return this;
  }
}
