package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#nanToNum}. */
public final class NanToNumOptions {
  @Nullable Double nan;
  @Nullable Double posinf;
  @Nullable Double neginf;

  /** PyTorch's defaults. */
  public NanToNumOptions() {}

  /** What NaN becomes. Default: 0. */
  public NanToNumOptions nan(double nan) {
    this.nan = nan;
    return this;
  }

  /** What infinity becomes. Default: the largest finite number. */
  public NanToNumOptions posinf(double posinf) {
    this.posinf = posinf;
    return this;
  }

  /** What negative infinity becomes. Default: the smallest finite number. */
  public NanToNumOptions neginf(double neginf) {
    this.neginf = neginf;
    return this;
  }
}
