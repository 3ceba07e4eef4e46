package dev.facula.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.facula.DType;
import dev.facula.FileFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON header of a safetensors file, believed only after every claim in it has been checked:
 * known fields, no key twice, sizes that follow from dtype and shape, and byte ranges that cover
 * the data from its first byte to its last without gap or overlap.
 */
final class SafetensorsHeader {
  /** The limit of the format's reference implementation. */
  static final int MAX_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";

  /**
   * No name from a file may stay behind in the JVM-wide table of interned strings, and no buffer in
   * a thread local: it would keep the class loader of this library.
   */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          // Names and metadata may be as long as the header, which is bounded.
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNameLength(MAX_BYTES)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();

  /** Bytes begin (inclusive) to end (exclusive), counted from the end of the header. */
  record Entry(String name, ElementType type, long[] shape, long begin, long end) {
    String describe() {
      return type + " " + Arrays.toString(shape);
    }
  }

  /** What the format calls a dtype. */
  enum ElementType {
    BOOL(DType.BOOL),
    U8(DType.UINT8),
    I8(DType.INT8),
    I16(DType.INT16),
    U16(2),
    F16(DType.FLOAT16),
    BF16(DType.BFLOAT16),
    I32(DType.INT32),
    U32(4),
    F32(DType.FLOAT32),
    F64(DType.FLOAT64),
    I64(DType.INT64),
    U64(8);

    final int bytes;

    /** The type of tensors that has the same bits, or null. */
    final @Nullable DType dtype;

    ElementType(int bytes) {
      this.bytes = bytes;
      this.dtype = null;
    }

    ElementType(DType dtype) {
      this.bytes = dtype.bytes();
      this.dtype = dtype;
    }
  }

  private final Path file;
  private final long dataBytes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private Map<String, String> metadata = Map.of();

  /**
   * @param json the header's bytes
   * @param dataBytes how many bytes of the file follow it
   */
  static SafetensorsHeader parse(Path file, byte[] json, long dataBytes) throws IOException {
    var header = new SafetensorsHeader(file, dataBytes);
    header.check(json.length > 0 && json[0] == '{', "byte 8", "the header does not begin with {");
    // A new decoder reports what is no UTF-8 instead of replacing it.
    var text =
        new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = JSON.createParser(text)) {
      header.read(parser);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place = at == null ? "header" : "header, character " + at.getCharOffset();
      throw new FileFormatException(file, place, "not valid JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw new FileFormatException(file, "header", "not valid UTF-8");
    }
    header.checkRanges();
    return header;
  }

  private SafetensorsHeader(Path file, long dataBytes) {
    this.file = file;
    this.dataBytes = dataBytes;
  }

  /** In the order of the header. */
  Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  Map<String, String> metadata() {
    return metadata;
  }

