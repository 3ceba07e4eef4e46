package dev.facula.nn;

/** Options of poolings by norm. Sizes are one value, or one for each dimension. */
public final class LPPoolOptions {
  int[] stride = {};
  boolean ceilMode;

  LPPoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public LPPoolOptions stride(int... value) {
    stride = value.clone();
    return this;
  }

  /** Whether a last window may reach beyond the input. Default: false. */
  public LPPoolOptions ceilMode(boolean on) {
    ceilMode = on;
    return this;
  }
}
