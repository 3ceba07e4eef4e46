package dev.facula;

/** Options of {@link Tensor#var}, {@link Tensor#std} and those with the mean. */
public final class VarianceOptions {
  double correction = 1;
  boolean keepdim;

  /** PyTorch's defaults. */
  public VarianceOptions() {}

  /** What is taken off the number of elements. Default: 1. */
  public VarianceOptions correction(double correction) {
    this.correction = correction;
    return this;
  }

  /** Leaves dimensions of size 1. Default: false. */
  public VarianceOptions keepdim(boolean keepdim) {
    this.keepdim = keepdim;
    return this;
  }
}
