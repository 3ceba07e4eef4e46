package dev.facula.vision;

import dev.facula.internal.files.SafeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Unpacks some files of a gzipped tar archive. The names in the archive are compared with those
 * wanted, never used as paths, and no more is unpacked than the wanted files may have: a megabyte
 * could become a gigabyte.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;

  /** For headers, folders and texts beside the wanted files. */
  private static final long MAX_BESIDE = 1 << 20;

  private TarGz() {}

  /** Where the bytes of a wanted file go. */
  private interface Sink {
    void accept(String name, SafeFile.Content content) throws IOException;
  }

  /**
   * Writes each file whose name without folders is wanted into a folder. The archive is read to its
   * end and its checksum before the first of them is written.
   *
   * @param wanted the names, with the most bytes that each may have
   */
  static void unpack(Path archive, Map<String, Long> wanted, Path folder) throws IOException {
    read(
        archive, wanted, true, (name, content) -> content.writeTo(OutputStream.nullOutputStream()));
    read(archive, wanted, false, (name, content) -> SafeFile.write(folder.resolve(name), content));
  }

  private static void read(Path archive, Map<String, Long> wanted, boolean toTheEnd, Sink sink)
      throws IOException {
    Map<String, Long> missing = new HashMap<>(wanted);
    long beside = 0;
    try (DataFile in = DataFile.open(archive)) {
      byte[] header = in.readUpTo(BLOCK);
      while (!isEnd(header) && (toTheEnd || !missing.isEmpty())) {
        if (header.length < BLOCK) {
          throw in.error("ends within the header of an entry");
        }
        String path = text(header, 0, NAME_BYTES);
        String name = path.substring(path.lastIndexOf('/') + 1);
        long size = size(in, header, path);
        boolean plain = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
        beside += BLOCK;
        Long most = plain ? missing.remove(name) : null;
        if (most != null) {
          if (size > most) {
            throw in.error(path + " has " + size + " bytes, the published file " + most);
          }
          sink.accept(name, out -> copy(in, size, path, out));
        } else {
          beside += size;
          check(in, beside);
          copy(in, size, path, OutputStream.nullOutputStream());
        }
        check(in, beside);
        in.read((int) (-size & (BLOCK - 1)), "the padding of " + path);
        header = in.readUpTo(BLOCK);
      }
      while (toTheEnd && header.length > 0) {
        beside += header.length;
        check(in, beside);
        header = in.readUpTo(BLOCK);
      }
    }
  }

  private static void check(DataFile in, long beside) throws IOException {
    if (beside > MAX_BESIDE) {
      throw in.error("more than " + MAX_BESIDE + " bytes beside the files that are wanted");
    }
  }

  private static void copy(DataFile in, long size, String what, OutputStream out)
      throws IOException {
    for (long left = size; left > 0; left -= 1 << 16) {
      out.write(in.read((int) Math.min(left, 1 << 16), what));
    }
  }

  /** Two blocks of zeros end an archive; one, or the end of the file, will do. */
  private static boolean isEnd(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static long size(DataFile in, byte[] header, String path) throws IOException {
    String octal = text(header, SIZE_AT, SIZE_BYTES).trim();
    if (!octal.matches("[0-7]{1,11}")) {
      throw in.error("size of " + path + " is no octal number: " + octal);
    }
    return Long.parseLong(octal, 8);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
