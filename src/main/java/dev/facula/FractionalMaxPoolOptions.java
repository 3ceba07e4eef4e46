package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of fractional max pooling, of which either outputSize or outputRatio is needed. */
public final class FractionalMaxPoolOptions {
  int @Nullable [] outputSize;
  double @Nullable [] outputRatio;
  @Nullable Tensor randomSamples;

  /** PyTorch's defaults. */
  public FractionalMaxPoolOptions() {}

  /** The size of the output, one for all dimensions or one for each. */
  public FractionalMaxPoolOptions outputSize(int... sizes) {
    outputSize = Objects.requireNonNull(sizes, "outputSize").clone();
    return this;
  }

  /** The size of the output as a part of the input's, between 0 and 1. */
  public FractionalMaxPoolOptions outputRatio(double... ratios) {
    outputRatio = Objects.requireNonNull(ratios, "outputRatio").clone();
    return this;
  }

  /**
   * Numbers from [0, 1) that choose the windows, [N, C, dimensions]. Default: null, from the random
   * stream.
   */
  public FractionalMaxPoolOptions randomSamples(@Nullable Tensor samples) {
    randomSamples = samples;
    return this;
  }

  /** The numbers that choose the windows, or null. */
  public @Nullable Tensor randomSamples() {
    return randomSamples;
  }

  /** The size of the output, or null. */
  public int @Nullable [] outputSize() {
    return outputSize == null ? null : outputSize.clone();
  }

  /** The size of the output as a part of the input's, or null. */
  public double @Nullable [] outputRatio() {
    return outputRatio == null ? null : outputRatio.clone();
  }
}
