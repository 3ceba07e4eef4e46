package dev.facula.conformance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one subject: a safetensors file as plain arrays. The test reads the format on its
 * own, so that an error of the library's reader cannot hide one of its operations.
 */
final class TensorFile {
  static final TensorFile EMPTY = new TensorFile(ByteBuffer.allocate(0), Map.of());

  private record Entry(String dtype, int[] shape, int begin) {}

  private final ByteBuffer data;
  private final Map<String, Entry> entries;

  private TensorFile(ByteBuffer data, Map<String, Entry> entries) {
    this.data = data;
    this.entries = entries;
  }

  static TensorFile read(byte[] file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(buffer.getLong(0));
    Map<String, Entry> entries = new HashMap<>();
    Json.object(Json.parse(file, 8, header))
        .forEach(
            (name, value) -> {
              if (!name.equals("__metadata__")) {
                Map<String, Object> entry = Json.object(value);
                List<Object> range = Json.list(entry, "data_offsets");
                entries.put(
                    name,
                    new Entry(
                        Json.string(entry, "dtype"),
                        ints(Json.list(entry, "shape")),
                        8 + header + ((Long) range.get(0)).intValue()));
              }
            });
    return new TensorFile(buffer, entries);
  }

  StoredTensor get(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("the pack holds no tensor '" + name + "'");
    }
    int n = 1;
    for (int extent : entry.shape) {
      n = Math.multiplyExact(n, extent);
    }
    double[] values = new double[n];
    long[] integers = new long[n];
    int at = entry.begin;
    for (int i = 0; i < n; i++) {
      switch (entry.dtype) {
        case "F32" -> values[i] = data.getFloat(at + 4 * i);
        case "F64" -> values[i] = data.getDouble(at + 8 * i);
        case "F16" -> values[i] = float16(data.getShort(at + 2 * i));
        case "BF16" -> values[i] = Float.intBitsToFloat(data.getShort(at + 2 * i) << 16);
        case "I16" -> integers[i] = data.getShort(at + 2 * i);
        case "I8" -> integers[i] = data.get(at + i);
        case "I64" -> integers[i] = data.getLong(at + 8 * i);
        case "I32" -> integers[i] = data.getInt(at + 4 * i);
        case "U8" -> integers[i] = data.get(at + i) & 0xff;
        case "BOOL" -> integers[i] = data.get(at + i) == 0 ? 0 : 1;
        default -> throw new IllegalArgumentException("dtype " + entry.dtype + " of " + name);
      }
    }
    return new StoredTensor(entry.dtype, entry.shape, values, integers);
  }

  /** IEEE 754 binary16: one bit of sign, five of exponent (bias 15), ten of fraction. */
  private static double float16(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        exponent == 0
            ? fraction * 0x1p-24
            : exponent < 31
                ? (1024 + fraction) * Math.pow(2, exponent - 25)
                : fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    return bits < 0 ? -size : size;
  }

  static int[] ints(List<Object> list) {
    return list.stream().mapToInt(v -> Math.toIntExact((Long) v)).toArray();
  }
}
