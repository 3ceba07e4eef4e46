package dev.facula;

/** Options of {@link Tensor#sort} and {@link Tensor#argsort}. */
public final class SortOptions {
  int dim = -1;
  boolean descending;
  boolean stable;

  /** PyTorch's defaults. */
  public SortOptions() {}

  /** Along which dimension. Default: the last. */
  public SortOptions dim(int dim) {
    this.dim = dim;
    return this;
  }

  /** From large to small. Default: false. */
  public SortOptions descending(boolean descending) {
    this.descending = descending;
    return this;
  }

  /** Whether equal elements keep their order. Default: false. */
  public SortOptions stable(boolean stable) {
    this.stable = stable;
    return this;
  }
}
