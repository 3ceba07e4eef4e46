package dev.facula.vision;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import dev.facula.internal.files.SharedFile;
import dev.facula.vision.FileSegments.Segment;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one image file with a reader of the JDK, which gets to see no more of the file than the
 * image, and only after its size was found to be possible.
 */
final class ImageDecoder {
  /** Any image may have these, 4096 x 4096. */
  private static final long FREE_PIXELS = 1L << 24;

  /** And so many more for each byte of its file, 0.008 bits for each. */
  private static final long PIXELS_PER_BYTE = 1000;

  /** More than any camera has. */
  private static final long MAX_PIXELS = 1L << 28;

  /** GIF: a code of 3 bits stands for 4096 pixels at most. */
  private static final long GIF_PIXELS_PER_BYTE = 4096 * 8 / 3;

  /** Pixels that are converted at a time. */
  private static final int BLOCK = 1 << 16;

  private final Path path;
  private final SharedFile file;
  private final @Nullable Long maxPixels;
  private FileSegments in;

  private ImageDecoder(Path path, SharedFile file, @Nullable Long maxPixels) throws IOException {
    this.path = path;
    this.file = file;
    this.maxPixels = maxPixels;
    this.in = FileSegments.all(file);
  }

  /**
   * Reads an image.
   *
   * @param channels 3 for colours, 1 for shades of grey
   * @param maxPixels how many pixels are believed; null for those that the file's size justifies
   * @return UINT8 [channels, height, width]
   */
  static Tensor read(Path path, int channels, @Nullable Long maxPixels) throws IOException {
    try (SharedFile file = SharedFile.open(path)) {
      var decoder = new ImageDecoder(path, file, maxPixels);
      try {
        return decoder.decode(channels);
      } catch (FileFormatException e) {
        throw e;
      } catch (LinkageError e) {
        throw e; // a JDK without java.desktop's native parts
      } catch (IOException | RuntimeException | Error e) {
        // The readers of the JDK answer damaged files with throwables of all kinds.
        throw new FileFormatException(
            path, "byte " + decoder.in.filePosition(), "damaged or too large: " + e);
      }
    }
  }

  private Tensor decode(int channels) throws IOException {
    byte[] start = new byte[8];
    int n = Math.max(0, in.read(start, 0, 8));
    int magic = (start[0] & 0xff) << 8 | start[1] & 0xff;
    if (n == 8 && magic == 0x8950 && start[2] == 'N' && start[3] == 'G') {
      return withReader(ImageHeader.png(path, in), channels);
    } else if (n >= 3 && magic == 0xffd8 && start[2] == (byte) 0xff) {
      JpegFile jpeg = JpegFile.parse(path, in);
      ImageHeader header = jpeg.header();
      check(header);
      ImageReader reader = reader("jpeg", header.segments());
      try {
        return tensor(
            channels, header.width(), header.height(), jpeg.rows(reader.readRaster(0, null)));
      } finally {
        reader.dispose();
      }
    } else if (n >= 2 && magic == 0x424d) {
      return withReader(ImageHeader.bmp(path, in), channels);
    }
    return withoutHeader(channels);
  }

