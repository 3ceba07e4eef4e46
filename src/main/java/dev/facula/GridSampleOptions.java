package dev.facula;

import java.util.Objects;

/** Options of {@link Functional#gridSample}. */
public final class GridSampleOptions {
  String mode = "bilinear";
  String paddingMode = "zeros";
  boolean alignCorners;

  /** PyTorch's defaults. */
  public GridSampleOptions() {}

  /** Between cells: bilinear (of three dimensions too), nearest, bicubic. Default: bilinear. */
  public GridSampleOptions mode(String value) {
    mode = Objects.requireNonNull(value, "mode");
    return this;
  }

  /** Outside of the image: zeros, border, reflection. Default: zeros. */
  public GridSampleOptions paddingMode(String value) {
    paddingMode = Objects.requireNonNull(value, "paddingMode");
    return this;
  }

  /**
   * Whether -1 and 1 are the centres of the outermost cells, and not their outer edges. Default:
   * false.
   */
  public GridSampleOptions alignCorners(boolean value) {
    alignCorners = value;
    return this;
  }
}
