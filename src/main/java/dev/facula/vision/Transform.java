package dev.facula.vision;

import dev.facula.Tensor;

/**
 * A function from image to image: a tensor [channels, height, width], UINT8 with 0 to 255 as it
 * comes from a file, or floating point. Those that draw random numbers take them from the default
 * generator, as torchvision's do.
 */
@FunctionalInterface
public interface Transform {
  /**
   * The transformed image.
   *
   * @param image is not changed
   */
  Tensor apply(Tensor image);
}
