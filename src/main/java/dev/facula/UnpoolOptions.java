package dev.facula;

import java.util.Objects;

/**
 * Options of {@link Functional#maxUnpool2d} and its kin. Sizes are one value for all dimensions, or
 * one for each.
 */
public final class UnpoolOptions {
  static final UnpoolOptions DEFAULT = new UnpoolOptions();

  int[] stride = {};
  int[] padding = {0};
  int[] outputSize = {};

  /** PyTorch's defaults. */
  public UnpoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public UnpoolOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** What the pooling had added to both sides. Default: 0. */
  public UnpoolOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }

  /**
   * The size of what was pooled, where several are possible. Default: the least one without a
   * remainder.
   */
  public UnpoolOptions outputSize(int... value) {
    outputSize = Objects.requireNonNull(value, "outputSize").clone();
    return this;
  }
}
