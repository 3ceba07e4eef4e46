package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#searchsorted} and {@link Tensor#bucketize}. */
public final class SearchOptions {
  boolean outInt32;
  boolean right;
  @Nullable Tensor sorter;

  /** PyTorch's defaults. */
  public SearchOptions() {}

  /** Whether the places are INT32 instead of INT64. Default: false. */
  public SearchOptions outInt32(boolean outInt32) {
    this.outInt32 = outInt32;
    return this;
  }

  /** Whether equal numbers have the place behind. Default: false. */
  public SearchOptions right(boolean right) {
    this.right = right;
    return this;
  }

  /** The same by name: "left" or "right". Default: left. */
  public SearchOptions side(String side) {
    if (!side.equals("left") && !side.equals("right")) {
      throw new IllegalArgumentException(
          "searchsorted: side must be \"left\" or \"right\", was \"" + side + "\"");
    }
    return right(side.equals("right"));
  }

  /** The order that sorts an unsorted sequence, for searchsorted. Default: it is sorted. */
  public SearchOptions sorter(Tensor sorter) {
    this.sorter = sorter;
    return this;
  }
}
