package dev.facula;

import java.util.Objects;

/**
 * Options of poolings that take the norm of each window. Sizes are one value for all dimensions, or
 * one for each.
 */
public final class LPPoolOptions {
  static final LPPoolOptions DEFAULT = new LPPoolOptions();

  int[] stride = {};
  boolean ceilMode;

  /** PyTorch's defaults. */
  public LPPoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public LPPoolOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** Whether a last window may reach beyond the input. Default: false. */
  public LPPoolOptions ceilMode(boolean value) {
    ceilMode = value;
    return this;
  }

  /** From window to window; empty for the size of the window. */
  public int[] stride() {
    return stride.clone();
  }

  /** Whether a last window may reach beyond the input. */
  public boolean ceilMode() {
    return ceilMode;
  }
}
