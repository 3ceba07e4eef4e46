package dev.facula.nn;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link Upsample} and its kin: either size or scaleFactor has to be set. */
public final class UpsampleOptions {
  int @Nullable [] size;
  double @Nullable [] scaleFactor;
  String mode;
  @Nullable Boolean alignCorners;
  boolean recomputeScaleFactor;

  UpsampleOptions(String mode, @Nullable Boolean alignCorners) {
    this.mode = mode;
    this.alignCorners = alignCorners;
  }

  /** The size of the output, one for all spatial dimensions or one for each. */
  public UpsampleOptions size(int... values) {
    size = Objects.requireNonNull(values, "size").length == 0 ? null : values.clone();
    return this;
  }

  /** The size of the output by that of the input, rounded down. */
  public UpsampleOptions scaleFactor(double... values) {
    scaleFactor = Objects.requireNonNull(values, "scaleFactor").clone();
    return this;
  }

  /**
   * {@code nearest}, {@code nearest-exact}, {@code area}, and {@code linear}, {@code bilinear},
   * {@code bicubic} or {@code trilinear} by the number of spatial dimensions. Default: nearest, of
   * {@link UpsamplingBilinear2d} bilinear.
   */
  public UpsampleOptions mode(String value) {
    mode = value;
    return this;
  }

  /** Whether the corners' centres stay where they are, for the linear and cubic modes. */
  public UpsampleOptions alignCorners(boolean on) {
    alignCorners = on;
    return this;
  }

  /** Whether the factor is computed anew from the sizes. Default: false. */
  public UpsampleOptions recomputeScaleFactor(boolean on) {
    recomputeScaleFactor = on;
    return this;
  }
}
