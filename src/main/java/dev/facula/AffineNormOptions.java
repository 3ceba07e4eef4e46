package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#layerNorm} and {@link Functional#groupNorm}. */
public final class AffineNormOptions {
  @Nullable Tensor weight;
  @Nullable Tensor bias;
  double eps = 1e-5;

  /** PyTorch's defaults. */
  public AffineNormOptions() {}

  /** The factors. Default: null, 1. */
  public AffineNormOptions weight(@Nullable Tensor value) {
    weight = value;
    return this;
  }

  /** What is added. Default: null, 0. */
  public AffineNormOptions bias(@Nullable Tensor value) {
    bias = value;
    return this;
  }

  /** Added to the variance. Default: 1e-5. */
  public AffineNormOptions eps(double value) {
    eps = value;
    return this;
  }
}
