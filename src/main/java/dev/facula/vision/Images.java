package dev.facula.vision;

import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Image files: whatever {@code javax.imageio} reads and writes (PNG, JPEG, BMP, GIF, TIFF).
 *
 * <p>They are the work of the JDK's module {@code java.desktop}: a program of named modules that
 * reads pictures requires it. The rest of the library does without.
 *
 * <p>Colours are those that Pillow's {@code Image.open(path).convert("RGB")} gives, also of JPEG
 * files in CMYK; decoders of JPEG differ by one or two. Of samples of 16 bits the upper eight are
 * read. Colour profiles, gamma and an orientation are not applied.
 *
 * <p>Files are not believed: an image may have 2<sup>24</sup> pixels and a thousand more for each
 * byte of its file, 2<sup>28</sup> altogether, and must fit into the heap. An empty image of 10,000
 * x 10,000 pixels compresses to less; where such files are to be read and can be trusted, {@link
 * #read(Path, long)} takes another limit. Texts, profiles and previews in a file are never
 * unpacked.
 */
public final class Images {
  private Images() {}

  /**
   * Reads an image in colour. Transparency is left out; grey images get three equal channels.
   *
   * @param path the file
   * @return UINT8 [3, height, width]: red, green, blue from 0 to 255
   * @throws FileFormatException if it is no image, a damaged one, or a larger one than its file
   *     justifies
   * @throws IOException if it cannot be read
   */
  public static Tensor read(Path path) throws IOException {
    return decode(path, 3, null);
  }

  /**
   * Reads an image in colour that may be larger than its file justifies.
   *
   * @param path the file
   * @param maxPixels how many pixels it may have
   * @return UINT8 [3, height, width]: red, green, blue from 0 to 255
   * @throws FileFormatException if it is no image, a damaged one, or a larger one
   * @throws IOException if it cannot be read
   */
  public static Tensor read(Path path, long maxPixels) throws IOException {
    return decode(path, 3, maxPixels);
  }

  /**
   * Reads an image in shades of grey: 0.299 red + 0.587 green + 0.114 blue, as Pillow's {@code
   * convert("L")}.
   *
   * @param path the file
   * @return UINT8 [1, height, width]
   * @throws FileFormatException if it is no image, a damaged one, or a larger one than its file
   *     justifies
   * @throws IOException if it cannot be read
   */
  public static Tensor readGray(Path path) throws IOException {
    return decode(path, 1, null);
  }

  /**
   * Reads an image in shades of grey that may be larger than its file justifies.
   *
   * @param path the file
   * @param maxPixels how many pixels it may have
   * @return UINT8 [1, height, width]
   * @throws FileFormatException if it is no image, a damaged one, or a larger one
   * @throws IOException if it cannot be read
   */
  public static Tensor readGray(Path path, long maxPixels) throws IOException {
    return decode(path, 1, maxPixels);
  }

  private static Tensor decode(Path path, int channels, @Nullable Long maxPixels)
      throws IOException {
    Tensor[] result = new Tensor[1];
    withDesktop(() -> result[0] = ImageDecoder.read(path, channels, maxPixels));
    return result[0];
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Work with classes of java.desktop, which a program may lack. */
  private static void withDesktop(Work work) throws IOException {
    try {
      work.run();
    } catch (NoClassDefFoundError e) {
      if (ModuleLayer.boot().findModule("java.desktop").isPresent()) {
        throw e;
      }
      throw new IllegalStateException(
          "Images: the files of pictures are read and written by the module java.desktop, which"
              + " this program runs without: add `requires java.desktop;` to its module-info, or"
              + " --add-modules java.desktop for java or jlink",
          e);
    }
  }

  /**
   * Writes an image; the end of the file's name, .png for instance, says in which format. The file
   * is replaced in one step once the image is complete, as {@link
   * dev.facula.io.Safetensors#save(java.util.Map, Path, java.util.Map)} does it.
   *
   * @param image [3, height, width] or [1, height, width]; UINT8, or floating point from 0 to 1
   *     (what is outside is cut off)
   * @param path the file, which is replaced if there is one
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if there is no such format
   */
  public static void write(Tensor image, Path path) throws IOException {
    withDesktop(() -> ImageEncoder.write(image, path));
  }

  /**
   * An image in memory in colour, as {@link #read} gives it.
   *
   * @return UINT8 [3, height, width]: red, green, blue from 0 to 255
   */
  public static Tensor toTensor(BufferedImage image) {
    return ImageDecoder.tensor(3, image);
  }

  /**
   * An image in memory in shades of grey, as {@link #readGray} gives it.
   *
   * @return UINT8 [1, height, width]
   */
  public static Tensor toGrayTensor(BufferedImage image) {
    return ImageDecoder.tensor(1, image);
  }

  /**
   * A tensor as an image in memory, as {@link #write} would write it.
   *
   * @param image [3, height, width] or [1, height, width]; UINT8, or floating point from 0 to 1
   *     (what is outside is cut off)
   */
  public static BufferedImage toBufferedImage(Tensor image) {
    return ImageEncoder.picture("Images.toBufferedImage", image);
  }
}
