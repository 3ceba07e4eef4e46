package dev.facula;

/** Options of local response normalisation. */
public final class LocalResponseNormOptions {
  static final LocalResponseNormOptions DEFAULT = new LocalResponseNormOptions();

  double alpha = 1e-4;
  double beta = 0.75;
  double k = 1;

  /** PyTorch's defaults. */
  public LocalResponseNormOptions() {}

  /** The weight of the squares. Default: 1e-4. */
  public LocalResponseNormOptions alpha(double value) {
    alpha = value;
    return this;
  }

  /** The exponent. Default: 0.75. */
  public LocalResponseNormOptions beta(double value) {
    beta = value;
    return this;
  }

  /** What is added. Default: 1. */
  public LocalResponseNormOptions k(double value) {
    k = value;
    return this;
  }

  /** The weight of the squares. */
  public double alpha() {
    return alpha;
  }

  /** The exponent. */
  public double beta() {
    return beta;
  }

  /** What is added. */
  public double k() {
    return k;
  }
}
