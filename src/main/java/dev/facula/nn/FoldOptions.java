package dev.facula.nn;

/** Options of {@link Unfold} and {@link Fold}. Sizes are one value, or one for each dimension. */
public final class FoldOptions {
  int[] dilation = {1};
  int[] padding = {0};
  int[] stride = {1};

  FoldOptions() {}

  /** The distance of a patch's points. Default: 1. */
  public FoldOptions dilation(int... value) {
    dilation = value.clone();
    return this;
  }

  /** With zeros on both sides. Default: 0. */
  public FoldOptions padding(int... value) {
    padding = value.clone();
    return this;
  }

  /** From patch to patch. Default: 1. */
  public FoldOptions stride(int... value) {
    stride = value.clone();
    return this;
  }
}
