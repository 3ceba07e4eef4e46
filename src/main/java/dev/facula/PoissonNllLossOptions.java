package dev.facula;

/** Options of {@link Functional#poissonNllLoss}. */
public final class PoissonNllLossOptions extends LossOptions<PoissonNllLossOptions> {
  static final PoissonNllLossOptions DEFAULT = new PoissonNllLossOptions();

  boolean logInput = true;
  boolean full;
  double eps = 1e-8;

  /** PyTorch's defaults. */
  public PoissonNllLossOptions() {}

  @Override
  PoissonNllLossOptions self() {
    return this;
  }

  /** Whether the input is the logarithm of the rate. Default: true. */
  public PoissonNllLossOptions logInput(boolean value) {
    logInput = value;
    return this;
  }

  /** Whether Stirling's approximation of log(t!) is added where t &gt; 1. Default: false. */
  public PoissonNllLossOptions full(boolean value) {
    full = value;
    return this;
  }

  /** Keeps the logarithm finite. Default: 1e-8. */
  public PoissonNllLossOptions eps(double value) {
    eps = value;
    return this;
  }
}
