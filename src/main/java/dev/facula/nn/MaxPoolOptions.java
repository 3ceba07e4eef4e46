package dev.facula.nn;

/** Options of layers that take the largest of each window. Sizes are one value, or one for each. */
public final class MaxPoolOptions {
  int[] stride = {};
  int[] padding = {0};
  int[] dilation = {1};
  boolean ceilMode;

  MaxPoolOptions() {}

  /** From window to window. Default: the size of the window. */
  public MaxPoolOptions stride(int... value) {
    stride = value.clone();
    return this;
  }

  /** With -infinity on both sides, at most half of the window. Default: 0. */
  public MaxPoolOptions padding(int... value) {
    padding = value.clone();
    return this;
  }

  /** The distance of a window's points. Default: 1. */
  public MaxPoolOptions dilation(int... value) {
    dilation = value.clone();
    return this;
  }

  /** Whether a last window may reach beyond the input. Default: false. */
  public MaxPoolOptions ceilMode(boolean on) {
    ceilMode = on;
    return this;
  }

  void check(String layer, int rank) {
    Check.sizes(layer, "padding", padding, rank, 0);
    Check.sizes(layer, "dilation", dilation, rank, 1);
    if (stride.length > 0) {
      Check.sizes(layer, "stride", stride, rank, 1);
    }
  }

  String repr(int[] kernelSize) {
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            Check.given(kernelSize),
            Check.given(stride.length == 0 ? kernelSize : stride),
            Check.given(padding),
            Check.given(dilation),
            Check.python(ceilMode));
  }
}
