package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#batchNorm}. */
public final class BatchNormOptions {
  @Nullable Tensor weight;
  @Nullable Tensor bias;
  boolean training;
  double momentum = 0.1;
  double eps = 1e-5;

  /** PyTorch's defaults. */
  public BatchNormOptions() {}

  /** The factors. Default: null, 1. */
  public BatchNormOptions weight(@Nullable Tensor value) {
    weight = value;
    return this;
  }

  /** What is added. Default: null, 0. */
  public BatchNormOptions bias(@Nullable Tensor value) {
    bias = value;
    return this;
  }

  /**
   * Whether mean and variance are those of the batch, which then change the running ones. Default:
   * false.
   */
  public BatchNormOptions training(boolean value) {
    training = value;
    return this;
  }

  /** The share of the batch in the running statistics. Default: 0.1. */
  public BatchNormOptions momentum(double value) {
    momentum = value;
    return this;
  }

  /** Added to the variance. Default: 1e-5. */
  public BatchNormOptions eps(double value) {
    eps = value;
    return this;
  }
}
