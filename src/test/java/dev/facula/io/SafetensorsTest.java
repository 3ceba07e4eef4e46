package dev.facula.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
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
          DType type = DType.valueOf(name.replace("f", "float").toUpperCase(Locale.ROOT));
          assertEquals(type, x.dtype());
          assertArrayEquals(new int[] {2, 4}, x.shape());
          assertArrayEquals(
              new double[] {0, -1.5, 3.140625, inf, -inf, Double.NaN, tiny, tiny / 4},
              x.toDoubleArray(),
              name);
        });
    integers(t.get("i64"), DType.INT64, Long.MIN_VALUE, Long.MAX_VALUE);
    integers(t.get("i32"), DType.INT32, Integer.MIN_VALUE, Integer.MAX_VALUE);
    integers(t.get("i16"), DType.INT16, Short.MIN_VALUE, Short.MAX_VALUE);
    integers(t.get("i8"), DType.INT8, -128, 127);
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
    t.put("f16", Tensor.of(new float[] {1.5f, 65504, -0x1p-24f, Float.NaN}).to(DType.FLOAT16));
    t.put("bf16", Tensor.of(new float[] {1.5f, Float.MAX_VALUE, 0x1p-133f}).to(DType.BFLOAT16));
    t.put("i16", Tensor.of(new short[] {-32768, 7}));
    t.put("i8", Tensor.of(new int[] {-128, 127}).to(DType.INT8));
    t.put("bool", Tensor.of(new boolean[] {true, false, true}));
    t.put("scalar", Tensor.scalar(1.25).requiresGrad_(true));
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

  // ---- what save writes, load reads -----------------------------------------------------------

  @Test
  void oddNamesComeBack() throws IOException {
    Path path = folder.resolve("t");
    Map<String, Tensor> odd = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String name :
        List.of(
            "",
            " ",
            "\"quoted\"",
            "back\\slash/",
            "line\nfeed\ttab\u0000nul\u001f\u007f\u0085\u2028\ufeff",
            "\u00e4\ud83d\ude00\uffff\ufffd",
            "{\"a\":1}",
            "__metadata",
            "x".repeat(50_001),
            "\u20ac".repeat(3_000_000))) {
      odd.put(name, Tensor.ones(odd.size() + 1));
      metadata.put(name, name);
    }
    Safetensors.save(odd, path, metadata);
    Map<String, Tensor> loaded = Safetensors.load(path);
    assertEquals(odd.keySet(), loaded.keySet());
    odd.forEach((name, x) -> assertArrayEquals(x.shape(), loaded.get(name).shape()));
    try (var file = SafetensorsFile.open(path)) {
      assertEquals(metadata, file.metadata());
    }
  }

  @Test
  void whatCouldNotBeLoadedIsNotSaved() throws IOException {
    Path path = folder.resolve("t");
    Map<String, Tensor> none = Map.of();
    Map<String, Tensor> withNull = new HashMap<>();
    withNull.put("a", null);
    Map<String, Tensor> nullName = new HashMap<>();
    nullName.put(null, Tensor.ones(1));
    Map<String, String> nullValue = new HashMap<>();
    nullValue.put("epoch", null);
    for (String half : List.of("a\ud83d", "\ude00b", "\ude00\ud83d")) {
      notSaved("no valid Unicode", () -> Safetensors.save(Map.of(half, Tensor.ones(1)), path));
      notSaved("no valid Unicode", () -> Safetensors.save(none, path, Map.of(half, "")));
      notSaved("no valid Unicode", () -> Safetensors.save(none, path, Map.of("k", half)));
    }
    notSaved("\"a\" is null", () -> Safetensors.save(withNull, path));
    notSaved("is null", () -> Safetensors.save(nullName, path));
    notSaved("\"epoch\" is null", () -> Safetensors.save(none, path, nullValue));
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  private static void notSaved(String message, Executable save) {
    var e = assertThrows(IllegalArgumentException.class, save);
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().startsWith("Safetensors.save: "), e.getMessage());
  }

  @Test
  void everyTypeAndLayoutComesBack() throws IOException {
    Path path = folder.resolve("t");
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      Tensor x = Tensor.arange(0, 24).to(dtype);
      all.put(dtype + " flat", x);
      all.put(dtype + " permuted", x.reshape(2, 3, 4).permute(2, 0, 1));
      all.put(dtype + " strided", x.reshape(4, 6).narrow(1, 1, 3));
      all.put(dtype + " expanded", x.narrow(0, 3, 1).reshape(1, 1).expand(3, 2));
      all.put(dtype + " scalar", x.select(0, 5));
      all.put(dtype + " empty", Tensor.zeros(dtype, 3, 0, 2));
      all.put(dtype + " none", Tensor.zeros(dtype, 0));
    }
    Safetensors.save(all, path);
    Map<String, Tensor> loaded = Safetensors.load(path);
    assertEquals(all.keySet(), loaded.keySet());
    all.forEach(
        (name, x) -> {
          assertEquals(x.dtype(), loaded.get(name).dtype(), name);
          assertArrayEquals(x.shape(), loaded.get(name).shape(), name);
          assertArrayEquals(x.toDoubleArray(), loaded.get(name).toDoubleArray(), name);
        });
  }

  // ---- odd files ------------------------------------------------------------------------------

  @Test
  void anInterruptOfOneReaderDisturbsNobody() throws Exception {
    Path path = folder.resolve("t");
    Safetensors.save(samples(), path);
    try (var file = SafetensorsFile.open(path)) {
      Thread.currentThread().interrupt();
      assertEquals(100_000, file.tensor("weight").numel());
      assertTrue(Thread.interrupted());
      var failed = new AtomicReference<Throwable>();
      List<Thread> readers =
          IntStream.range(0, 4)
              .mapToObj(
                  t ->
                      new Thread(
                          () -> {
                            try {
                              for (int i = 0; i < 30; i++) {
                                Tensor x = file.tensor(t % 2 == 0 ? "weight" : "turned");
                                assertEquals(
                                    0.5f, x.reshape(-1).toFloatArray()[t % 2 == 0 ? 1 : 1000]);
                              }
                            } catch (Throwable e) {
                              failed.set(e);
                            }
                          }))
              .toList();
      readers.forEach(Thread::start);
      while (readers.stream().anyMatch(Thread::isAlive)) {
        readers.get(0).interrupt();
        Thread.sleep(1);
      }
      assertNull(failed.get());
    }
    Thread.currentThread().interrupt();
    Safetensors.save(samples(), path);
    assertEquals(samples().keySet(), Safetensors.load(path).keySet());
    assertTrue(Thread.interrupted());
  }

  @Test
  void linksStayAndDevicesAreWrittenTo() throws IOException {
    Path file = folder.resolve("v1");
    Path link = folder.resolve("latest");
    assumeTrue(Files.exists(Path.of("/dev/null")));
    Files.createSymbolicLink(link, Path.of("v1"));
    Safetensors.save(Map.of("a", Tensor.ones(3)), link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(Set.of("a"), Safetensors.load(file).keySet());
    Safetensors.save(samples(), Path.of("/dev/null"));
    assertFalse(Files.isRegularFile(Path.of("/dev/null")));
    var e = assertThrows(IOException.class, () -> Safetensors.load(folder));
    assertTrue(e.getMessage().contains("is a directory"), e.getMessage());
  }

  /**
   * Another process saves the same file again and again, and is killed at some moment. Whoever
   * loads finds a whole file. -Dfacula.kills=N does it N times.
   */
  @Test
  void racingAndKilledProcessesLeaveWholeFiles() throws Exception {
    Path path = folder.resolve("t");
    var random = new Random(3);
    for (int kill = Integer.getInteger("facula.kills", 2); kill > 0; kill--) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dfacula.kernels=scalar",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Saver.class.getName(),
                  path.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        assertEquals('s', child.getInputStream().read(), "it has saved once");
        long end = System.nanoTime() + (20 + random.nextInt(200)) * 1_000_000L;
        while (System.nanoTime() < end) {
          assertWhole(path);
          try {
            Safetensors.save(Map.of("a", Tensor.full(DType.FLOAT32, 0, 1000, 100)), path);
          } catch (IOException e) {
            assertTrue(e.getMessage().contains("another process is writing it"), e.getMessage());
          }
        }
      } finally {
        child.destroyForcibly();
      }
      assertTrue(child.waitFor(30, TimeUnit.SECONDS));
      assertWhole(path);
      Safetensors.save(Map.of("a", Tensor.full(DType.FLOAT32, -1, 1000, 100)), path);
      assertWhole(path);
      try (var files = Files.list(folder)) {
        assertEquals(List.of(path), files.toList());
      }
    }
  }

  private static void assertWhole(Path path) throws IOException {
    float[] values = Safetensors.load(path).get("a").reshape(-1).toFloatArray();
    float[] expected = new float[100_000];
    Arrays.fill(expected, values[0]);
    assertArrayEquals(expected, values);
  }

  /** Saves until it is killed. */
  static final class Saver {
    private Saver() {}

    public static void main(String[] args) throws IOException {
      for (int i = 1; ; i++) {
        try {
          Safetensors.save(Map.of("a", Tensor.full(DType.FLOAT32, i, 1000, 100)), Path.of(args[0]));
          if (i == 1) {
            System.out.write('s');
            System.out.flush();
          }
        } catch (IOException e) {
          if (!e.getMessage().contains("another process is writing it")) {
            throw e;
          }
        }
      }
    }
  }
}
