package dev.facula.vision;

import dev.facula.FileFormatException;
import dev.facula.vision.FileSegments.Segment;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * What the header of an image says, read before anything is allocated for it.
 *
 * @param format the name of the format
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param bitsPerPixel what a pixel takes once it is unpacked
 * @param leastBytes how many bytes of data such an image has at the best compression
 * @param dataBytes how many there are
 * @param segments the parts of the file that the image is made of
 */
record ImageHeader(
    String format,
    int width,
    int height,
    int bitsPerPixel,
    long leastBytes,
    long dataBytes,
    List<Segment> segments) {
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int TRNS = 0x74524e53;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;

  /** Deflate makes at most 258 bytes of 2 bits. */
  private static final int MOST_DEFLATED = 1032;

  private static final int BMP_FILE_HEADER = 14;

  private static final int TIFF_COMPRESSION = 259;

  /** Of PNG: the chunks that an image is made of, none with texts or profiles. */
  static ImageHeader png(Path path, ImageInputStream in) throws IOException {
    long length = in.length();
    List<Segment> kept = new ArrayList<>();
    long data = 0;
    in.seek(8);
    check(in.readInt() == 13 && in.readInt() == IHDR, path, "byte 8", "the first chunk is no IHDR");
    int width = in.readInt();
    int height = in.readInt();
    int depth = in.readUnsignedByte();
    int colour = in.readUnsignedByte();
    checkSize(path, width, height);
    long at = 33;
    int type = IHDR;
    add(kept, 0, at);
    while (type != IEND && at + 12 <= length) {
      in.seek(at);
      long size = in.readUnsignedInt();
      type = in.readInt();
      check(size <= Integer.MAX_VALUE, path, "byte " + at, "a chunk of " + size + " bytes");
      long end = Math.min(at + 12 + size, length);
      if (type == PLTE || type == TRNS || type == IDAT || type == IEND) {
        add(kept, at, end);
        data += type == IDAT ? size : 0;
      }
      at = end;
    }
    int channels =
        switch (colour) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    int bits = channels * depth;
    long raw = height * ((long) width * bits / 8);
    return new ImageHeader(
        "png", width, height, bits, raw / MOST_DEFLATED, Math.min(data, length), kept);
  }

  /** Of BMP: the whole file, unless a number in the header makes no sense. */
  static ImageHeader bmp(Path path, ImageInputStream in) throws IOException {
    long length = in.length();
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(2);
    long fileSize = in.readUnsignedInt();
    in.seek(10);
    long offset = in.readUnsignedInt();
    long headerSize = in.readUnsignedInt();
    boolean old = headerSize == 12;
    int width = old ? in.readShort() : in.readInt();
    int height = old ? in.readShort() : in.readInt();
    in.skipBytes(2);
    int bits = in.readUnsignedShort();
    long compression = old ? 0 : in.readUnsignedInt();
    long imageSize = old ? 0 : in.readUnsignedInt();
    in.skipBytes(old ? 0 : 8);
    long colours = old ? 0 : in.readUnsignedInt();
    height = Math.abs(height);
    checkSize(path, width, height);
    check(bits <= 32, path, "byte 28", bits + " bits per pixel");
    // 4 and 5 are whole JPEG and PNG files, with sizes of their own, meant for printers.
    check(compression <= 3, path, "byte 30", "compression " + compression + " is not known");
    check(offset <= length, path, "byte 10", "pixels from byte " + offset + " on of " + length);
    check(4 * colours <= length, path, "byte 46", "a palette of " + colours + " colours");
    if (headerSize >= 124) {
      in.seek(BMP_FILE_HEADER + 116);
      long profile = in.readUnsignedInt();
      check(profile <= length, path, "byte 130", "a colour profile of " + profile + " bytes");
    }
    boolean runs = compression == 1 || compression == 2;
    long data = runs && imageSize == 0 ? fileSize - offset : imageSize;
    check(!runs || data <= length, path, "byte 34", "pixels in " + data + " bytes of " + length);
    long least = runs ? 0 : height * ((long) width * bits / 8);
    return new ImageHeader(
        "bmp",
        width,
        height,
        Math.max(bits, 1),
        least,
        length - offset,
        List.of(new Segment(0, length)));
  }

  /** Of TIFF: how many bytes one byte of the data becomes at most. */
  static long mostUnpackedByTiff(ImageInputStream in) throws IOException {
    in.seek(0);
    in.setByteOrder(in.read() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(4);
    in.seek(in.readUnsignedInt());
    int compression = 1;
    for (int fields = in.readUnsignedShort(); fields > 0; fields--) {
      int tag = in.readUnsignedShort();
      boolean isShort = in.readUnsignedShort() == 3;
      in.skipBytes(4);
      int value = isShort ? in.readUnsignedShort() : in.readInt();
      in.skipBytes(isShort ? 2 : 0);
      compression = tag == TIFF_COMPRESSION ? value : compression;
    }
    return switch (compression) {
      case 1 -> 1;
      case 5 -> 4096; // LZW: a code of 9 bits or more for a string of at most 4096
      case 7 -> 512; // JPEG: a bit for a block of 64
      case 8, 32946 -> MOST_DEFLATED;
      case 32773 -> 64; // runs: two bytes for 128
      default -> Long.MAX_VALUE; // of facsimiles: a bit for a row
    };
  }

  static void checkSize(Path path, long width, long height) throws FileFormatException {
    check(width > 0 && height > 0, path, "header", "an image of " + width + " x " + height);
  }

  static void check(boolean condition, Path path, String place, String reason)
      throws FileFormatException {
    if (!condition) {
      throw new FileFormatException(path, place, reason);
    }
  }

  /** Joins what touches. */
  static void add(List<Segment> kept, long from, long to) {
    int last = kept.size() - 1;
    if (last >= 0 && kept.get(last).to() == from) {
      kept.set(last, new Segment(kept.get(last).from(), to));
    } else {
      kept.add(new Segment(from, to));
    }
  }
}
