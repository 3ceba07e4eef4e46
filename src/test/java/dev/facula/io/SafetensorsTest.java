package dev.facula.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  /** A file of the reference implementation, see src/test/python/safetensors_file.py. */
  private static Path recorded() throws URISyntaxException {
    return Path.of(SafetensorsTest.class.getResource("torch.safetensors").toURI());
  }

  @Test
  void readsEveryTypeOfTheReferenceImplementation() throws Exception {
    Map<String, Tensor> t = Safetensors.load(recorded());
    double inf = Double.POSITIVE_INFINITY;
    Map<String, Double> smallest =
        Map.of("f32", 0x1p-126, "f64", 0x1p-1022, "f16", 0x1p-14, "bf16", 0x1p-126);
    smallest.forEach(
        (name, tiny) -> {
          Tensor x = t.get(name);
          assertEquals(name.equals("f64") ? DType.FLOAT64 : DType.FLOAT32, x.dtype());
          assertArrayEquals(new int[] {2, 4}, x.shape());
          assertArrayEquals(
              new double[] {0, -1.5, 3.140625, inf, -inf, Double.NaN, tiny, tiny / 4},
              x.toDoubleArray(),
              name);
        });
    integers(t.get("i64"), DType.INT64, Long.MIN_VALUE, Long.MAX_VALUE);
    integers(t.get("i32"), DType.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE);
    integers(t.get("i16"), DType.INT32, Short.MIN_VALUE, Short.MAX_VALUE);
    integers(t.get("i8"), DType.INT32, -128, 127);
    integers(t.get("u8"), DType.UINT8, 0, 255);
    integers(t.get("u16"), DType.INT32, 0, 65535);
    integers(t.get("u32"), DType.INT64, 0, 0xffffffffL);
    integers(t.get("u64"), DType.INT64, 0, Long.MAX_VALUE);
    assertEquals(DType.BOOL, t.get("bool").dtype());
    assertArrayEquals(new boolean[] {true, false, true}, t.get("bool").toBooleanArray());
    assertEquals(0, t.get("scalar").dim());
    assertEquals(2.5, t.get("scalar").item());
    assertArrayEquals(new int[] {3, 0}, t.get("empty").shape());
    assertEquals(1.0, t.get("a \"quoted\"\n\u00e4\uD83D\uDE00 name").item());
    assertEquals(16, t.size());
    try (var file = SafetensorsFile.open(recorded())) {
      assertEquals(Map.of("format", "pt"), file.metadata());
    }
  }

  private static void integers(Tensor x, DType dtype, long min, long max) {
    assertEquals(dtype, x.dtype());
    assertArrayEquals(new long[] {0, 1, 42, min, max}, x.toLongArray());
  }

  @Test
  void everyHalfIsWidenedExactly() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int e = bits >> 10 & 31;
      int f = bits & 1023;
      double size =
          e == 31
              ? f == 0 ? Double.POSITIVE_INFINITY : Double.NaN
              : e == 0 ? f * 0x1p-24 : (1024 + f) * Math.pow(2, e - 25);
      double expected = Math.copySign(size, bits < 1 << 15 ? 1 : -1);
      assertEquals((float) expected, ElementReader.float16((short) bits));
    }
  }

  private static Map<String, Tensor> samples() {
    Map<String, Tensor> t = new LinkedHashMap<>();
    float[] many = new float[100_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.5f;
    }
    t.put("u8", Tensor.of(new byte[] {0, 127, -128, -1}, 4));
    t.put("weight", Tensor.of(many, 1000, 100));
    t.put("turned", Tensor.of(many, 1000, 100).transpose(0, 1));
    t.put("f64", Tensor.of(new double[] {Math.PI, Double.NaN}));
    t.put("i64", Tensor.of(new long[] {Long.MIN_VALUE, 3}));
    t.put("i32", Tensor.of(new int[] {-7, Integer.MAX_VALUE}));
    t.put("bool", Tensor.of(new boolean[] {true, false, true}));
    t.put("scalar", Tensor.scalar(1.25).requiresGrad(true));
    t.put("empty", Tensor.zeros(0, 5));
    t.put("", Tensor.ones(1));
    return t;
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    Path path = folder.resolve("t.safetensors");
    Map<String, Tensor> saved = samples();
    Safetensors.save(saved, path, Map.of("epoch", "3 \u00e4"));
    Map<String, Tensor> loaded = Safetensors.load(path);
    assertEquals(saved.keySet(), loaded.keySet());
    for (String name : saved.keySet()) {
      Tensor a = saved.get(name);
      Tensor b = loaded.get(name);
      assertEquals(a.dtype(), b.dtype(), name);
      assertArrayEquals(a.shape(), b.shape(), name);
      assertArrayEquals(a.toDoubleArray(), b.toDoubleArray(), name);
      assertArrayEquals(a.toLongArray(), b.toLongArray(), name);
    }
    try (var file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("epoch", "3 \u00e4"), file.metadata());
    }
    assertEquals(0, headerLength(path) % 8, "the data is aligned");
    Safetensors.save(Map.of(), path); // replaces
    assertTrue(Safetensors.load(path).isEmpty());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  private static long headerLength(Path path) throws IOException {
    return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  @Test
  void aFailedSaveLeavesTheOldFile() throws IOException {
    Path path = Files.writeString(folder.resolve("t"), "old");
    Map<String, Tensor> reserved = Map.of("__metadata__", Tensor.ones(1));
    var e = assertThrows(IllegalArgumentException.class, () -> Safetensors.save(reserved, path));
    assertTrue(e.getMessage().contains("__metadata__"), e.getMessage());
    assertEquals("old", Files.readString(path));
    Path nowhere = folder.resolve("missing/t");
    assertThrows(NoSuchFileException.class, () -> Safetensors.save(samples(), nowhere));
    assertFalse(Files.exists(nowhere));
  }

  @Test
  void everyTruncationOfASavedFileIsRefused() throws IOException {
    Path path = folder.resolve("t");
    Map<String, Tensor> small = samples();
    small.remove("weight");
    small.remove("turned");
    Safetensors.save(small, path);
    byte[] whole = Files.readAllBytes(path);
    for (int n = 0; n < whole.length; n++) {
      Files.write(path, Arrays.copyOf(whole, n));
      assertThrows(FileFormatException.class, () -> Safetensors.load(path));
    }
    for (int at = 0; at < whole.length; at++) {
      byte[] bad = whole.clone();
      bad[at] ^= 0x11;
      Files.write(path, bad);
      try {
        Safetensors.load(path);
      } catch (FileFormatException e) {
        assertTrue(e.getMessage().startsWith(path.toString()), e.getMessage());
      }
    }
  }

  @Test
  void refusesTensorsThatAreTooLarge() throws IOException {
    // Sizes beyond int are consistent where another size is 0.
    String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[0,4294967296],\"data_offsets\":[0,0]}}";
    Path path = folder.resolve("t");
    ByteBuffer b = ByteBuffer.allocate(8 + header.length());
    b.order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length())
        .put(header.getBytes(StandardCharsets.UTF_8));
    Files.write(path, b.array());
    var e = assertThrows(FileFormatException.class, () -> Safetensors.load(path));
    assertTrue(e.getMessage().contains("larger than a tensor can be"), e.getMessage());
  }
}
