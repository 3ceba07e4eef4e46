package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of the reductions of {@link Masked}. */
public final class MaskedOptions {
  int[] dim = {};
  boolean keepdim;
  @Nullable DType dtype;
  double correction = 1;

  /** PyTorch's defaults. */
  public MaskedOptions() {}

  /** The dimensions to reduce; none stands for all. Default: none. */
  public MaskedOptions dim(int... dims) {
    dim = Objects.requireNonNull(dims, "dim").clone();
    return this;
  }

  /** Leaves dimensions of size 1. Default: false. */
  public MaskedOptions keepdim(boolean value) {
    keepdim = value;
    return this;
  }

  /** The type of the result. Default: null, that of the input, or INT64 for sums of integers. */
  public MaskedOptions dtype(@Nullable DType value) {
    dtype = value;
    return this;
  }

  /** What is subtracted from the number of elements of a variance. Default: 1. */
  public MaskedOptions correction(double value) {
    correction = value;
    return this;
  }

  /** Whether the correction is 1, and not 0. Default: true. */
  public MaskedOptions unbiased(boolean value) {
    return correction(value ? 1 : 0);
  }
}
