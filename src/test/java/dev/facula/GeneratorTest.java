package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams against those recorded by src/test/python/random_streams.py. */
class GeneratorTest {
  static List<String> recorded() throws IOException {
    try (var in = GeneratorTest.class.getResourceAsStream("random_streams.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void drawsWhatPyTorchDraws(String line) {
    String[] f = line.split(" ");
    var generator = new Generator(Long.parseLong(f[1]));
    int n = Integer.parseInt(f[3]);
    // Filled in the middle of a larger array: nothing around it may change.
    switch (f[2]) {
      case "float32" -> {
        float[] a = new float[n + 4];
        Arrays.fill(a, 7);
        fill(generator, f[0], a, n, doubles(f[4]));
        assertTrue(a[0] == 7 && a[1] == 7 && a[n + 2] == 7 && a[n + 3] == 7);
        a = Arrays.copyOfRange(a, 2, n + 2);
        ByteBuffer bytes = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
        for (float x : a) {
          bytes.putFloat(x);
        }
        check(f[5], bytes.array(), a);
      }
      case "float64" -> {
        double[] a = new double[n + 4];
        Arrays.fill(a, 7);
        fill(generator, f[0], a, n, doubles(f[4]));
        assertTrue(a[0] == 7 && a[1] == 7 && a[n + 2] == 7 && a[n + 3] == 7);
        a = Arrays.copyOfRange(a, 2, n + 2);
        ByteBuffer bytes = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
        for (double x : a) {
          bytes.putDouble(x);
        }
        check(f[5], bytes.array(), a, f[0].startsWith("normal") ? doubles(f[4])[0] : 0);
      }
      default -> {
        long[] a = new long[n + 4];
        Arrays.fill(a, 7);
        fill(generator, f[0], a, n, longs(f[4]));
        assertTrue(a[0] == 7 && a[1] == 7 && a[n + 2] == 7 && a[n + 3] == 7);
        a = Arrays.copyOfRange(a, 2, n + 2);
        ByteBuffer bytes = ByteBuffer.allocate(8 * n).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(a);
        if (f[5].startsWith("crc:")) {
          assertEquals(f[5], crc(bytes.array()));
        } else {
          assertArrayEquals(longs(f[5]), a);
        }
      }
    }
    float[] next = new float[3];
    generator.uniform(next, 0, 3, 0, 1);
    for (int i = 0; i < 3; i++) {
      assertEquals(f[6].split(",")[i], hex(next[i]), "the stream afterwards");
    }
  }

  @Test
  void stateGoesBackAndForth() {
    var g = new Generator(11);
    float[] a = new float[700];
    g.normal(a, 0, 5, 0, 1); // leaves a pending number
    byte[] state = g.getState();
    g.normal(a, 0, 3, 0, 1);
    g.uniform(a, 3, 697, 0, 1);
    var other = new Generator().manualSeed(99);
    other.setState(state);
    assertArrayEquals(state, other.getState());
    assertEquals(11, other.initialSeed());
    float[] b = new float[700];
    other.normal(b, 0, 3, 0, 1);
    other.uniform(b, 3, 697, 0, 1);
    assertArrayEquals(a, b);
  }

  @Test
  void stateHasPyTorchsLayout() {
    // zlib.crc32 of torch.get_rng_state() after manual_seed(5), and after another randn(3)
    var g = new Generator(5);
    assertEquals(5056, g.getState().length);
    assertEquals("crc:e2922ed1", crc(g.getState()));
    g.normal(new float[3], 0, 3, 0, 1);
    assertEquals("crc:906277ce", crc(g.getState()));
  }

  @Test
  void hostileStatesAreRefused() {
    var g = new Generator(1);
    g.uniform(new float[3], 0, 3, 0, 1);
    byte[] before = g.getState();
    assertThrows(IllegalArgumentException.class, () -> g.setState(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> g.setState(new byte[5056]));
    for (int at = 8; at < 24; at++) {
      byte[] bad = before.clone();
      bad[at] ^= 0x55;
      assertThrows(IllegalArgumentException.class, () -> g.setState(bad));
    }
    assertArrayEquals(before, g.getState());
  }

  @Test
  void seedsDifferAndAreKept() {
    var g = new Generator();
    assertEquals(67280421310721L, g.initialSeed());
    long seed = g.seed();
    assertEquals(seed, g.initialSeed());
    assertNotEquals(seed, g.seed());
  }

  @Test
  void fillsByManyThreadsAreIndivisible() throws InterruptedException {
    var g = new Generator(3);
    float[][] parts = new float[8][1000];
    var threads = Arrays.stream(parts).map(p -> new Thread(() -> g.uniform(p, 0, 1000, 0, 1)));
    var started = threads.peek(Thread::start).toList();
    for (Thread t : started) {
      t.join();
    }
    float[] all = new float[8000];
    new Generator(3).uniform(all, 0, 8000, 0, 1);
    Arrays.sort(parts, (p, q) -> Integer.compare(indexOf(all, p[0]), indexOf(all, q[0])));
    for (int i = 0; i < 8; i++) {
      assertArrayEquals(Arrays.copyOfRange(all, 1000 * i, 1000 * i + 1000), parts[i]);
    }
  }

  private static int indexOf(float[] a, float x) {
    return IntStream.range(0, a.length).filter(i -> a[i] == x).findFirst().orElseThrow();
  }

  private static void fill(Generator g, String draw, float[] a, int n, double[] args) {
    switch (draw) {
      case "uniform" -> g.uniform(a, 2, n, args[0], args[1]);
      case "normal" -> g.normal(a, 2, n, args[0], args[1]);
      case "normal_strided" -> g.normalPairs(a, 2, n, args[0], args[1]);
      case "bernoulli" -> g.bernoulli(a, 2, n, args[0]);
      case "bernoulli_each" -> {
        float[] p = new float[n];
        for (int i = 0; i < n; i++) {
          p[i] = i / (n - 1f);
        }
        g.bernoulli(a, 2, n, p, 0);
      }
      case "exponential" -> g.exponential(a, 2, n, args[0]);
      default -> throw new AssertionError(draw);
    }
  }

  private static void fill(Generator g, String draw, double[] a, int n, double[] args) {
    switch (draw) {
      case "uniform" -> g.uniform(a, 2, n, args[0], args[1]);
      case "normal" -> g.normal(a, 2, n, args[0], args[1]);
      case "normal_strided" -> g.normalPairs(a, 2, n, args[0], args[1]);
      case "bernoulli" -> g.bernoulli(a, 2, n, args[0]);
      case "bernoulli_each" ->
          g.bernoulli(a, 2, n, IntStream.range(0, n).mapToDouble(i -> i / (n - 1d)).toArray(), 0);
      case "exponential" -> g.exponential(a, 2, n, args[0]);
      default -> throw new AssertionError(draw);
    }
  }

  private static void fill(Generator g, String draw, long[] a, int n, long[] args) {
    switch (draw) {
      case "integers" -> g.integers(a, 2, n, args[0], args[1]);
      case "power_of_two" -> g.powerOfTwo(a, 2, n, (int) args[0]);
      case "permutation" -> g.permutation(a, 2, n);
      default -> throw new AssertionError(draw);
    }
  }

  private static void check(String expected, byte[] bytes, float[] values) {
    if (expected.startsWith("crc:")) {
      assertEquals(expected, crc(bytes));
      return;
    }
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected.split(",")[i], hex(values[i]), "element " + i);
    }
  }

  /**
   * To two units in the last place of the number before the mean was added: PyTorch takes float64
   * logarithms from the C library.
   */
  private static void check(String expected, byte[] bytes, double[] values, double mean) {
    if (expected.startsWith("crc:")) {
      assertEquals(expected, crc(bytes));
      return;
    }
    for (int i = 0; i < values.length; i++) {
      double e = Double.longBitsToDouble(Long.parseUnsignedLong(expected.split(",")[i], 16));
      assertEquals(e, values[i], 2 * Math.ulp(Math.abs(e) + Math.abs(mean)), "element " + i);
    }
  }

  private static String hex(float x) {
    return HexFormat.of().toHexDigits(Float.floatToRawIntBits(x));
  }

  private static String crc(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return "crc:" + HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static double[] doubles(String s) {
    return s.equals("-")
        ? new double[0]
        : Arrays.stream(s.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  private static long[] longs(String s) {
    return s.equals("-")
        ? new long[0]
        : Arrays.stream(s.split(",")).mapToLong(Long::parseLong).toArray();
  }
}
