package dev.facula.nn;

import java.util.Objects;

/** Options of the inverse of max pooling: those of the pooling. */
public final class MaxUnpoolOptions {
  int[] stride = {};
  int[] padding = {0};

  MaxUnpoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public MaxUnpoolOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** What was added on both sides. Default: 0. */
  public MaxUnpoolOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }
}
