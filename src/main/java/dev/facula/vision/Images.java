package dev.facula.vision;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Image files: whatever {@code javax.imageio} reads and writes (PNG, JPEG, BMP, GIF, TIFF). */
public final class Images {
  /** More than any camera has: a header that claims more is not believed. */
  private static final long MAX_PIXELS = 1L << 28;

  /** More than compression can hide: 8 one-bit pixels in a byte, a thousand bytes in one. */
  private static final long PIXELS_PER_BYTE = 10_000;

  private Images() {}

  /**
   * Reads an image in colour. Transparency is left out; grey images get three equal channels.
   *
   * @param path the file
   * @return UINT8 [3, height, width]: red, green, blue from 0 to 255
   * @throws FileFormatException if it is no image, or a damaged one
   * @throws IOException if it cannot be read
   */
  public static Tensor read(Path path) throws IOException {
    BufferedImage image = decode(path);
    int w = image.getWidth();
    int h = image.getHeight();
    byte[] pixels = new byte[3 * h * w];
    Raster raster = image.getRaster();
    int bands = image.getColorModel().getNumColorComponents();
    boolean direct =
        !(image.getColorModel() instanceof IndexColorModel)
            && (bands == 1 || bands == 3)
            && raster.getNumBands() >= bands
            && image.getColorModel().getComponentSize(0) >= 8;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int at = y * w + x;
        if (direct) {
          // The samples as they are in the file. (getRGB would apply colour profiles, and gamma to
          // grey images, which nobody else does.)
          int shift = image.getColorModel().getComponentSize(0) - 8;
          for (int c = 0; c < 3; c++) {
            int sample = raster.getSample(x, y, Math.min(c, bands - 1));
            pixels[c * h * w + at] = (byte) (sample >> shift);
          }
        } else {
          int rgb = image.getRGB(x, y);
          pixels[at] = (byte) (rgb >> 16);
          pixels[h * w + at] = (byte) (rgb >> 8);
          pixels[2 * h * w + at] = (byte) rgb;
        }
      }
    }
    return Tensor.of(pixels, 3, h, w);
  }

  /**
   * Reads an image in shades of grey: 0.299 red + 0.587 green + 0.114 blue, as Pillow.
   *
   * @param path the file
   * @return UINT8 [1, height, width]
   * @throws FileFormatException if it is no image, or a damaged one
   * @throws IOException if it cannot be read
   */
  public static Tensor readGray(Path path) throws IOException {
    Tensor rgb = read(path).to(DType.INT32);
    Tensor sum =
        rgb.narrow(0, 0, 1)
            .mul(19595)
            .add(rgb.narrow(0, 1, 1).mul(38470))
            .add(rgb.narrow(0, 2, 1).mul(7471))
            .add(1 << 15);
    long[] shifted = Arrays.stream(sum.toLongArray()).map(v -> v >> 16).toArray();
    return Tensor.of(shifted, sum.shape()).to(DType.UINT8);
  }

  /**
   * Writes an image; the end of the file's name, .png for instance, says in which format.
   *
   * @param image [3, height, width] or [1, height, width]; UINT8, or floating point from 0 to 1
   *     (what is outside is cut off)
   * @param path the file, which is replaced if there is one
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if there is no such format
   */
  public static void write(Tensor image, Path path) throws IOException {
    int channels = channels("Images.write", image);
    if (channels != 1 && channels != 3) {
      throw new ShapeException("Images.write: needs 1 or 3 channels, was " + channels);
    }
    double scale = image.isFloatingPoint() ? 255 : 1;
    double[] values = image.toDoubleArray();
    int h = image.size(1);
    int w = image.size(2);
    checkSize("Images.write", h, w);
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage out = new BufferedImage(w, h, type);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          double v = Math.rint(values[(c * h + y) * w + x] * scale);
          out.getRaster().setSample(x, y, c, (int) Math.min(Math.max(v, 0), 255));
        }
      }
    }
    String name = path.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (ImageIO.getImageWritersByFormatName(format).hasNext()) {
      try (var stream = new MemoryCacheImageOutputStream(Files.newOutputStream(path))) {
        ImageIO.write(out, format, stream);
      }
    } else {
      throw new IllegalArgumentException("Images.write: no image format \"" + format + "\"");
    }
  }

  private static BufferedImage decode(Path path) throws IOException {
    try (ImageInputStream in = new FileImageInputStream(path.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new FileFormatException(path, "byte 0", "no image of a known format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > Math.min(MAX_PIXELS, (1 << 20) + PIXELS_PER_BYTE * in.length())) {
          throw new FileFormatException(
              path,
              "header",
              "an image of "
                  + reader.getWidth(0)
                  + " x "
                  + reader.getHeight(0)
                  + " in "
                  + in.length()
                  + " bytes");
        }
        return reader.read(0);
      } catch (FileFormatException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // The readers of the JDK answer damaged files with exceptions of all kinds.
        throw new FileFormatException(path, "byte " + in.getStreamPosition(), "damaged: " + e);
      } finally {
        reader.dispose();
      }
    }
  }

  // ---- what transforms share ----------------------------------------------------------------

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
