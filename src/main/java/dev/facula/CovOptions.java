package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#cov}. */
public final class CovOptions {
  int correction = 1;
  @Nullable Tensor fweights;
  @Nullable Tensor aweights;

  /** PyTorch's defaults. */
  public CovOptions() {}

  /** What is subtracted from the number of observations. Default: 1. */
  public CovOptions correction(int value) {
    correction = value;
    return this;
  }

  /** How often each observation was made, integers. Default: null, once. */
  public CovOptions fweights(@Nullable Tensor value) {
    fweights = value;
    return this;
  }

  /** How important each observation is, of floating point. Default: null, equally. */
  public CovOptions aweights(@Nullable Tensor value) {
    aweights = value;
    return this;
  }
}
