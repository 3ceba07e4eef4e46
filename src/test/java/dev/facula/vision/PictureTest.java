package dev.facula.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of all kinds. */
class PictureTest {
  @TempDir Path folder;

  static List<String> recorded() throws IOException {
    try (var in = PictureTest.class.getResourceAsStream("pictures.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  static Stream<String> pictures() throws IOException {
    return recorded().stream();
  }

  /** What Pillow makes of them, recorded by src/test/python/pictures_pillow.py. */
  @ParameterizedTest
  @MethodSource("pictures")
  void areReadAsPillowReadsThem(String line) throws IOException {
    String[] f = line.split(" ");
    Path file = Files.write(folder.resolve(f[0]), Base64.getDecoder().decode(f[1]));
    int h = Integer.parseInt(f[2]);
    int w = Integer.parseInt(f[3]);
    // Decoders of JPEG round in different places: those seen here agree, others may differ by two.
    int most = f[0].endsWith(".jpg") ? 2 : 0;
    agrees(f[0], f[4], Images.read(file), most, 3, h, w);
    agrees(f[0] + " in grey", f[5], Images.readGray(file), most, 1, h, w);
  }

  private static void agrees(String name, String expected, Tensor image, int most, int... shape) {
    assertEquals(DType.UINT8, image.dtype());
    assertArrayEquals(shape, image.shape());
    byte[] bytes = HexFormat.of().parseHex(expected);
    long[] found = image.toLongArray();
    for (int i = 0; i < bytes.length; i++) {
      assertEquals(bytes[i] & 0xff, found[i], most, name + ", value " + i);
    }
  }

  // ---- sizes ----------------------------------------------------------------------------------

  private static byte[] chunk(String name, byte[] data) {
    ByteBuffer b = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    b.put(name.getBytes(StandardCharsets.US_ASCII)).put(data);
    var crc = new CRC32();
    crc.update(b.array(), 4, 4 + data.length);
    return b.putInt((int) crc.getValue()).array();
  }

  private static byte[] deflated(byte[] start, long zeros) throws IOException {
    var out = new ByteArrayOutputStream();
    var best = new Deflater(9);
    try (var deflate = new DeflaterOutputStream(out, best)) {
      deflate.write(start);
      byte[] block = new byte[1 << 16];
      for (long left = zeros; left > 0; left -= block.length) {
        deflate.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    best.end();
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A true PNG, all black, with some chunks before its data. */
  private static byte[] png(int w, int h, int depth, int colour, byte[]... before)
      throws IOException {
    int channels = colour == 2 ? 3 : colour == 6 ? 4 : 1;
    long row = 1 + ((long) w * depth * channels + 7) / 8;
    return pngOf(w, h, depth, colour, deflated(new byte[0], h * row), before);
  }

  private static byte[] pngOf(int w, int h, int depth, int colour, byte[] data, byte[]... before) {
    byte[] header =
        ByteBuffer.allocate(13).putInt(w).putInt(h).put((byte) depth).put((byte) colour).array();
    return joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
        chunk("IHDR", header),
        joined(before),
        chunk("IDAT", data),
        chunk("IEND", new byte[0]));
  }

  /** Of 14 + 40 bytes. */
  private static byte[] bmp(
      int w, int h, int bits, int compression, int imageSize, int colours, int fileSize) {
    return ByteBuffer.allocate(54)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'B')
        .put((byte) 'M')
        .putInt(fileSize)
        .putInt(0)
        .putInt(54)
        .putInt(40)
        .putInt(w)
        .putInt(h)
        .putShort((short) 1)
        .putShort((short) bits)
        .putInt(compression)
        .putInt(imageSize)
        .putInt(0)
        .putInt(0)
        .putInt(colours)
        .array();
  }

  private static byte[] recorded(String name) throws IOException {
    String line = recorded().stream().filter(l -> l.startsWith(name + " ")).findFirst().get();
    return Base64.getDecoder().decode(line.split(" ")[1]);
  }

  /** With another size in the frame header. */
  private static byte[] resizedJpeg(String name, int size) throws IOException {
    byte[] jpeg = recorded(name);
    for (int i = 2; i < jpeg.length; i++) {
      if (jpeg[i - 1] == (byte) 0xff && (jpeg[i] == (byte) 0xc0 || jpeg[i] == (byte) 0xc2)) {
        ByteBuffer.wrap(jpeg).putShort(i + 4, (short) size).putShort(i + 6, (short) size);
        return jpeg;
      }
    }
    throw new AssertionError("no frame");
  }

  private static byte[] resizedGif(int size) throws IOException {
    byte[] gif = recorded("palette.gif");
    int at = 13 + 3 * (2 << (gif[10] & 7));
    while (gif[at] != ',') {
      at++;
    }
    ByteBuffer.wrap(gif)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(at + 5, (short) size)
        .putShort(at + 7, (short) size);
    return gif;
  }

  /** With other numbers in two fields; field 0 is the width, and the height too. */
  private static byte[] resizedTiff(int field1, int value1, int field2, int value2)
      throws IOException {
    ByteBuffer tiff = ByteBuffer.wrap(recorded("rgb_lzw.tif")).order(ByteOrder.LITTLE_ENDIAN);
    int ifd = tiff.getInt(4);
    for (int i = 0; i < tiff.getShort(ifd); i++) {
      int at = ifd + 2 + 12 * i;
      int found = tiff.getShort(at);
      found = found == 256 || found == 257 ? 0 : found;
      if (found == field1 || found == field2) {
        int value = found == field1 ? value1 : value2;
        // Compression is a short; what is little-endian begins the same.
        tiff.putShort(at + 2, (short) (found == 259 ? 3 : 4)).putInt(at + 4, 1);
        tiff.putInt(at + 8, value);
      }
    }
    return tiff.array();
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /** Refused, and without having allocated what the header asks for. */
  private void tooLarge(String name, byte[] bytes, String message) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    for (int channels : new int[] {1, 3}) {
      long before = allocated();
      var e =
          assertThrows(
              FileFormatException.class,
              () -> {
                if (channels == 1) {
                  Images.readGray(file);
                } else {
                  Images.read(file);
                }
              },
              name);
      long used = allocated() - before;
      assertTrue(used < 8 << 20, name + " allocated " + used + " bytes: " + e.getMessage());
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      assertTrue(e.getMessage().contains(message), e.getMessage());
    }
  }

  @Test
  void noMoreIsAllocatedThanTheFileJustifies() throws IOException {
    byte[] empty = png(8000, 8000, 1, 0);
    assertTrue(empty.length < 8000);
    tooLarge("true.png", empty, "an image of 8000 x 8000 in " + empty.length + " bytes, at most");
    byte[] data = new byte[2_200_000];
    tooLarge("deep.png", pngOf(16_384, 16_384, 16, 6, data), "of memory, the heap has");
  }

  @Test
  void headersThatLieAreRefused() throws IOException {
    byte[] few = deflated(new byte[0], 1000);
    tooLarge("lies.png", pngOf(4000, 4000, 8, 2, few), "at the best compression");
    tooLarge("lies2.png", pngOf(Integer.MAX_VALUE, Integer.MAX_VALUE, 8, 2, few), "an image of");
    tooLarge("negative.png", pngOf(-1, 5, 8, 2, few), "an image of -1 x 5");
    tooLarge("zero.png", pngOf(0, 5, 8, 2, few), "an image of 0 x 5");
    for (String name : List.of("rgb.jpg", "rgb_progressive.jpg", "cmyk.jpg", "gray.jpg")) {
      tooLarge(name, resizedJpeg(name, 65500), "an image of 65500 x 65500");
      tooLarge(name, resizedJpeg(name, 3000), "an image of 3000 x 3000");
    }
    tooLarge("a.gif", resizedGif(65535), "an image of 65535 x 65535");
    tooLarge("b.gif", resizedGif(5000), "an image of 5000 x 5000");
    tooLarge("a.tif", resizedTiff(259, 5, 0, 50_000), "an image of 50000 x 50000");
    for (int compression : new int[] {1, 8, 5, 32773}) {
      byte[] tiff = resizedTiff(259, compression, 0, 4000);
      tooLarge("b.tif", tiff, "an image of 4000 x 4000");
    }
    tooLarge("a.wbmp", new byte[] {0, 0, (byte) 0xbf, 0x0, (byte) 0xbf, 0x0}, "no image");
    for (int compression : new int[] {4, 5}) {
      for (int size : new int[] {0, 10, 2_000_000_000}) {
        byte[] bytes = bmp(10, 10, 24, compression, size, 0, 54);
        tooLarge("embedded.bmp", bytes, "compression " + compression + " is not known");
      }
    }
    tooLarge("raw.bmp", bmp(2000, 2000, 24, 0, 0, 0, 54), "an image of 2000 x 2000");
    tooLarge("raw.bmp", bmp(2000, -2000, 24, 0, 0, 0, 13_000_000), "an image of 2000 x 2000");
    tooLarge("min.bmp", bmp(2000, Integer.MIN_VALUE, 24, 0, 0, 0, 54), "an image of 2000 x -");
    tooLarge("runs.bmp", bmp(20, 20, 8, 1, 2_000_000_000, 0, 54), "pixels in 2000000000 bytes");
    tooLarge("runs.bmp", bmp(20, 20, 8, 1, 0, 0, 2_000_000_000), "bytes of 54");
    tooLarge("wide.bmp", bmp(100_000, 100_000, 8, 1, 0, 0, 54), "an image of 100000 x 100000");
    tooLarge("colours.bmp", bmp(10, 10, 32, 3, 0, 500_000_000, 54), "a palette of 500000000");
  }

  @Test
  void theLimitCanBeRaised() throws IOException {
    Path file = Files.write(folder.resolve("empty.png"), png(5000, 5000, 1, 0));
    assertThrows(FileFormatException.class, () -> Images.readGray(file));
    assertThrows(FileFormatException.class, () -> Images.readGray(file, 24_999_999));
    assertArrayEquals(new int[] {1, 5000, 5000}, Images.readGray(file, 25_000_000).shape());
    Path small = Files.write(folder.resolve("small.png"), png(100, 100, 8, 2));
    assertThrows(FileFormatException.class, () -> Images.read(small, 9_999));
    assertEquals(0, Images.read(small, 10_000).sum().itemLong());
  }

  /** 4096 x 4096 pixels need no justification. */
  @Test
  void emptyMasksAreRead() throws IOException {
    Path file = Files.write(folder.resolve("mask.png"), png(4096, 4096, 1, 0));
    assertArrayEquals(new int[] {1, 4096, 4096}, Images.readGray(file).shape());
  }

  // ---- what is beside the image ---------------------------------------------------------------

  @Test
  void textsAndProfilesAreNotUnpacked() throws IOException {
    byte[] text = "Comment\0\0".getBytes(StandardCharsets.US_ASCII);
    byte[] bomb = deflated(new byte[0], 100_000_000);
    byte[] international = "Comment\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII);
    byte[][] chunks = {
      chunk("zTXt", joined(text, bomb)),
      chunk("iTXt", joined(international, bomb)),
      chunk("iCCP", joined(text, bomb)),
      chunk("tEXt", joined(text, new byte[1_000_000])),
      chunk("sPLT", joined(text, new byte[1_000_000])),
      chunk("eXIf", new byte[1_000_000]),
      chunk("xxXx", new byte[1_000_000]),
    };
    byte[] palette = chunk("PLTE", new byte[] {9, 8, 7, 1, 2, 3});
    for (int colour : new int[] {0, 2, 3, 6}) {
      byte[] before = colour == 3 ? joined(joined(chunks), palette) : joined(chunks);
      Path file = Files.write(folder.resolve("a.png"), png(20, 10, 8, colour, before));
      Images.read(file);
      long start = allocated();
      Tensor image = Images.read(file);
      long used = allocated() - start;
      assertTrue(used < 1 << 20, "allocated " + used);
      assertEquals(colour == 3 ? 24 * 200 : 0, image.sum().itemLong());
    }
  }

  @Test
  void markersOfApplicationsAreSkipped() throws IOException {
    byte[] jpeg = recorded("rgb.jpg");
    byte[] expected = bytes(Images.read(Files.write(folder.resolve("a.jpg"), jpeg)));
    byte[] profile = new byte[65_535];
    System.arraycopy("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII), 0, profile, 2, 14);
    for (int marker : new int[] {0xe1, 0xe2, 0xe3, 0xef, 0xfe}) {
      byte[] segment = profile.clone();
      segment[0] = (byte) 0xff;
      segment[1] = (byte) 0xff;
      byte[] before = {(byte) 0xff, (byte) 0xff, (byte) marker};
      byte[] whole =
          joined(Arrays.copyOf(jpeg, 2), before, segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
      assertArrayEquals(expected, bytes(Images.read(Files.write(folder.resolve("b.jpg"), whole))));
    }
  }

  /** A scan may have a few bytes, and takes the time of the whole image. */
  @Test
  void scansAreCounted() throws IOException {
    byte[] jpeg = recorded("rgb_progressive.jpg");
    int last = jpeg.length - 2;
    while (jpeg[last - 1] != (byte) 0xff || jpeg[last] != (byte) 0xda) {
      last--;
    }
    byte[] scan = Arrays.copyOfRange(jpeg, last - 1, jpeg.length - 2);
    byte[] few = jpeg;
    for (int i = 0; i < 20; i++) {
      few = joined(Arrays.copyOf(few, few.length - 2), scan, new byte[] {(byte) 0xff, (byte) 0xd9});
    }
    Images.read(Files.write(folder.resolve("few.jpg"), few));
    byte[] many = jpeg;
    for (int i = 0; i < 100; i++) {
      many = joined(many, scan);
    }
    tooLarge("many.jpg", many, "scans, at most 100 are read");
  }

  private static byte[] bytes(Tensor image) {
    long[] values = image.toLongArray();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  // ---- writing --------------------------------------------------------------------------------

  @Test
  void writesReplaceInOneStep() throws IOException {
    Tensor image = TransformTest.pattern(3, 5, 6);
    for (String ending : List.of("png", "bmp", "jpg", "gif", "tif")) {
      Path file = folder.resolve("w." + ending);
      Files.writeString(file, "old, and longer than the picture ".repeat(1000));
      Files.writeString(folder.resolve("." + file.getFileName() + ".part"), "left behind");
      Images.write(image, file);
      assertArrayEquals(new int[] {3, 5, 6}, Images.read(file).shape(), ending);
      assertTrue(Files.size(file) < 10_000, ending);
    }
    try (var files = Files.list(folder)) {
      assertEquals(5, files.count(), "no parts");
    }
    Path gray = folder.resolve("w.png");
    Images.write(image.narrow(0, 0, 1), gray);
    assertArrayEquals(bytes(image.narrow(0, 0, 1)), bytes(Images.readGray(gray)));
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.wbmp"), "old");
    for (int channels : new int[] {1, 3}) {
      Tensor image = TransformTest.pattern(channels, 4, 4);
      var e = assertThrows(IllegalArgumentException.class, () -> Images.write(image, file));
      assertTrue(e.getMessage().contains("no image format \"wbmp\""), e.getMessage());
    }
    assertEquals("old", Files.readString(file));
    Path missing = folder.resolve("missing/a.png");
    assertThrows(IOException.class, () -> Images.write(TransformTest.pattern(1, 4, 4), missing));
  }

  @Test
  void pathsThatAreNoFilesAreNamed() throws IOException {
    assertThrows(NoSuchFileException.class, () -> Images.read(folder.resolve("none.png")));
    var e = assertThrows(IOException.class, () -> Images.read(folder));
    assertTrue(e.getMessage().contains("is a directory"), e.getMessage());
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThrows(FileFormatException.class, () -> Images.read(empty));
  }

  // ---- damage ---------------------------------------------------------------------------------

  /**
   * Pictures with random damage: nothing but an IOException comes of it, in bounded time and
   * memory. -Dfacula.fuzz=N makes N of each picture.
   */
  @Test
  void damagedPicturesAreReadOrNamed() throws IOException {
    int rounds = Integer.getInteger("facula.fuzz", 15);
    var random = new Random(Integer.getInteger("facula.fuzz.seed", 1));
    for (String line : recorded()) {
      String[] f = line.split(" ");
      byte[] good = Base64.getDecoder().decode(f[1]);
      Path file = folder.resolve(f[0]);
      for (int round = 0; round < rounds; round++) {
        byte[] bad = damaged(good, random);
        Files.write(file, bad);
        long start = System.nanoTime();
        long before = allocated();
        try {
          Images.read(file);
        } catch (FileFormatException e) {
          assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        } catch (RuntimeException | Error e) {
          throw new AssertionError(f[0] + ": " + Base64.getEncoder().encodeToString(bad), e);
        }
        long used = allocated() - before;
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(
            used < 400 << 20 && millis < 20_000,
            f[0] + ": " + used + " bytes, " + millis + " ms: " + HexFormat.of().formatHex(bad));
      }
    }
  }

  private static byte[] damaged(byte[] good, Random random) {
    byte[] bad = good.clone();
    for (int edits = 1 + random.nextInt(3); edits > 0 && bad.length > 8; edits--) {
      // The headers are where the harm is.
      int at = random.nextInt(random.nextBoolean() ? bad.length : Math.min(bad.length, 120));
      switch (random.nextInt(6)) {
        case 0 -> bad[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bad[at] = (byte) random.nextInt(256);
        case 2 -> {
          int[] odd = {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 65535, 1 << 24, 4096};
          ByteBuffer.wrap(bad)
              .putInt(Math.min(at, bad.length - 4), odd[random.nextInt(odd.length)]);
        }
        case 3 ->
            ByteBuffer.wrap(bad)
                .putShort(
                    Math.min(at, bad.length - 2), (short) (random.nextBoolean() ? -1 : 0x1000));
        case 4 -> bad = Arrays.copyOf(bad, at);
        default -> { // a piece twice
          int end = at + random.nextInt(bad.length - at);
          bad =
              joined(
                  Arrays.copyOf(bad, end),
                  Arrays.copyOfRange(bad, at, end),
                  Arrays.copyOfRange(bad, end, bad.length));
        }
      }
    }
    return bad;
  }
}
