package dev.facula.vision;

import dev.facula.FileFormatException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A binary file that is read from its first byte to its last, unpacked on the way if its name ends
 * in .gz. A size from the file's header is never allocated in advance: memory grows with the bytes
 * that are really there.
 */
final class DataFile implements Closeable {
  private final Path path;
  private final InputStream in;
  private long position;

  private DataFile(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  static DataFile open(Path path) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    try {
      return new DataFile(path, isPacked(path) ? new GZIPInputStream(raw, 1 << 16) : raw);
    } catch (ZipException | EOFException e) {
      raw.close();
      throw new FileFormatException(path, "byte 0", "not in gzip format: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * The bytes that can be read from a file; a packed one is unpacked to count them, up to some more
   * than max.
   */
  static long length(Path path, long max) throws IOException {
    if (!isPacked(path)) {
      return Files.size(path);
    }
    try (DataFile file = open(path)) {
      while (file.position <= max && file.readUpTo(1 << 16).length > 0) {}
      return file.position;
    }
  }

  static boolean isPacked(Path path) {
    return path.getFileName().toString().endsWith(".gz");
  }

  /** The next n bytes, all of them. */
  byte[] read(int n, String what) throws IOException {
    byte[] bytes = readUpTo(n);
    if (bytes.length < n) {
      throw error("ends within " + what + ": " + bytes.length + " of " + n + " bytes");
    }
    return bytes;
  }

  /** The next n bytes, or as many as there are. */
  byte[] readUpTo(int n) throws IOException {
    try {
      byte[] bytes = in.readNBytes(n);
      position += bytes.length;
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new FileFormatException(
          path, "after byte " + position, "damaged or cut short: " + e.getMessage());
    }
  }

  int readInt(String what) throws IOException {
    byte[] b = read(4, what);
    return (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
  }

  /** Fails if something is left. */
  void expectEnd() throws IOException {
    if (readUpTo(1).length > 0) {
      position--;
      throw error("something follows the data");
    }
  }

  /** An error at the place that was read last. */
  FileFormatException error(String reason) {
    return new FileFormatException(path, "byte " + position, reason);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
