package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#diff}. */
public final class DiffOptions {
  int n = 1;
  int dim = -1;
  @Nullable Tensor prepend;
  @Nullable Tensor append;

  /** PyTorch's defaults. */
  public DiffOptions() {}

  /** How many times. Default: 1. */
  public DiffOptions n(int n) {
    this.n = n;
    return this;
  }

  /** Along which dimension. Default: the last. */
  public DiffOptions dim(int dim) {
    this.dim = dim;
    return this;
  }

  /** What comes before the elements. Default: nothing. */
  public DiffOptions prepend(Tensor prepend) {
    this.prepend = prepend;
    return this;
  }

  /** What comes after the elements. Default: nothing. */
  public DiffOptions append(Tensor append) {
    this.append = append;
    return this;
  }
}
