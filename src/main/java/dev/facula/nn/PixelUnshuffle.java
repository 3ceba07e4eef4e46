package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * [*, C, H r, W r] to [*, C r r, H, W] with the factor r: the inverse of {@link PixelShuffle}.
 *
 * <pre>{@code
 * Tensor y = new PixelUnshuffle(3).forward(Tensor.randn(1, 1, 12, 12)); // [1, 9, 4, 4]
 * }</pre>
 */
public final class PixelUnshuffle extends Layer {
  private final int downscaleFactor;

  /**
   * A layer.
   *
   * @param downscaleFactor at least 1
   */
  public PixelUnshuffle(int downscaleFactor) {
    this.downscaleFactor = Check.atLeast("PixelUnshuffle", "downscaleFactor", downscaleFactor, 1);
  }

  /** The factor. */
  public int downscaleFactor() {
    return downscaleFactor;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pixelUnshuffle(input, downscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "downscale_factor=" + downscaleFactor;
  }
}
