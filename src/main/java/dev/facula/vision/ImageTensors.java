package dev.facula.vision;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;

/** What transforms of images share. */
final class ImageTensors {
  private ImageTensors() {}

  /** The number of channels, of a tensor that is an image. */
  static int channels(String op, Tensor image) {
    if (image.dim() != 3) {
      throw new ShapeException(
          op + ": an image is [channels, height, width], was " + Arrays.toString(image.shape()));
    }
    return image.size(0);
  }

  static void checkSize(String op, int height, int width) {
    if (height <= 0 || width <= 0) {
      throw new IllegalArgumentException(
          op + ": the size must be positive, was " + height + " x " + width);
    }
  }

  /** The image with pixels of one value around it. */
  static Tensor pad(Tensor image, int top, int bottom, int left, int right, double fill) {
    if (top + bottom + left + right == 0) {
      return image;
    }
    int h = image.size(1);
    int w = image.size(2);
    Tensor large =
        Tensor.full(image.dtype(), fill, image.size(0), top + h + bottom, left + w + right);
    large.narrow(1, top, h).narrow(2, left, w).copy_(image);
    return large;
  }
}
