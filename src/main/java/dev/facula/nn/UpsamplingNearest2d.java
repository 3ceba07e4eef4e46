package dev.facula.nn;

import java.util.function.Consumer;

/**
 * Images at another size, from the nearest pixels.
 *
 * <p>Shape: [N, C, H, W] to [N, C, outH, outW].
 *
 * <pre>{@code
 * Tensor y = new UpsamplingNearest2d(o -> o.scaleFactor(2)).forward(Tensor.zeros(1, 3, 8, 8));
 * }</pre>
 *
 * @see dev.facula.Functional#interpolate
 */
public final class UpsamplingNearest2d extends UpsampleLayer {
  /** To a size of both dimensions, or of each. */
  public UpsamplingNearest2d(int... size) {
    this(o -> o.size(size));
  }

  /**
   * A layer.
   *
   * @param options size or scaleFactor
   */
  public UpsamplingNearest2d(Consumer<UpsampleOptions> options) {
    super(new UpsampleOptions("nearest", null), options);
  }
}
