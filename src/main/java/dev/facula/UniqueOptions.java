package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#unique} and {@link Tensor#uniqueConsecutive}. */
public final class UniqueOptions {
  boolean sorted = true;
  boolean returnInverse;
  boolean returnCounts;
  @Nullable Integer dim;

  /** PyTorch's defaults. */
  public UniqueOptions() {}

  /** Whether the values are sorted, as they always are. Default: true. */
  public UniqueOptions sorted(boolean sorted) {
    this.sorted = sorted;
    return this;
  }

  /** Gives the place of each element among the values too. Default: false. */
  public UniqueOptions returnInverse(boolean returnInverse) {
    this.returnInverse = returnInverse;
    return this;
  }

  /** Gives how often each value occurs too. Default: false. */
  public UniqueOptions returnCounts(boolean returnCounts) {
    this.returnCounts = returnCounts;
    return this;
  }

  /** Slices of a dimension instead of elements. Default: elements. */
  public UniqueOptions dim(Integer dim) {
    this.dim = dim;
    return this;
  }
}
