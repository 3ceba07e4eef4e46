package dev.facula;

import java.util.Objects;

/**
 * Options of {@link Functional#unfold} and {@link Functional#fold}. Sizes are one value for both
 * dimensions, or one for each.
 */
public final class PatchOptions {
  static final PatchOptions DEFAULT = new PatchOptions();

  int[] dilation = {1};
  int[] padding = {0};
  int[] stride = {1};

  /** PyTorch's defaults. */
  public PatchOptions() {}

  /** The distance of a patch's points. Default: 1. */
  public PatchOptions dilation(int... value) {
    dilation = Objects.requireNonNull(value, "dilation").clone();
    return this;
  }

  /** Zeros on both sides of the image. Default: 0. */
  public PatchOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }

  /** From patch to patch. Default: 1. */
  public PatchOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** The distance of a patch's points. */
  public int[] dilation() {
    return dilation.clone();
  }

  /** On both sides of the image. */
  public int[] padding() {
    return padding.clone();
  }

  /** From patch to patch. */
  public int[] stride() {
    return stride.clone();
  }
}