  private Tensor withReader(ImageHeader header, int channels) throws IOException {
    check(header);
    ImageReader reader = reader(header.format(), header.segments());
    try {
      return tensor(channels, reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** GIF, TIFF, WBMP, and what others have added to ImageIO. Their readers tell the size. */
  private Tensor withoutHeader(int channels) throws IOException {
    in.seek(0);
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    if (!readers.hasNext()) {
      throw new FileFormatException(path, "byte 0", "no image of a known format");
    }
    ImageReader reader = readers.next();
    try {
      in.seek(0);
      reader.setInput(in, true, true);
      int w = reader.getWidth(0);
      int h = reader.getHeight(0);
      ImageHeader.checkSize(path, w, h);
      String format = reader.getFormatName().toLowerCase(Locale.ROOT);
      long pixels = (long) w * h;
      ImageTypeSpecifier type = format.equals("gif") ? null : reader.getRawImageType(0);
      int bits = type == null ? 8 : type.getColorModel().getPixelSize();
      long least =
          switch (format) {
            case "gif" -> pixels / GIF_PIXELS_PER_BYTE;
            case "wbmp" -> pixels / 8;
            case "tif", "tiff" -> {
              long position = in.getStreamPosition();
              ByteOrder order = in.getByteOrder();
              long unpacked = ImageHeader.mostUnpackedByTiff(in);
              in.setByteOrder(order);
              in.seek(position);
              // A quarter, since colours may be there for some of the pixels only.
              yield pixels * bits / 32 / unpacked;
            }
            default -> 0;
          };
      long length = in.length();
      check(new ImageHeader(format, w, h, bits, least, length, List.of()));
      // A tile is unpacked as a whole, however little of it the image needs.
      int tileWidth = reader.getTileWidth(0);
      int tileHeight = reader.getTileHeight(0);
      ImageHeader.checkSize(path, tileWidth, tileHeight);
      check(new ImageHeader(format, tileWidth, tileHeight, bits, 0, length, List.of()));
      return tensor(channels, reader.read(0));
    } finally {
      reader.dispose();
    }
  }

  /** The JDK's own reader if there is a choice, so that the same file gives the same bits. */
  private ImageReader reader(String format, List<Segment> segments) {
    ImageReader chosen = null;
    for (Iterator<ImageReader> i = ImageIO.getImageReadersByFormatName(format); i.hasNext(); ) {
      ImageReader reader = i.next();
      if (chosen == null || reader.getClass().getName().startsWith("com.sun.imageio.")) {
        chosen = reader;
      }
    }
    if (chosen == null) {
      throw new IllegalStateException("this JDK has no reader for " + format);
    }
    in = new FileSegments(file, segments);
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    chosen.setInput(in, true, true);
    return chosen;
  }

  /** Nothing is allocated for an image that the file cannot hold, or that it does not justify. */
  private void check(ImageHeader header) throws IOException {
    long pixels = (long) header.width() * header.height();
    long length = in.length();
    String claim =
        "an image of " + header.width() + " x " + header.height() + " in " + length + " bytes";
    if (header.leastBytes() > header.dataBytes()) {
      throw new FileFormatException(
          path,
          "header",
          claim + ", which takes " + header.leastBytes() + " at the best compression");
    }
    long justified = Math.min(FREE_PIXELS + PIXELS_PER_BYTE * length, MAX_PIXELS);
    long most = maxPixels == null ? justified : maxPixels;
    // Pixels of hundreds of channels count for several.
    long counted = pixels * Math.max(1, header.bitsPerPixel() / 64);
    if (counted > most) {
      throw new FileFormatException(
          path,
          "header",
          claim
              + ", at most "
              + most
              + " pixels are read; name a larger limit if the file is to be trusted");
    }
    long bytes = pixels * (3 + header.bitsPerPixel() / 8);
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap || 3 * pixels > Integer.MAX_VALUE - 8) {
      throw new FileFormatException(
          path,
          "header",
          claim + ", which takes " + bytes + " bytes of memory, the heap has " + heap);
    }
  }

  /** UINT8 [channels, height, width]. */
  static Tensor tensor(int channels, BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    int bands = model.getNumColorComponents();
    boolean direct =
        !(model instanceof IndexColorModel)
            && !model.isAlphaPremultiplied()
            && model.getTransferType() <= DataBuffer.TYPE_INT
            && raster.getNumBands() >= bands
            && model.getComponentSize(0) >= 8;
    if (direct && (bands == 1 || bands == 3)) {
      return tensor(channels, w, h, direct(raster, bands, model.getComponentSize(0) - 8));
    }
    if (direct && bands == 4 && model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      return tensor(channels, w, h, inks(raster, model.getComponentSize(0) - 8));
    }
    if (model instanceof IndexColorModel palette) {
      return tensor(channels, w, h, indexed(raster, palette));
    }
    int[] row = new int[w];
    return tensor(
        channels,
        w,
        h,
        (y, rgb) -> {
          image.getRGB(0, y, w, 1, row, 0, w);
          unpack(row, rgb);
        });
  }

  private static void unpack(int[] row, byte[] rgb) {
    int w = row.length;
    for (int x = 0; x < w; x++) {
      rgb[x] = (byte) (row[x] >> 16);
      rgb[w + x] = (byte) (row[x] >> 8);
      rgb[2 * w + x] = (byte) row[x];
    }
  }

  private static ImageRows indexed(Raster raster, IndexColorModel palette) {
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int w = raster.getWidth();
    int[] row = new int[w];
    return (y, rgb) -> {
      raster.getSamples(0, y, w, 1, 0, row);
      for (int x = 0; x < w; x++) {
        row[x] = colours[row[x]];
      }
      unpack(row, rgb);
    };
  }

  /**
   * The samples as they are in the file. (getRGB would apply colour profiles, and gamma to grey
   * images, which nobody else does.)
   */
  private static ImageRows direct(Raster raster, int bands, int shift) {
    int w = raster.getWidth();
    int[] row = new int[w];
    return (y, rgb) -> {
      for (int c = 0; c < 3; c++) {
        if (c < bands) {
          raster.getSamples(0, y, w, 1, c, row);
        }
        for (int x = 0; x < w; x++) {
          rgb[c * w + x] = (byte) (row[x] >> shift);
        }
      }
    };
  }

  private static ImageRows inks(Raster raster, int shift) {
    int w = raster.getWidth();
    int[] ink = new int[w];
    int[] black = new int[w];
    return (y, rgb) -> {
      raster.getSamples(0, y, w, 1, 3, black);
      for (int c = 0; c < 3; c++) {
        raster.getSamples(0, y, w, 1, c, ink);
        for (int x = 0; x < w; x++) {
          rgb[c * w + x] = (byte) JpegFile.paper(ink[x] >> shift, 255 - (black[x] >> shift));
        }
      }
    };
  }

  /** Copies rows into a tensor some at a time, so that there is no third copy of the image. */
  private static Tensor tensor(int channels, int w, int h, ImageRows rows) {
    Tensor image = Tensor.zeros(DType.UINT8, channels, h, w);
    int most = Math.max(1, Math.min(h, BLOCK / w));
    byte[] row = new byte[3 * w];
    for (int from = 0; from < h; from += most) {
      int n = Math.min(most, h - from);
      byte[] block = new byte[channels * n * w];
      for (int y = 0; y < n; y++) {
        rows.read(from + y, row);
        if (channels == 1) {
          gray(row, w, block, y * w);
        } else {
          for (int c = 0; c < 3; c++) {
            System.arraycopy(row, c * w, block, (c * n + y) * w, w);
          }
        }
      }
      image.narrow(1, from, n).copy_(Tensor.of(block, channels, n, w));
    }
    return image;
  }

  /** Pillow's weights: 0.299, 0.587 and 0.114, times 65536. */
  private static void gray(byte[] rgb, int w, byte[] out, int at) {
    for (int x = 0; x < w; x++) {
      int r = rgb[x] & 0xff;
      int g = rgb[w + x] & 0xff;
      int b = rgb[2 * w + x] & 0xff;
      out[at + x] = (byte) (r * 19595 + g * 38470 + b * 7471 + 0x8000 >> 16);
    }
  }
}
