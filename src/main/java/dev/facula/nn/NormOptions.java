package dev.facula.nn;

import org.jspecify.annotations.Nullable;

/** Options of batch and instance normalisation. */
public final class NormOptions {
  double eps = 1e-5;
  @Nullable Double momentum = 0.1;
  boolean affine;
  boolean bias;
  boolean trackRunningStats;

  NormOptions(boolean affine, boolean trackRunningStats) {
    this.affine = affine;
    this.bias = true;
    this.trackRunningStats = trackRunningStats;
  }

  /** Added to the variance. Default: 1e-5. */
  public NormOptions eps(double value) {
    eps = value;
    return this;
  }

  /**
   * The share of a batch in the running statistics, or null for the mean over all batches. Default:
   * 0.1.
   */
  public NormOptions momentum(@Nullable Number value) {
    momentum = value == null ? null : value.doubleValue();
    return this;
  }

  /** Whether there are weight and bias. Default: true, for instance normalisation false. */
  public NormOptions affine(boolean on) {
    affine = on;
    return this;
  }

  /** Whether there is a bias where there is a weight. Default: true. */
  public NormOptions bias(boolean on) {
    bias = on;
    return this;
  }

  /**
   * Whether running statistics are kept and used in evaluation mode. Default: true, for instance
   * normalisation false.
   */
  public NormOptions trackRunningStats(boolean on) {
    trackRunningStats = on;
    return this;
  }
}
