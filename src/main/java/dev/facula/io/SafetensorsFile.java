package dev.facula.io;

import dev.facula.FileFormatException;
import dev.facula.Tensor;
import dev.facula.internal.files.SharedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An open safetensors file, for reading some of its tensors: PyTorch's {@code safe_open}. Opening
 * reads and checks the header; a tensor's bytes are read when it is asked for. {@link
 * Safetensors#load} reads all of them.
 *
 * <pre>{@code
 * try (var file = SafetensorsFile.open(Path.of("model.safetensors"))) {
 *   Tensor weight = file.tensor("fc1.weight");
 * }
 * }</pre>
 *
 * <p>The format: the length of the header in eight bytes, little-endian; the header, a JSON object
 * of dtype, shape and byte range of each tensor; the data. Nothing in the header is believed: the
 * ranges must follow from dtype and shape, lie within the file, and cover it without gap or
 * overlap, and no more memory is allocated than the file has bytes. Several threads may read at
 * once; an interrupt of one of them does not disturb it nor the others.
 */
public final class SafetensorsFile implements Closeable {
  private static final int LENGTH_BYTES = 8;
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path path;
  private final SharedFile file;
  private final SafetensorsHeader header;
  private final long dataStart;

  private SafetensorsFile(Path path, SharedFile file) throws IOException {
    this.path = path;
    this.file = file;
    long size = file.size();
    if (size < LENGTH_BYTES) {
      throw refusal(size, "no room for the length of the header: the file has " + size + " bytes");
    }
    long length = bytes(0, LENGTH_BYTES, "length of the header").getLong();
    if (length < 0 || length > SafetensorsHeader.MAX_BYTES) {
      throw refusal(
          size,
          String.format(
              Locale.ROOT,
              "this is no safetensors file: its first 8 bytes announce a header of %s bytes, at"
                  + " most %d are allowed",
              Long.toUnsignedString(length),
              SafetensorsHeader.MAX_BYTES));
    }
    if (length > size - LENGTH_BYTES) {
      throw refusal(size, "a header of " + length + " bytes in a file of " + size);
    }
    if (length == 0 || bytes(LENGTH_BYTES, 1, "header").get() != '{') {
      throw refusal(size, "byte 8: the header does not begin with {");
    }
    dataStart = LENGTH_BYTES + length;
    byte[] json = bytes(LENGTH_BYTES, (int) length, "header").array();
    header = SafetensorsHeader.parse(path, json, size - dataStart);
  }

  /** What is wrong, or better what the file is, if that can be told. */
  private FileFormatException refusal(long size, String reason) throws IOException {
    int n = (int) Math.min(size, OtherFormat.BYTES);
    String other = OtherFormat.of(path, bytes(0, n, "byte 0").array());
    return new FileFormatException(
        path, "byte 0", other == null ? reason : "no safetensors file: " + other);
  }

  /**
   * Opens a file and checks its header.
   *
   * @param path the file
   * @throws FileFormatException if it is no safetensors file, or a damaged one
   * @throws IOException if it cannot be read
   */
  public static SafetensorsFile open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FileFormatException(path, "is a directory", directory(path));
    }
    SharedFile file = SharedFile.open(path);
    try {
      return new SafetensorsFile(path, file);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static String directory(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      List<String> names =
          files
              .map(f -> String.valueOf(f.getFileName()))
              .filter(f -> f.endsWith(".safetensors"))
              .sorted()
              .limit(3)
              .collect(Collectors.toList());
      return names.isEmpty()
          ? "a safetensors file was expected, and it has none"
          : "a safetensors file was expected; it has " + String.join(", ", names);
    }
  }

  /** The names of the tensors, in the order of the header. */
  public Set<String> names() {
    return header.entries().keySet();
  }

  /** The strings that were saved beside the tensors. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads a tensor in its own type; U16 becomes INT32, U32 and U64 INT64.
   *
   * @param name one of {@link #names()}
   * @return a new tensor
   * @throws IllegalArgumentException if there is no tensor of that name
   * @throws FileFormatException if it is larger than a tensor can be, if a U64 does not fit, or if
   *     the file was cut short since it was opened
   */
  public Tensor tensor(String name) throws IOException {
    SafetensorsHeader.Entry entry = entry(name);
    long limit = (long) (Integer.MAX_VALUE - 8) * entry.type().bytes;
    int[] shape = new int[entry.shape().length];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = (int) Math.min(entry.shape()[d], Integer.MAX_VALUE);
      if (shape[d] != entry.shape()[d] || entry.end() - entry.begin() > limit) {
        throw new FileFormatException(
            path, "tensor \"" + name + "\"", "larger than a tensor can be: " + entry.describe());
      }
    }
    return new ElementReader(path, this::read, entry).read(shape);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  SafetensorsHeader.Entry entry(String name) {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "SafetensorsFile: no tensor \"" + name + "\" in " + path + ", it has " + names());
    }
    return entry;
  }

  /** Passes the bytes of a tensor on in chunks, so that nothing of its size is allocated here. */
  void read(SafetensorsHeader.Entry entry, ElementReader.Sink sink) throws IOException {
    String place = "tensor \"" + entry.name() + "\"";
    long position = entry.begin();
    while (position < entry.end()) {
      int n = (int) Math.min(CHUNK_BYTES, entry.end() - position);
      sink.accept(bytes(dataStart + position, n, place));
      position += n;
    }
  }

  private ByteBuffer bytes(long from, int n, String place) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int at = buffer.position();
      int read = file.read(from + at, buffer.array(), at, buffer.remaining());
      if (read < 0) {
        throw new FileFormatException(path, place, "the file ends at byte " + (from + at));
      }
      buffer.position(at + read);
    }
    return buffer.flip();
  }
}