  private void read(JsonParser parser) throws IOException {
    expect(parser, JsonToken.START_OBJECT, "header", "an object");
    boolean metadataSeen = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (name.equals(METADATA)) {
        check(!metadataSeen, METADATA, "appears twice");
        metadataSeen = true;
        metadata = readMetadata(parser);
      } else {
        Entry entry = readEntry(parser, name);
        check(entries.put(name, entry) == null, tensor(name), "appears twice");
      }
    }
    check(parser.nextToken() == null, "header", "something follows the closing brace");
  }

  private Map<String, String> readMetadata(JsonParser parser) throws IOException {
    Map<String, String> result = new LinkedHashMap<>();
    expect(parser, JsonToken.START_OBJECT, METADATA, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser, JsonToken.VALUE_STRING, METADATA + " \"" + shorten(key) + "\"", "a string");
      String old = result.put(key, parser.getText());
      check(old == null, METADATA, "key \"" + shorten(key) + "\" appears twice");
    }
    return Collections.unmodifiableMap(result);
  }

  private Entry readEntry(JsonParser parser, String name) throws IOException {
    String place = tensor(name);
    ElementType type = null;
    long[] shape = null;
    long[] offsets = null;
    expect(parser, JsonToken.START_OBJECT, place, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      boolean first =
          switch (field) {
            case "dtype" -> type == null;
            case "shape" -> shape == null;
            case "data_offsets" -> offsets == null;
            default ->
                throw new FileFormatException(
                    file, place, "unknown field \"" + shorten(field) + "\"");
          };
      check(first, place, field + " appears twice");
      switch (field) {
        case "dtype" -> type = readType(parser, place);
        case "shape" -> shape = readLongs(parser, place, field);
        default -> offsets = readLongs(parser, place, field);
      }
    }
    if (type == null || shape == null || offsets == null) {
      String missing = type == null ? "dtype" : shape == null ? "shape" : "data_offsets";
      throw new FileFormatException(file, place, "has no " + missing);
    }
    check(offsets.length == 2, place, "data_offsets has " + offsets.length + " numbers, not 2");
    Entry entry = new Entry(name, type, shape, offsets[0], offsets[1]);
    checkSize(entry);
    return entry;
  }

  private ElementType readType(JsonParser parser, String place) throws IOException {
    expect(parser, JsonToken.VALUE_STRING, place + ", dtype", "a string");
    String name = parser.getText();
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new FileFormatException(
        file,
        place,
        "dtype \"" + shorten(name) + "\" is none of " + Arrays.toString(ElementType.values()));
  }

  private long[] readLongs(JsonParser parser, String place, String field) throws IOException {
    expect(parser, JsonToken.START_ARRAY, place + ", " + field, "an array");
    List<Long> values = new ArrayList<>();
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      if (t != JsonToken.VALUE_NUMBER_INT) {
        throw wrongToken(t, place + ", " + field, "integers");
      }
      long value = parser.getLongValue();
      check(value >= 0, place, field + " contains " + value + ", which is negative");
      values.add(value);
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private void checkSize(Entry e) throws FileFormatException {
    String place = tensor(e.name);
    String offsets = "data_offsets [" + e.begin + ", " + e.end + "]";
    check(e.begin <= e.end, place, offsets + " end before they begin");
    if (e.end > dataBytes) {
      String held = " reach beyond the file, which holds " + dataBytes + " bytes of data";
      throw new FileFormatException(file, place, offsets + held);
    }
    long bytes = e.type.bytes;
    try {
      for (long d : e.shape) {
        bytes = Math.multiplyExact(bytes, d);
      }
    } catch (ArithmeticException overflow) {
      throw new FileFormatException(file, place, "size overflows: " + e.describe());
    }
    check(
        e.end - e.begin == bytes,
        place,
        offsets + " hold " + (e.end - e.begin) + " bytes, " + e.describe() + " takes " + bytes);
  }

  /** One range after another: what is neither hole nor overlap covers each byte once. */
  private void checkRanges() throws FileFormatException {
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long position = 0;
    for (Entry e : sorted) {
      String what =
          e.begin < position ? "overlaps the tensor before it" : "leaves a hole before it";
      check(e.begin == position, tensor(e.name), what + ": " + e.begin + " != " + position);
      position = e.end;
    }
    check(
        position == dataBytes,
        "data",
        "the tensors take " + position + " bytes, the file holds " + dataBytes);
  }

  private void expect(JsonParser parser, JsonToken token, String place, String what)
      throws IOException {
    JsonToken found = parser.nextToken();
    if (found != token) {
      throw wrongToken(found, place, what);
    }
  }

  private FileFormatException wrongToken(@Nullable JsonToken found, String place, String what) {
    String name = found == null ? "the end" : found.toString();
    return new FileFormatException(file, place, "expected " + what + ", found " + name);
  }

  private void check(boolean condition, String place, String reason) throws FileFormatException {
    if (!condition) {
      throw new FileFormatException(file, place, reason);
    }
  }

  private static String tensor(String name) {
    return "tensor \"" + shorten(name) + "\"";
  }

  private static String shorten(String s) {
    return s.length() <= 200 ? s : s.substring(0, 200) + "...";
  }
}
