package dev.facula;

/** Options of {@link Tensor#isclose} and {@link Tensor#allclose}. */
public final class CloseOptions {
  double rtol = 1e-5;
  double atol = 1e-8;
  boolean equalNan;

  /** PyTorch's defaults. */
  public CloseOptions() {}

  /** The relative tolerance. Default: 1e-5. */
  public CloseOptions rtol(double rtol) {
    this.rtol = rtol;
    return this;
  }

  /** The absolute tolerance. Default: 1e-8. */
  public CloseOptions atol(double atol) {
    this.atol = atol;
    return this;
  }

  /** Whether NaN is close to NaN. Default: false. */
  public CloseOptions equalNan(boolean equalNan) {
    this.equalNan = equalNan;
    return this;
  }
}
