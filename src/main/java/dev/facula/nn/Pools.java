package dev.facula.nn;

import dev.facula.AvgPoolOptions;
import dev.facula.MaxPoolOptions;

/** What the layers of pooling check of their options, and how they print them. */
final class Pools {
  private Pools() {}

  static void check(String layer, int rank, MaxPoolOptions o) {
    Check.sizes(layer, "padding", o.padding(), rank, 0);
    Check.sizes(layer, "dilation", o.dilation(), rank, 1);
    checkStride(layer, o.stride(), rank);
  }

  static void check(String layer, int rank, AvgPoolOptions o) {
    Check.sizes(layer, "padding", o.padding(), rank, 0);
    checkStride(layer, o.stride(), rank);
    Integer divisor = o.divisorOverride();
    if (divisor != null && (divisor == 0 || rank == 1)) {
      throw new IllegalArgumentException(
          layer
              + ": divisorOverride must be other than 0, and is for 2 or 3 dimensions, was "
              + divisor);
    }
  }

  static void checkStride(String layer, int[] stride, int rank) {
    if (stride.length > 0) {
      Check.sizes(layer, "stride", stride, rank, 1);
    }
  }

  static String repr(int[] kernelSize, MaxPoolOptions o) {
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            Check.given(kernelSize),
            Check.given(o.stride().length == 0 ? kernelSize : o.stride()),
            Check.given(o.padding()),
            Check.given(o.dilation()),
            Check.python(o.ceilMode()));
  }

  static String repr(int[] kernelSize, AvgPoolOptions o, boolean tuples) {
    int[] steps = o.stride().length == 0 ? kernelSize : o.stride();
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            tuples ? Check.tuple(kernelSize) : Check.given(kernelSize),
            tuples ? Check.tuple(steps) : Check.given(steps),
            tuples ? Check.tuple(o.padding()) : Check.given(o.padding()));
  }
}
