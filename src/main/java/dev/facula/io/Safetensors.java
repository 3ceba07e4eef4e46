package dev.facula.io;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import dev.facula.internal.files.SafeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named tensors in one file, in the safetensors format, which PyTorch's world reads and writes too.
 *
 * <pre>{@code
 * Safetensors.save(net.stateDict(), Path.of("net.safetensors"));
 * net.loadStateDict(Safetensors.load(Path.of("net.safetensors")));
 * }</pre>
 */
public final class Safetensors {
  /** Elements that are converted at a time. */
  private static final int CHUNK = 1 << 14;

  private Safetensors() {}

  /**
   * Reads all tensors of a file, in the order of its header. Types that tensors do not have are
   * widened, see {@link SafetensorsFile#tensor}.
   *
   * @param path the file
   * @return a new map from names to new tensors
   * @throws FileFormatException if it is no safetensors file, or a damaged one
   * @throws IOException if it cannot be read
   */
  public static Map<String, Tensor> load(Path path) throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (String name : file.names()) {
        tensors.put(name, file.tensor(name));
      }
      return tensors;
    }
  }

  /**
   * Writes tensors to a file, as {@link #save(Map, Path, Map)} without metadata.
   *
   * @param tensors the tensors by name
   * @param path the file, which is replaced if there is one
   */
  public static void save(Map<String, Tensor> tensors, Path path) throws IOException {
    save(tensors, path, Map.of());
  }

  /**
   * Writes tensors to a file. They are written beside it first, to {@code .NAME.part}; the file is
   * replaced in one step once that is complete and on the disk, and stays as it was if anything
   * fails. What a killed program left of a part is overwritten by the next save. Where the path is
   * a symbolic link, the file that it leads to is replaced; its permissions stay. A device or a
   * pipe is written to as it is.
   *
   * @param tensors the tensors by name
   * @param path the file, which is replaced if there is one
   * @param metadata strings to be stored beside them
   * @throws IllegalArgumentException if a tensor has the reserved name {@code __metadata__}, if a
   *     name or a string is no valid Unicode, or if the names make a header of more than 100 MB
   * @throws IOException if the file cannot be written, or if another thread or process is saving it
   */
  public static void save(Map<String, Tensor> tensors, Path path, Map<String, String> metadata)
      throws IOException {
    // Wide elements first: then every tensor lies aligned to its element type.
    List<Map.Entry<String, Tensor>> sorted = new ArrayList<>(tensors.entrySet());
    for (Map.Entry<String, Tensor> e : sorted) {
      check(e.getKey(), "the name of a tensor");
      if (e.getValue() == null) {
        throw new IllegalArgumentException(
            "Safetensors.save: the tensor \"" + e.getKey() + "\" is null");
      }
    }
    sorted.sort(
        Comparator.comparing((Map.Entry<String, Tensor> e) -> -e.getValue().dtype().bytes())
            .thenComparing(Map.Entry::getKey));
    byte[] header = header(sorted, metadata);
    SafeFile.write(
        path,
        out -> {
          ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
          write(out, start.putLong(header.length).put(header));
          ByteBuffer buffer = ByteBuffer.allocate(8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
          for (Map.Entry<String, Tensor> e : sorted) {
            write(out, e.getValue(), buffer);
          }
        });
  }

  /** Half a character (a surrogate without the other) has no bytes in UTF-8. */
  private static void check(@Nullable String s, String what) {
    if (s == null) {
      throw new IllegalArgumentException("Safetensors.save: " + what + " is null");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(s)) {
      throw new IllegalArgumentException(
          "Safetensors.save: " + what + " is no valid Unicode: \"" + s + "\"");
    }
  }

  private static byte[] header(
      List<Map.Entry<String, Tensor>> tensors, Map<String, String> metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = SafetensorsHeader.JSON.createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> e : metadata.entrySet()) {
          check(e.getKey(), "a key of the metadata");
          check(e.getValue(), "the metadata \"" + e.getKey() + "\"");
          json.writeStringField(e.getKey(), e.getValue());
        }
        json.writeEndObject();
      }
      long position = 0;
      for (Map.Entry<String, Tensor> e : tensors) {
        if (e.getKey().equals(SafetensorsHeader.METADATA)) {
          throw new IllegalArgumentException(
              "Safetensors.save: no tensor can have the name " + SafetensorsHeader.METADATA);
        }
        Tensor tensor = e.getValue();
        json.writeObjectFieldStart(e.getKey());
        json.writeStringField("dtype", elementType(tensor).name());
        json.writeFieldName("shape");
        json.writeArray(tensor.shape(), 0, tensor.dim());
        long end = position + (long) tensor.numel() * tensor.dtype().bytes();
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {position, end}, 0, 2);
        json.writeEndObject();
        position = end;
        checkLength(out.size()); // of what would fill the memory too
      }
      json.writeEndObject();
    }
    while (out.size() % 8 != 0) {
      out.write(' ');
    }
    checkLength(out.size());
    return out.toByteArray();
  }

  private static void checkLength(int bytes) {
    if (bytes > SafetensorsHeader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "Safetensors.save: the header takes %s bytes, at most %s are allowed"
              .formatted(bytes, SafetensorsHeader.MAX_BYTES));
    }
  }

  private static SafetensorsHeader.ElementType elementType(Tensor tensor) {
    for (SafetensorsHeader.ElementType type : SafetensorsHeader.ElementType.values()) {
      if (type.dtype == tensor.dtype()) {
        return type;
      }
    }
    throw new AssertionError(tensor.dtype());
  }

  private static void write(OutputStream out, Tensor tensor, ByteBuffer buffer) throws IOException {
    Tensor flat = tensor.detach().reshape(-1);
    for (int from = 0; from < flat.numel(); from += CHUNK) {
      Tensor chunk = flat.narrow(0, from, Math.min(CHUNK, flat.numel() - from));
      buffer.clear();
      chunk.copyTo(buffer);
      write(out, buffer.position(chunk.numel() * chunk.dtype().bytes()));
    }
  }

  private static void write(OutputStream out, ByteBuffer buffer) throws IOException {
    out.write(buffer.array(), 0, buffer.position());
  }
}
