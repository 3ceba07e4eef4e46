package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * [*, C r r, H, W] to [*, C, H r, W r] with the factor r: channels become pixels. Shi et al.
 * (2016).
 *
 * <pre>{@code
 * Tensor y = new PixelShuffle(3).forward(Tensor.randn(1, 9, 4, 4)); // [1, 1, 12, 12]
 * }</pre>
 */
public final class PixelShuffle extends Layer {
  private final int upscaleFactor;

  /**
   * A layer.
   *
   * @param upscaleFactor at least 1
   */
  public PixelShuffle(int upscaleFactor) {
    this.upscaleFactor = Check.atLeast("PixelShuffle", "upscaleFactor", upscaleFactor, 1);
  }

  /** The factor. */
  public int upscaleFactor() {
    return upscaleFactor;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.pixelShuffle(input, upscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + upscaleFactor;
  }
}
