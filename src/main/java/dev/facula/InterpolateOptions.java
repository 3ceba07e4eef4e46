package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#interpolate}: either size or scaleFactor has to be set. */
public final class InterpolateOptions {
  private static final String[] MODES = {
    "nearest", "nearest-exact", "area", "linear", "bilinear", "bicubic", "trilinear"
  };

  int @Nullable [] size;
  double @Nullable [] scaleFactor;
  String mode = "nearest";
  @Nullable Boolean alignCorners;
  boolean recomputeScaleFactor;

  /** PyTorch's defaults. */
  public InterpolateOptions() {}

  /** The size of the output, one for all spatial dimensions or one for each. */
  public InterpolateOptions size(int... value) {
    size = Objects.requireNonNull(value, "size").clone();
    return this;
  }

  /** The size of the output by that of the input, rounded down. */
  public InterpolateOptions scaleFactor(double... value) {
    scaleFactor = Objects.requireNonNull(value, "scaleFactor").clone();
    return this;
  }

  /**
   * {@code nearest}, {@code nearest-exact}, {@code area}, and {@code linear}, {@code bilinear},
   * {@code bicubic} or {@code trilinear} by the number of spatial dimensions. Default: nearest.
   */
  public InterpolateOptions mode(String value) {
    mode = Options.oneOf("interpolate", "mode", value, MODES);
    return this;
  }

  /**
   * Whether the corners' centres stay where they are, for the linear and cubic modes. Default:
   * false.
   */
  public InterpolateOptions alignCorners(boolean value) {
    alignCorners = value;
    return this;
  }

  /** Whether the factor is computed anew from the sizes. Default: false. */
  public InterpolateOptions recomputeScaleFactor(boolean value) {
    recomputeScaleFactor = value;
    return this;
  }
}
