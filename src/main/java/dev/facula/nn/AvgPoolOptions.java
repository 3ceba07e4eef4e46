package dev.facula.nn;

import org.jspecify.annotations.Nullable;

/** Options of layers that take the mean of each window. Sizes are one value, or one for each. */
public final class AvgPoolOptions {
  int[] stride = {};
  int[] padding = {0};
  boolean ceilMode;
  boolean countIncludePad = true;
  @Nullable Integer divisorOverride;

  AvgPoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public AvgPoolOptions stride(int... value) {
    stride = value.clone();
    return this;
  }

  /** With zeros on both sides, at most half of the window. Default: 0. */
  public AvgPoolOptions padding(int... value) {
    padding = value.clone();
    return this;
  }

  /** Whether a last window may reach beyond the input. Default: false. */
  public AvgPoolOptions ceilMode(boolean on) {
    ceilMode = on;
    return this;
  }

  /** Whether zeros of the padding count in the mean. Default: true. */
  public AvgPoolOptions countIncludePad(boolean on) {
    countIncludePad = on;
    return this;
  }

  /** What sums are divided by, for two and three dimensions. Default: null, the count. */
  public AvgPoolOptions divisorOverride(@Nullable Integer value) {
    divisorOverride = value;
    return this;
  }

  void check(String layer, int rank) {
    Check.sizes(layer, "padding", padding, rank, 0);
    if (stride.length > 0) {
      Check.sizes(layer, "stride", stride, rank, 1);
    }
    if (divisorOverride != null && (divisorOverride == 0 || rank == 1)) {
      throw new IllegalArgumentException(
          layer
              + ": divisorOverride must be other than 0, and is for 2 or 3 dimensions, was "
              + divisorOverride);
    }
  }

  String repr(int[] kernelSize, boolean tuples) {
    int[] steps = stride.length == 0 ? kernelSize : stride;
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            tuples ? Check.tuple(kernelSize) : Check.given(kernelSize),
            tuples ? Check.tuple(steps) : Check.given(steps),
            tuples ? Check.tuple(padding) : Check.given(padding));
  }
}
