package dev.facula.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.DTypeException;
import dev.facula.Facula;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
  @TempDir Path folder;

  static Tensor pattern(int channels, int h, int w) {
    byte[] bytes = new byte[channels * h * w];
    for (int i = 0; i < bytes.length; i++) {
      int x = i % w;
      int y = i / w % h;
      int c = i / w / h;
      bytes[i] = (byte) (7 * x + 13 * y + 50 * c + x * y);
    }
    return Tensor.of(bytes, channels, h, w);
  }

  private static byte[] bytes(Tensor t) {
    long[] values = t.toLongArray();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static List<String> recorded() throws IOException {
    try (var in = TransformTest.class.getResourceAsStream("resize.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  static Stream<String> resized() throws IOException {
    List<String> lines = recorded();
    return lines.subList(0, lines.size() - 1).stream();
  }

  /** Pillow's bytes, recorded by src/test/python/resize_pillow.py. */
  @ParameterizedTest
  @MethodSource("resized")
  void resizesBytesLikePillow(String line) {
    String[] f = line.split(" ");
    int[] n = Arrays.stream(f, 0, 4).mapToInt(Integer::parseInt).toArray();
    Tensor out = new Resize(n[2], n[3]).apply(pattern(3, n[0], n[1]));
    assertEquals(DType.UINT8, out.dtype());
    assertArrayEquals(new int[] {3, n[2], n[3]}, out.shape());
    assertEquals(f[4], HexFormat.of().formatHex(bytes(out)));
  }

  private static final double[] INTERPOLATED_3_4 = {
    0.037108, 0.082443, 0.136045, 0.181379, 0.120448, 0.175373, 0.240314, 0.295238, 0.203788,
    0.268303, 0.344583, 0.409097
  };
  private static final double[] INTERPOLATED_8_9 = {
    0.0, 0.018301, 0.039651, 0.061002, 0.082353, 0.103704, 0.125054, 0.146405, 0.164706, 0.022304,
    0.041748, 0.064434, 0.087119, 0.109804, 0.132489, 0.155174, 0.177859, 0.197304
  };
  private static final double[] INTERPOLATED_5_3 = {
    0.023529, 0.082353, 0.141176, 0.077871, 0.145098, 0.212325, 0.132213, 0.207843, 0.283473,
    0.186555, 0.270588, 0.354622, 0.240896, 0.333333, 0.42577
  };

  /** From torch.nn.functional.interpolate(x, size, mode='bilinear', antialias=True). */
  @Test
  void resizesFloatsLikePyTorch() {
    Tensor x = new ToTensor().apply(pattern(1, 5, 7));
    close(new Resize(3, 4).apply(x), INTERPOLATED_3_4);
    close(new Resize(8, 9).apply(x).narrow(1, 0, 2), INTERPOLATED_8_9);
    close(new Resize(5, 3).apply(x), INTERPOLATED_5_3);
    assertEquals(DType.FLOAT64, new Resize(2).apply(x.to(DType.FLOAT64)).dtype());
  }

  @Test
  void resizesTheShorterEdge() {
    assertArrayEquals(new int[] {1, 10, 14}, new Resize(10).apply(pattern(1, 5, 7)).shape());
    assertArrayEquals(new int[] {1, 14, 10}, new Resize(10).apply(pattern(1, 7, 5)).shape());
    assertArrayEquals(new int[] {1, 3, 4}, new Resize(3).apply(pattern(1, 5, 7)).shape());
    Tensor same = pattern(1, 5, 7);
    assertSame(same, new Resize(5).apply(same));
  }

  private static void close(Tensor actual, double... expected) {
    assertArrayEquals(expected, actual.toDoubleArray(), 2e-6);
  }

  @Test
  void toTensorScalesBytesAndNormalizeCentresThem() {
    Tensor image = Tensor.of(new byte[] {0, 51, -1, 127}, 1, 2, 2);
    Tensor scaled = new ToTensor().apply(image);
    assertEquals(DType.FLOAT32, scaled.dtype());
    assertArrayEquals(new float[] {0, 0.2f, 1, 127 / 255f}, scaled.toFloatArray());
    Tensor floats = Tensor.of(new double[] {3, 4}, 1, 1, 2);
    assertArrayEquals(new float[] {3, 4}, new ToTensor().apply(floats).toFloatArray());
    close(new Normalize(0.5, 0.25).apply(scaled), -2, -1.2, 2, (127 / 255.0 - 0.5) * 4);
    Tensor two = Tensor.of(new float[] {1, 2}, 2, 1, 1);
    close(new Normalize(new double[] {0, 1}, new double[] {2, 4}).apply(two), 0.5, 0.25);
    assertArrayEquals(new float[] {1, 2}, two.toFloatArray(), "the image itself");
  }

  @Test
  void centerCropTakesTheMiddle() {
    Tensor x = pattern(1, 5, 6);
    Tensor crop = new CenterCrop(2, 3).apply(x); // round(1.5) = 2, as in Python
    assertArrayEquals(x.narrow(1, 2, 2).narrow(2, 2, 3).toLongArray(), crop.toLongArray());
    Tensor ones = Tensor.ones(DType.UINT8, 1, 1, 1);
    assertArrayEquals(
        new long[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
        new CenterCrop(4).apply(ones).toLongArray());
  }

  @Test
  void randomCropDrawsRowAndColumn() {
    Tensor x = pattern(2, 6, 9);
    RandomCrop crop = new RandomCrop(4, o -> o.padding(1).fill(9));
    for (int seed = 0; seed < 20; seed++) {
      Facula.manualSeed(seed);
      int top = (int) Tensor.randint(0, 8 - 4 + 1, 1).itemLong();
      int left = (int) Tensor.randint(0, 11 - 4 + 1, 1).itemLong();
      Tensor large = Tensor.full(DType.UINT8, 9, 2, 8, 11);
      large.narrow(1, 1, 6).narrow(2, 1, 9).copy_(x);
      Tensor expected = large.narrow(1, top, 4).narrow(2, left, 4);
      Facula.manualSeed(seed);
      assertArrayEquals(expected.toLongArray(), crop.apply(x).toLongArray());
    }
    Facula.manualSeed(1);
    new RandomCrop(6, 9, o -> {}).apply(x); // nothing to choose, nothing drawn
    float next = (float) Tensor.rand(1).item();
    Facula.manualSeed(1);
    assertEquals((float) Tensor.rand(1).item(), next);
  }

  @Test
  void flipsHalfOfTheImages() {
    Tensor x = pattern(1, 2, 3);
    Tensor flipped = x.flip(2);
    Transform flip = new RandomHorizontalFlip();
    int count = 0;
    Facula.manualSeed(0);
    for (int i = 0; i < 1000; i++) {
      long[] y = flip.apply(x).toLongArray();
      boolean turned = Arrays.equals(y, flipped.toLongArray());
      assertTrue(turned || Arrays.equals(y, x.toLongArray()));
      count += turned ? 1 : 0;
    }
    assertTrue(count > 450 && count < 550, "flipped " + count);
    assertSame(x, new RandomHorizontalFlip(0).apply(x));
  }

  @Test
  void composeAppliesInOrder() {
    Tensor x = Tensor.of(new byte[] {-1}, 1, 1, 1);
    Transform all = new Compose(new ToTensor(), new Normalize(0.5, 0.5), image -> image.mul(3));
    assertEquals(3, all.apply(x).item());
    assertSame(x, new Compose().apply(x));
  }

  @Test
  void whatCannotBeIsRefused() {
    Tensor bytes = pattern(3, 4, 4);
    assertThrows(DTypeException.class, () -> new Normalize(0, 1).apply(bytes));
    assertThrows(ShapeException.class, () -> new Resize(2).apply(Tensor.ones(4, 4)));
    assertThrows(ShapeException.class, () -> new CenterCrop(2).apply(Tensor.ones(4)));
    assertThrows(ShapeException.class, () -> new RandomCrop(5).apply(bytes));
    double[] two = {1, 2};
    Tensor floats = bytes.to(DType.FLOAT32);
    assertThrows(ShapeException.class, () -> new Normalize(two, two).apply(floats));
    refused("std must not be 0", () -> new Normalize(1, 0));
    refused("have 2 and 0", () -> new Normalize(two, new double[0]));
    refused("was 0 x 0", () -> new Resize(0));
    refused("was 1 x -1", () -> new CenterCrop(1, -1));
    refused("padding must not be negative", () -> new RandomCrop(1, o -> o.padding(-1)));
    refused("p must be from 0 to 1", () -> new RandomHorizontalFlip(2));
  }

  private static void refused(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  // ---- image files --------------------------------------------------------------------------

  @Test
  void imagesAreWrittenAndRead() throws IOException {
    Tensor color = pattern(3, 6, 7);
    for (String name : new String[] {"a.png", "a.bmp"}) {
      Images.write(color, folder.resolve(name));
      Tensor read = Images.read(folder.resolve(name));
      assertEquals(DType.UINT8, read.dtype());
      assertArrayEquals(new int[] {3, 6, 7}, read.shape());
      assertArrayEquals(color.toLongArray(), read.toLongArray());
    }
    Tensor gray = pattern(1, 6, 7);
    Images.write(gray, folder.resolve("gray.png"));
    assertArrayEquals(
        gray.toLongArray(), Images.read(folder.resolve("gray.png")).select(0, 2).toLongArray());
    Tensor floats = Tensor.of(new float[] {-1, 0.5f, 2, 1}, 1, 2, 2);
    Images.write(floats, folder.resolve("f.PNG"));
    assertArrayEquals(
        new long[] {0, 128, 255, 255}, Images.readGray(folder.resolve("f.PNG")).toLongArray());
    List<String> lines = recorded();
    Tensor weighted = Images.readGray(folder.resolve("a.png"));
    assertEquals(
        lines.get(lines.size() - 1).split(" ")[4], HexFormat.of().formatHex(bytes(weighted)));
    refused("no image format \"xyz\"", () -> Images.write(color, folder.resolve("a.xyz")));
    assertThrows(
        ShapeException.class, () -> Images.write(Tensor.ones(2, 2, 2), folder.resolve("b.png")));
  }
}
