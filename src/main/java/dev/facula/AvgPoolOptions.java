package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of poolings that take the mean of each window. Sizes are one value for all dimensions, or
 * one for each.
 */
public final class AvgPoolOptions {
  static final AvgPoolOptions DEFAULT = new AvgPoolOptions();

  int[] stride = {};
  int[] padding = {0};
  boolean ceilMode;
  boolean countIncludePad = true;
  @Nullable Integer divisorOverride;

  /** PyTorch's defaults. */
  public AvgPoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public AvgPoolOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** With zeros on both sides, at most half of the window. Default: 0. */
  public AvgPoolOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }

  /** Whether a last window may reach beyond the input. Default: false. */
  public AvgPoolOptions ceilMode(boolean value) {
    ceilMode = value;
    return this;
  }

  /** Whether zeros of the padding count in the mean. Default: true. */
  public AvgPoolOptions countIncludePad(boolean value) {
    countIncludePad = value;
    return this;
  }

  /** What sums are divided by, for two and three dimensions. Default: null, the count. */
  public AvgPoolOptions divisorOverride(@Nullable Integer value) {
    divisorOverride = value;
    return this;
  }

  /** From window to window; empty for the size of the window. */
  public int[] stride() {
    return stride.clone();
  }

  /** On both sides. */
  public int[] padding() {
    return padding.clone();
  }

  /** What sums are divided by, or null. */
  public @Nullable Integer divisorOverride() {
    return divisorOverride;
  }

  /** Whether a last window may reach beyond the input. */
  public boolean ceilMode() {
    return ceilMode;
  }

  /** Whether zeros of the padding count in the mean. */
  public boolean countIncludePad() {
    return countIncludePad;
  }
}
