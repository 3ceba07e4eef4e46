package dev.facula.vision;

import dev.facula.Tensor;

/** The middle of an image; where the image is smaller, black is put around it. */
public final class CenterCrop implements Transform {
  private final int height;
  private final int width;

  /**
   * @param size height and width of the result
   */
  public CenterCrop(int size) {
    this(size, size);
  }

  /**
   * @param height the height of the result
   * @param width the width of the result
   */
  public CenterCrop(int height, int width) {
    ImageTensors.checkSize("CenterCrop", height, width);
    this.height = height;
    this.width = width;
  }

  @Override
  public Tensor apply(Tensor image) {
    ImageTensors.channels("CenterCrop", image);
    int missingHeight = Math.max(height - image.size(1), 0);
    int missingWidth = Math.max(width - image.size(2), 0);
    Tensor large =
        ImageTensors.pad(
            image,
            missingHeight / 2,
            missingHeight - missingHeight / 2,
            missingWidth / 2,
            missingWidth - missingWidth / 2,
            0);
    int top = (int) Math.rint((large.size(1) - height) / 2.0);
    int left = (int) Math.rint((large.size(2) - width) / 2.0);
    return large.narrow(1, top, height).narrow(2, left, width);
  }
}
