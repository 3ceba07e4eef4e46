package dev.facula;

import java.util.Objects;

/**
 * Options of poolings that take the largest of each window. Sizes are one value for all dimensions,
 * or one for each.
 */
public final class MaxPoolOptions {
  static final MaxPoolOptions DEFAULT = new MaxPoolOptions();

  int[] stride = {};
  int[] padding = {0};
  int[] dilation = {1};
  boolean ceilMode;

  /** PyTorch's defaults. */
  public MaxPoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public MaxPoolOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** With -infinity on both sides, at most half of the window. Default: 0. */
  public MaxPoolOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }

  /** The distance of a window's points. Default: 1. */
  public MaxPoolOptions dilation(int... value) {
    dilation = Objects.requireNonNull(value, "dilation").clone();
    return this;
  }

  /** Whether a last window may reach beyond the input. Default: false. */
  public MaxPoolOptions ceilMode(boolean value) {
    ceilMode = value;
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

  /** The distance of a window's points. */
  public int[] dilation() {
    return dilation.clone();
  }

  /** Whether a last window may reach beyond the input. */
  public boolean ceilMode() {
    return ceilMode;
  }
}
