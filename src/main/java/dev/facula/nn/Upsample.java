package dev.facula.nn;

import java.util.function.Consumer;

/**
 * The input at another size.
 *
 * <p>Shape: input [N, C, *] with 1 to 3 spatial dimensions; these become size, or scaleFactor times
 * what they were, rounded down.
 *
 * <pre>{@code
 * var up = new Upsample(o -> o.scaleFactor(2).mode("bilinear"));
 * Tensor y = up.forward(Tensor.zeros(1, 3, 8, 8)); // [1, 3, 16, 16]
 * }</pre>
 *
 * @see dev.facula.Functional#interpolate
 */
public final class Upsample extends UpsampleLayer {
  /** To a size of all spatial dimensions, or of each, from the nearest elements. */
  public Upsample(int... size) {
    this(o -> o.size(size));
  }

  /**
   * A layer.
   *
   * @param options size or scaleFactor, mode (nearest), alignCorners (null), recomputeScaleFactor
   *     (false)
   */
  public Upsample(Consumer<UpsampleOptions> options) {
    super(new UpsampleOptions("nearest", null), options);
  }
}
