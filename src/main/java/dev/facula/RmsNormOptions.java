package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#rmsNorm}. */
public final class RmsNormOptions {
  @Nullable Tensor weight;
  @Nullable Double eps;

  /** PyTorch's defaults. */
  public RmsNormOptions() {}

  /** The factors. Default: null, 1. */
  public RmsNormOptions weight(@Nullable Tensor value) {
    weight = value;
    return this;
  }

  /** Added to the mean of squares. Default: null, the distance of 1 to the next number. */
  public RmsNormOptions eps(@Nullable Double value) {
    eps = value;
    return this;
  }
}
