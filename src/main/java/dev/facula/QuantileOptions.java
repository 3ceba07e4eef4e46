package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#quantile} and {@link Tensor#nanquantile}. */
public final class QuantileOptions {
  @Nullable Integer dim;
  boolean keepdim;
  String interpolation = "linear";

  /** PyTorch's defaults. */
  public QuantileOptions() {}

  /** Along which dimension. Default: of all elements. */
  public QuantileOptions dim(Integer dim) {
    this.dim = dim;
    return this;
  }

  /** Leaves a dimension of size 1. Default: false. */
  public QuantileOptions keepdim(boolean keepdim) {
    this.keepdim = keepdim;
    return this;
  }

  /** Between neighbours: linear, lower, higher, midpoint, nearest. Default: linear. */
  public QuantileOptions interpolation(String interpolation) {
    this.interpolation = interpolation;
    return this;
  }
}
