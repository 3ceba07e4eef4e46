package dev.facula.vision;

import dev.facula.DTypeException;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;

/**
 * (x - mean) / std in each channel, of a floating-point image.
 *
 * <pre>{@code
 * new Normalize(new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225})
 * }</pre>
 */
public final class Normalize implements Transform {
  private final double[] mean;
  private final double[] std;

  /**
   * The same for all channels.
   *
   * @param mean what is subtracted
   * @param std what is then divided by; not 0
   */
  public Normalize(double mean, double std) {
    this(new double[] {mean}, new double[] {std});
  }

  /**
   * @param mean what is subtracted, for each channel
   * @param std what is then divided by, for each channel; not 0
   */
  public Normalize(double[] mean, double[] std) {
    if (mean.length == 0 || mean.length != std.length) {
      throw new IllegalArgumentException(
          "Normalize: mean and std need one number a channel, have %s and %s"
              .formatted(mean.length, std.length));
    }
    if (Arrays.stream(std).anyMatch(s -> s == 0)) {
      throw new IllegalArgumentException("Normalize: std must not be 0: " + Arrays.toString(std));
    }
    this.mean = mean.clone();
    this.std = std.clone();
  }

  @Override
  public Tensor apply(Tensor image) {
    if (!image.isFloatingPoint()) {
      throw new DTypeException(
          "Normalize: needs a floating-point image, was " + image.dtype() + "; use ToTensor first");
    }
    int channels = ImageTensors.channels("Normalize", image);
    if (mean.length != 1 && mean.length != channels) {
      throw new ShapeException(
          "Normalize: statistics of " + mean.length + " channels for an image of " + channels);
    }
    Tensor m = Tensor.of(mean, mean.length, 1, 1).to(image.dtype());
    Tensor s = Tensor.of(std, std.length, 1, 1).to(image.dtype());
    return image.sub(m).div(s);
  }
}
