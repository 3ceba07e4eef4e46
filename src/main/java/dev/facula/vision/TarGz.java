package dev.facula.vision;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks some files of a gzipped tar archive. The names in the archive are compared with those
 * wanted, never used as paths.
 */
final class TarGz {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;

  private TarGz() {}

  /** Writes each file whose name without folders is wanted into a folder. */
  static void unpack(Path archive, Set<String> wanted, Path folder) throws IOException {
    try (DataFile in = DataFile.open(archive)) {
      for (byte[] header = in.readUpTo(BLOCK); !isEnd(header); header = in.readUpTo(BLOCK)) {
        if (header.length < BLOCK) {
          throw in.error("ends within the header of an entry");
        }
        String path = text(header, 0, NAME_BYTES);
        String name = path.substring(path.lastIndexOf('/') + 1);
        long size = size(in, header, path);
        boolean plain = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
        copy(in, size, path, plain && wanted.contains(name) ? folder.resolve(name) : null);
        in.read((int) (-size & (BLOCK - 1)), "the padding of " + path);
      }
    }
  }

  private static void copy(DataFile in, long size, String what, @Nullable Path target)
      throws IOException {
    if (target == null) {
      for (long left = size; left > 0; left -= BLOCK) {
        in.read((int) Math.min(left, BLOCK), what);
      }
      return;
    }
    Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        for (long left = size; left > 0; left -= 1 << 16) {
          out.write(in.read((int) Math.min(left, 1 << 16), what));
        }
      }
      Download.move(part, target);
    } finally {
      Files.deleteIfExists(part);
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
