package dev.facula.vision;

import dev.facula.DType;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;

/**
 * An image of another size, bilinearly interpolated; what becomes smaller is averaged over the area
 * that a pixel stands for (antialiasing).
 *
 * <p>Along each axis an output pixel is a weighted mean of the input pixels under a triangle around
 * its place, two input pixels wide or, if the image shrinks, two output pixels. UINT8 images are
 * computed like Pillow's, in fixed point, first along the rows, with a rounded image in between, so
 * that they are equal to those of torchvision; floating-point images like {@code
 * torch.nn.functional.interpolate(mode='bilinear', antialias=True)}.
 */
public final class Resize implements Transform {
  /** Elements that a tensor has at most. */
  private static final int MOST = Integer.MAX_VALUE - (1 << 20);

  /** Bits after the point of a weight: eight are left for the pixel, two for sign and overshoot. */
  private static final int PRECISION = 32 - 8 - 2;

  private final int height;
  private final int width;

  /**
   * Makes the shorter edge size long and keeps the proportions.
   *
   * @param size the length in pixels
   */
  public Resize(int size) {
    ImageTensors.checkSize("Resize", size, size);
    this.height = size;
    this.width = 0;
  }

  /**
   * @param height the height of the result
   * @param width the width of the result
   */
  public Resize(int height, int width) {
    ImageTensors.checkSize("Resize", height, width);
    this.height = height;
    this.width = width;
  }

  @Override
  public Tensor apply(Tensor image) {
    ImageTensors.channels("Resize", image);
    int h = image.size(1);
    int w = image.size(2);
    ImageTensors.checkSize("Resize of an image", h, w);
    long tall = height;
    long wide = width;
    if (width == 0) {
      tall = h <= w ? height : (long) height * h / w;
      wide = h <= w ? (long) height * w / h : height;
    }
    if (tall == h && wide == w) {
      return image;
    }
    long most = MOST / Math.max(image.size(0), 1);
    if (tall > most || wide > most || wide * Math.max(tall, h) > most) {
      throw new ShapeException(
          ("Resize: an image of %s x %s made of %s has more than 2^31 - 2^20 elements, or its rows"
                  + " have")
              .formatted(tall, wide, Arrays.toString(image.shape())));
    }
    int newHeight = (int) tall;
    int newWidth = (int) wide;
    boolean bytes = image.dtype() == DType.UINT8;
    double[] rows = image.toDoubleArray();
    // One row after another, then one column after another: the image is transposed twice.
    double[] transposed = resample(rows, image.size(0) * h, w, newWidth, bytes);
    Tensor columns = Tensor.of(transposed, image.size(0), h, newWidth).transpose(1, 2);
    double[] result =
        resample(columns.toDoubleArray(), image.size(0) * newWidth, h, newHeight, bytes);
    return Tensor.of(result, image.size(0), newWidth, newHeight)
        .transpose(1, 2)
        .contiguous()
        .to(image.dtype());
  }

  /** Resamples each of the lines of length n to length m. */
  private static double[] resample(double[] x, int lines, int n, int m, boolean bytes) {
    if (n == m) {
      return x;
    }
    double[] y = new double[lines * m];
    double scale = (double) n / m;
    double support = Math.max(scale, 1);
    double[] weights = new double[(int) Math.ceil(support) * 2 + 1];
    for (int j = 0; j < m; j++) {
      double center = (j + 0.5) * scale;
      int from = Math.max((int) (center - support + 0.5), 0);
      int count = Math.min((int) (center + support + 0.5), n) - from;
      double sum = 0;
      for (int k = 0; k < count; k++) {
        double distance = Math.abs((from + k - center + 0.5) / support);
        weights[k] = Math.max(1 - distance, 0);
        sum += weights[k];
      }
      for (int k = 0; k < count; k++) {
        weights[k] /= sum;
      }
      for (int line = 0; line < lines; line++) {
        int o = line * n + from;
        y[line * m + j] = bytes ? fixedPoint(x, o, weights, count) : dot(x, o, weights, count);
      }
    }
    return y;
  }

  private static double dot(double[] x, int o, double[] weights, int count) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += x[o + k] * weights[k];
    }
    return sum;
  }

  private static double fixedPoint(double[] x, int o, double[] weights, int count) {
    int sum = 1 << (PRECISION - 1); // a half
    for (int k = 0; k < count; k++) {
      sum += ((int) x[o + k]) * (int) (0.5 + weights[k] * (1 << PRECISION));
    }
    return Math.min(Math.max(sum >> PRECISION, 0), 255);
  }
}
