package dev.facula.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.FileFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file formats, as published and as a hostile hand might change them. */
class DataFilesTest {
  @TempDir Path folder;

  static byte[] idx(int magic, int[] shape, byte[] data) {
    ByteBuffer b = ByteBuffer.allocate(4 + 4 * shape.length + data.length).putInt(magic);
    for (int d : shape) {
      b.putInt(d);
    }
    return b.put(data).array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static final byte[] DATA = {1, 2, 3, 4, 5, -1};
  private static final byte[] GOOD = idx(0x803, new int[] {1, 2, 3}, DATA);

  @Test
  void readsIdxPlainAndPacked() throws IOException {
    for (Path path : List.of(write("a", GOOD), write("a.gz", gzip(GOOD)))) {
      IdxFile file = IdxFile.read(path, 3, 1 << 20);
      assertArrayEquals(new int[] {1, 2, 3}, file.shape());
      assertArrayEquals(DATA, file.bytes());
    }
    assertEquals(
        0,
        IdxFile.read(write("e", idx(0x801, new int[] {0}, new byte[0])), 1, 1 << 20)
            .bytes()
            .length);
  }

  @Test
  void refusesWrongIdxHeaders() throws IOException {
    refused(idx(0x801, new int[] {6}, DATA), "magic number 00000801");
    refused(idx(0xd03, new int[] {1, 2, 3}, DATA), "magic number 00000d03");
    refused(idx(0x803, new int[] {1, 2, 4}, DATA), "6 of 8 bytes");
    refused(idx(0x803, new int[] {1, 2, 2}, DATA), "something follows the data");
    refused(idx(0x803, new int[] {-1, 2, 3}, DATA), "too large");
    refused(idx(0x803, new int[] {1, -2, -3}, DATA), "too large");
    int max = Integer.MAX_VALUE;
    refused(idx(0x803, new int[] {max, max, max}, DATA), "too large");
    Path plain = write("bad", idx(0x803, new int[] {max - 8, 1, 1}, DATA));
    var e = assertThrows(FileFormatException.class, () -> IdxFile.read(plain, 3, 1 << 20));
    assertTrue(e.getMessage().contains("6 of 2147483639 bytes"), e.getMessage());
  }

  private void refused(byte[] bytes, String message) throws IOException {
    for (Path path : List.of(write("bad", bytes), write("bad.gz", gzip(bytes)))) {
      var e = assertThrows(FileFormatException.class, () -> IdxFile.read(path, 3, 1 << 20));
      assertTrue(e.getMessage().contains(message), e.getMessage());
      assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] packed = gzip(GOOD);
    for (int n = 0; n < GOOD.length; n++) {
      Path path = write("cut", Arrays.copyOf(GOOD, n));
      assertThrows(FileFormatException.class, () -> IdxFile.read(path, 3, 1 << 20));
    }
    for (int n = 0; n < packed.length; n++) {
      Path path = write("cut.gz", Arrays.copyOf(packed, n));
      assertThrows(FileFormatException.class, () -> IdxFile.read(path, 3, 1 << 20));
    }
  }

  @Test
  void everyDamagedByteIsSurvived() throws IOException {
    byte[] packed = gzip(GOOD);
    for (int at = 0; at < packed.length; at++) {
      for (int flip : new int[] {1, 16, 128, 255}) {
        byte[] bad = packed.clone();
        bad[at] ^= (byte) flip;
        Path path = write("damaged.gz", bad);
        try {
          // Some bytes of the gzip header mean nothing.
          assertArrayEquals(DATA, IdxFile.read(path, 3, 1 << 20).bytes());
        } catch (FileFormatException e) {
          assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
        }
      }
    }
  }

  static byte[] tar(String[] names, byte[][] contents) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < names.length; i++) {
      byte[] header = new byte[512];
      byte[] name = names[i].getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, header, 0, name.length);
      byte[] size =
          String.format(Locale.ROOT, "%011o", contents[i].length)
              .getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(size, 0, header, 124, size.length);
      header[156] = (byte) (names[i].endsWith("/") ? '5' : '0');
      out.writeBytes(header);
      out.writeBytes(Arrays.copyOf(contents[i], (contents[i].length + 511) / 512 * 512));
    }
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  @Test
  void unpacksWhatIsWantedAndNothingElse() throws IOException {
    byte[] big = new byte[100_000];
    Arrays.fill(big, (byte) 7);
    String[] names = {"d/", "d/a.bin", "d/readme", "../../evil.bin", "d/b.bin"};
    byte[][] contents = {{}, big, {1}, {2}, {3, 4}};
    Path archive = write("x.tar.gz", gzip(tar(names, contents)));
    Path out = Files.createDirectory(folder.resolve("out"));
    TarGz.unpack(archive, Map.of("a.bin", 100_000L, "b.bin", 2L), out);
    assertArrayEquals(big, Files.readAllBytes(out.resolve("a.bin")));
    assertArrayEquals(new byte[] {3, 4}, Files.readAllBytes(out.resolve("b.bin")));
    try (var files = Files.list(out)) {
      assertEquals(2, files.count());
    }
    assertFalse(Files.exists(folder.resolveSibling("evil.bin")));
  }

  @Test
  void refusesDamagedArchives() throws IOException {
    byte[] tar = tar(new String[] {"a.bin"}, new byte[][] {new byte[600]});
    Path out = Files.createDirectory(folder.resolve("out"));
    for (int n : new int[] {100, 512, 700}) {
      Path cut = write("cut.tar.gz", gzip(Arrays.copyOf(tar, n)));
      assertThrows(FileFormatException.class, () -> TarGz.unpack(cut, Map.of("a.bin", 600L), out));
    }
    byte[] bad = tar.clone();
    bad[125] = 'x';
    Path path = write("bad.tar.gz", gzip(bad));
    var e =
        assertThrows(
            FileFormatException.class, () -> TarGz.unpack(path, Map.of("a.bin", 600L), out));
    assertTrue(e.getMessage().contains("no octal number"), e.getMessage());
    try (var files = Files.list(out)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void packedIdxFilesAreBounded() throws IOException {
    byte[] large = idx(0x803, new int[] {1000, 28, 28}, new byte[784_000]);
    Path packed = write("large.gz", gzip(large));
    assertEquals(784_000, IdxFile.read(packed, 3, 784_000).bytes().length);
    var e = assertThrows(FileFormatException.class, () -> IdxFile.read(packed, 3, 783_999));
    assertTrue(e.getMessage().contains("the published file has 783999"), e.getMessage());
    assertEquals(784_000, IdxFile.read(write("large", large), 3, 1).bytes().length);
    assertTrue(DataFile.length(packed, 100_000) <= 200_000, "counting stops too");
  }

  @Test
  void archivesUnpackNoMoreThanIsWanted() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    byte[] good = {1, 2, 3};
    byte[] zeros = new byte[3 << 20];
    Map<String, Long> wanted = Map.of("a.bin", 3L, "b.bin", 3L);
    refusedArchive(
        "the published file 3",
        tar(new String[] {"a.bin", "b.bin"}, new byte[][] {good, new byte[4]}),
        wanted,
        out);
    refusedArchive(
        "beside the files that are wanted",
        tar(new String[] {"a.bin", "big", "b.bin"}, new byte[][] {good, zeros, good}),
        wanted,
        out);
    refusedArchive(
        "beside the files that are wanted",
        tar(new String[] {"a.bin", "a.bin", "b.bin"}, new byte[][] {good, zeros, good}),
        wanted,
        out);
    String[] many = new String[3000];
    Arrays.fill(many, "d/");
    byte[][] nothing = new byte[3000][0];
    refusedArchive("beside the files that are wanted", tar(many, nothing), wanted, out);
    byte[] whole = tar(new String[] {"a.bin", "b.bin"}, new byte[][] {good, good});
    refusedArchive("beside the files that are wanted", Arrays.copyOf(whole, 3 << 20), wanted, out);
    TarGz.unpack(write("x.tar.gz", gzip(Arrays.copyOf(whole, 10 * 1024))), wanted, out);
    assertArrayEquals(good, Files.readAllBytes(out.resolve("b.bin")));
  }

  /** The checksum of the archive is at its end; nothing is kept before it was right. */
  @Test
  void nothingIsKeptOfADamagedArchive() throws IOException {
    byte[] packed = gzip(tar(new String[] {"a.bin"}, new byte[][] {new byte[600]}));
    packed[packed.length - 8] ^= 1;
    Path out = Files.createDirectory(folder.resolve("out"));
    Path archive = write("x.tar.gz", packed);
    assertThrows(
        FileFormatException.class, () -> TarGz.unpack(archive, Map.of("a.bin", 600L), out));
    try (var files = Files.list(out)) {
      assertEquals(0, files.count());
    }
  }

  private void refusedArchive(String message, byte[] tar, Map<String, Long> wanted, Path out)
      throws IOException {
    Path archive = write("x.tar.gz", gzip(tar));
    var e = assertThrows(FileFormatException.class, () -> TarGz.unpack(archive, wanted, out));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    try (var files = Files.list(out)) {
      assertEquals(0, files.count());
    }
  }
}
