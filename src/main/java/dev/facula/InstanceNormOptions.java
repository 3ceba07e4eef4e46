package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#instanceNorm}. */
public final class InstanceNormOptions {
  @Nullable Tensor runningMean;
  @Nullable Tensor runningVar;
  @Nullable Tensor weight;
  @Nullable Tensor bias;
  boolean useInputStats = true;
  double momentum = 0.1;
  double eps = 1e-5;

  /** PyTorch's defaults. */
  public InstanceNormOptions() {}

  /** A mean for each channel that each call changes, or that is used. Default: null, none. */
  public InstanceNormOptions runningMean(@Nullable Tensor value) {
    runningMean = value;
    return this;
  }

  /** The variance that belongs to it. Default: null, none. */
  public InstanceNormOptions runningVar(@Nullable Tensor value) {
    runningVar = value;
    return this;
  }

  /** The factors. Default: null, 1. */
  public InstanceNormOptions weight(@Nullable Tensor value) {
    weight = value;
    return this;
  }

  /** What is added. Default: null, 0. */
  public InstanceNormOptions bias(@Nullable Tensor value) {
    bias = value;
    return this;
  }

  /** Whether mean and variance are those of the input. Default: true. */
  public InstanceNormOptions useInputStats(boolean value) {
    useInputStats = value;
    return this;
  }

  /** The share of the batch in the running statistics. Default: 0.1. */
  public InstanceNormOptions momentum(double value) {
    momentum = value;
    return this;
  }

  /** Added to the variance. Default: 1e-5. */
  public InstanceNormOptions eps(double value) {
    eps = value;
    return this;
  }
}
