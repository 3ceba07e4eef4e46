package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Floating-point numbers of 16 bits: every one of them, and the rounding between them. */
class ReducedFloatsTest {
  /** The number that the bits stand for, from the definition of the format. */
  private static double value(DType dtype, int bits) {
    int fractionBits = dtype == DType.FLOAT16 ? 10 : 7;
    int exponents = 1 << 15 - fractionBits;
    int bias = exponents / 2 - 1;
    int e = bits >> fractionBits & exponents - 1;
    int f = bits & (1 << fractionBits) - 1;
    double size =
        e == exponents - 1
            ? f == 0 ? Double.POSITIVE_INFINITY : Double.NaN
            : e == 0
                ? f * Math.pow(2, 1 - bias - fractionBits)
                : ((1 << fractionBits) + f) * Math.pow(2, e - bias - fractionBits);
    return bits < 1 << 15 ? size : -size;
  }

  private static Tensor all(DType dtype) {
    ByteBuffer bits = ByteBuffer.allocate(1 << 17).order(ByteOrder.nativeOrder());
    for (int i = 0; i < 1 << 16; i++) {
      bits.putShort((short) i);
    }
    return Tensor.of(bits.flip(), dtype);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void allAreWidenedExactlyAndBack(DType dtype) {
    Tensor x = all(dtype);
    float[] floats = x.toFloatArray();
    double[] doubles = x.to(DType.FLOAT64).toDoubleArray();
    short[] back = bits(Tensor.of(floats).to(dtype));
    for (int i = 0; i < 1 << 16; i++) {
      double wanted = value(dtype, i);
      assertEquals(wanted, floats[i], "bits " + i);
      assertEquals(wanted, doubles[i], "bits " + i);
      if (wanted == wanted) {
        assertEquals((short) i, back[i], "bits " + i);
      } else {
        assertEquals(Double.NaN, value(dtype, back[i] & 0xffff), "bits " + i);
      }
    }
  }

  private static short[] bits(Tensor x) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * x.numel()).order(ByteOrder.nativeOrder());
    x.copyTo(buffer);
    short[] bits = new short[x.numel()];
    buffer.asShortBuffer().get(bits);
    return bits;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void whatLiesBetweenGoesToTheNearestTiesToEven(DType dtype) {
    int infinite = dtype == DType.FLOAT16 ? 0x7c00 : 0x7f80;
    for (int i = 0; i < infinite; i++) {
      double low = value(dtype, i);
      double high = i == infinite - 1 ? 2 * low - value(dtype, i - 1) : value(dtype, i + 1);
      float middle = (float) ((low + high) / 2);
      short even = (short) (i % 2 == 0 ? i : i + 1);
      float[] x = {middle, Math.nextDown(middle), Math.nextUp(middle), -middle};
      short[] wanted = {even, (short) i, (short) (i + 1), (short) (even | 0x8000)};
      assertArrayEquals(wanted, bits(Tensor.of(x).to(dtype)), "above bits " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void oneByOneAndManyAtOnceRoundAlike(DType dtype) {
    Random random = new Random(1);
    float[] x = new float[2000];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(random.nextInt());
    }
    Tensor many = Tensor.of(x).to(dtype);
    for (int i = 0; i < x.length; i++) {
      assertEquals(Tensor.scalar(x[i]).to(dtype).item(), many.select(0, i).item(), "of " + x[i]);
    }
  }

  @Test
  void promotesAsPyTorch() {
    assertEquals(DType.FLOAT32, DType.promote(DType.FLOAT16, DType.BFLOAT16));
    assertEquals(DType.FLOAT16, DType.promote(DType.FLOAT16, DType.INT64));
    assertEquals(DType.FLOAT64, DType.promote(DType.BFLOAT16, DType.FLOAT64));
    assertEquals(DType.INT16, DType.promote(DType.INT8, DType.UINT8));
    assertEquals(DType.INT16, DType.promote(DType.INT16, DType.INT8));
    assertEquals(DType.INT8, DType.promote(DType.INT8, DType.BOOL));
    Tensor half = Tensor.ones(DType.FLOAT16, 2);
    assertEquals(DType.FLOAT16, half.mul(2.5).dtype());
    assertEquals(DType.FLOAT16, half.mul(Tensor.scalar(DType.FLOAT64, 2)).dtype());
    assertEquals(DType.FLOAT32, half.add(Tensor.ones(2)).dtype());
    assertEquals(DType.FLOAT16, Tensor.of(1, 2).mul(Tensor.scalar(DType.FLOAT16, 2)).dtype());
    assertEquals(DType.INT64, Tensor.ones(DType.INT8, 3).sum().dtype());
    assertEquals(DType.FLOAT32, Tensor.ones(DType.INT16, 3).exp().dtype());
  }

  @Test
  void smallIntegersWrap() {
    Tensor x = Tensor.of(100, -100).to(DType.INT8);
    assertArrayEquals(new long[] {-56, 56}, x.mul(2).toLongArray());
    assertArrayEquals(new long[] {-56, 56}, x.add(x).toLongArray());
    Tensor y = Tensor.of(new short[] {30000});
    assertEquals(-5536, y.add(y).itemLong());
    assertArrayEquals(new short[] {30000}, y.toShortArray());
    assertEquals(44, Tensor.of(300).to(DType.INT8).itemLong());
  }

  @Test
  void resultsAreRoundedOnce() {
    Tensor x = Tensor.of(1.0, 1e-3).to(DType.FLOAT16);
    // 2048 terms of 1 and one of 1e-3: the sum is kept in float32
    assertEquals(2048, Tensor.ones(DType.FLOAT16, 2048).sum().item());
    assertEquals(4096, Tensor.ones(DType.FLOAT16, 4096).sum().item());
    assertEquals(1.0009765625, x.sum().item());
    Tensor big = Tensor.of(300.0).to(DType.FLOAT16);
    assertEquals(Double.POSITIVE_INFINITY, big.mul(big).item());
    assertEquals(Double.POSITIVE_INFINITY, big.square().item());
  }

  @Test
  void typesThatDifferAreRefusedWhereTheyAreToBeEqual() {
    Tensor half = Tensor.ones(DType.FLOAT16, 2, 2);
    Tensor brain = Tensor.ones(DType.BFLOAT16, 2, 2);
    Tensor single = Tensor.ones(2, 2);
    for (Tensor other : new Tensor[] {brain, single}) {
      assertThrows(DTypeException.class, () -> half.matmul(other));
      assertThrows(DTypeException.class, () -> other.matmul(half));
      assertThrows(DTypeException.class, () -> Functional.linear(half, other));
      assertThrows(DTypeException.class, () -> Functional.linear(other, half));
    }
  }

  /** The first draws of torch 2.13 after manual_seed(0), and the number that comes after them. */
  @Test
  void drawsAreThoseOfPyTorch() {
    Generator g = new Generator(0);
    double[] uniform = {0.496337890625, 0.76806640625, 0.0885009765625};
    assertArrayEquals(uniform, Tensor.rand(DType.FLOAT16, g, 3).toDoubleArray());
    g = new Generator(0);
    double[] brain = {0.49609375, 0.76953125, 0.08837890625};
    assertArrayEquals(brain, Tensor.rand(DType.BFLOAT16, g, 3).toDoubleArray());
    g = new Generator(0);
    double[] normal = {1.541015625, -0.29345703125, -2.1796875, 0.568359375};
    assertArrayEquals(normal, Tensor.randn(DType.FLOAT16, g, 4).toDoubleArray());
    g = new Generator(0);
    double[] blocks = Tensor.randn(DType.FLOAT16, g, 17).toDoubleArray();
    assertArrayEquals(
        new double[] {-1.1259765625, -1.3525390625, -1.6962890625, 0.75, -0.84375},
        new double[] {blocks[0], blocks[1], blocks[2], blocks[9], blocks[16]});
    assertEquals(0.1759, Tensor.rand(g, 1).item(), 5e-5);
    g = new Generator(0);
    Tensor eight = Tensor.empty(DType.INT8, 4).random_(g);
    assertArrayEquals(new long[] {44, 47, 117, 64}, eight.toLongArray());
    g = new Generator(0);
    Tensor sixteen = Tensor.empty(DType.INT16, 4).random_(g);
    assertArrayEquals(new long[] {2732, 10799, 9845, 19648}, sixteen.toLongArray());
    g = new Generator(0);
    Tensor half = Tensor.empty(DType.FLOAT16, 4).random_(g);
    assertArrayEquals(new long[] {1277, 1017, 1661, 999}, half.toLongArray());
  }

  /** Few rows go through dot products, more through blocks of widened weights. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT16", "BFLOAT16"})
  void denseLayersReadWeightsOfSixteenBits(DType dtype) {
    for (int m : new int[] {1, 2, 3, 20}) {
      for (int k : new int[] {1, 7, 64, 131}) {
        Generator g = new Generator(m * 1000L + k);
        Tensor x = Tensor.randn(g, m, k).to(dtype);
        Tensor w = Tensor.randn(g, 37, k).to(dtype);
        Tensor b = Tensor.randn(g, 37).to(dtype);
        Tensor y = Functional.linear(x, w, b);
        assertEquals(dtype, y.dtype());
        Tensor wide =
            Functional.linear(x.to(DType.FLOAT64), w.to(DType.FLOAT64), b.to(DType.FLOAT64));
        double step = dtype == DType.FLOAT16 ? 0x1p-11 : 0x1p-8;
        double most = wide.abs().max().item();
        assertArrayEquals(wide.toDoubleArray(), y.toDoubleArray(), 1.1 * step * most + 1e-5);
        assertArrayEquals(
            Functional.linear(x, w, b).toDoubleArray(),
            Functional.linear(x, w.t().contiguous().t(), b).toDoubleArray());
      }
    }
    Tensor odd = Tensor.of(1, Float.POSITIVE_INFINITY, Float.NaN).to(dtype).reshape(3, 1);
    double[] y = Functional.linear(Tensor.ones(dtype, 1, 1), odd).toDoubleArray();
    assertArrayEquals(new double[] {1, Double.POSITIVE_INFINITY, Double.NaN}, y);
    assertArrayEquals(
        new int[] {2, 0, 3},
        Functional.linear(Tensor.ones(dtype, 2, 0, 4), Tensor.ones(dtype, 3, 4)).shape());
  }
}
