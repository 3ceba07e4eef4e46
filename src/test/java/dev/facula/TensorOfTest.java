package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Numbers and arrays of Java as tensors: type, shape and values. */
final class TensorOfTest {
  private static void holds(DType dtype, int[] shape, double[] values, Tensor x) {
    assertEquals(dtype, x.dtype());
    assertArrayEquals(shape, x.shape());
    assertArrayEquals(values, x.toDoubleArray());
  }

  private static int[] shape(int... sizes) {
    return sizes;
  }

  private static double[] values(double... values) {
    return values;
  }

  @Test
  void numbers() {
    holds(DType.INT64, shape(2), values(1, 2), Tensor.of(1, 2));
    holds(DType.INT64, shape(1), values(3), Tensor.of(3));
    holds(DType.INT64, shape(2), values(1, 2), Tensor.of(1, 2L));
    holds(DType.FLOAT32, shape(2), values(1, 2.5), Tensor.of(1.0, 2.5));
    holds(DType.FLOAT32, shape(1), values(0.1f), Tensor.of(0.1));
    holds(DType.FLOAT32, shape(2), values(1, 2.5), Tensor.of(1, 2.5));
    holds(DType.FLOAT32, shape(1), values(1), Tensor.of(1f));
    holds(DType.FLOAT32, shape(3), values(1, 2, 3), Tensor.of(1f, 2f, 3f));
    holds(DType.BOOL, shape(3), values(1, 0, 1), Tensor.of(true, false, true));
    holds(DType.FLOAT32, shape(0), values(), Tensor.of());
    assertEquals((1L << 53) + 1, Tensor.of((1L << 53) + 1).itemLong());
  }

  @Test
  void arraysHaveTheirTypeAndOneDimension() {
    holds(DType.FLOAT32, shape(1), values(3), Tensor.of(new float[] {3}));
    holds(DType.FLOAT64, shape(1), values(0.1), Tensor.of(new double[] {0.1}));
    holds(DType.INT64, shape(1), values(3), Tensor.of(new long[] {3}));
    holds(DType.INT32, shape(1), values(3), Tensor.of(new int[] {3}));
    holds(DType.UINT8, shape(1), values(255), Tensor.of(new byte[] {-1}));
    holds(DType.BOOL, shape(1), values(1), Tensor.of(new boolean[] {true}));
    holds(DType.FLOAT32, shape(0), values(), Tensor.of(new float[0]));
    holds(DType.INT32, shape(2), values(1, 2), Tensor.of(new int[] {1, 2}));
    float[] data = {1, 2};
    Tensor copy = Tensor.of(data);
    data[0] = 5;
    holds(DType.FLOAT32, shape(2), values(1, 2), copy);
  }

  @Test
  void arraysWithShapes() {
    holds(
        DType.FLOAT32, shape(2, 2), values(1, 2, 3, 4), Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    holds(DType.INT32, shape(2), values(1, 2), Tensor.of(new int[] {1, 2}, 2));
    holds(DType.INT64, shape(2, 1), values(1, 2), Tensor.of(new long[] {1, 2}, 2, 1));
    Tensor scalar = Tensor.scalar(4);
    holds(DType.FLOAT64, shape(), values(4), Tensor.of(scalar.toDoubleArray(), scalar.shape()));
    holds(DType.FLOAT64, shape(0, 3), values(), Tensor.of(new double[0], 0, 3));
    var e = assertThrows(ShapeException.class, () -> Tensor.of(new float[] {1, 2, 3}, 2, 2));
    assertTrue(e.getMessage().contains("4 != 3"), e.getMessage());
    assertThrows(ShapeException.class, () -> Tensor.of(new float[2], new int[0]));
  }

  @Test
  void nestedArrays() {
    holds(
        DType.FLOAT32, shape(2, 2), values(1, 2, 3, 4), Tensor.of(new float[][] {{1, 2}, {3, 4}}));
    holds(DType.FLOAT64, shape(1, 2), values(1, 2), Tensor.of(new double[][] {{1, 2}}));
    holds(DType.INT64, shape(2, 1), values(1, 2), Tensor.of(new long[][] {{1}, {2}}));
    holds(DType.INT32, shape(2, 1), values(1, 2), Tensor.of(new int[][] {{1}, {2}}));
    holds(DType.UINT8, shape(1, 2), values(1, 255), Tensor.of(new byte[][] {{1, -1}}));
    holds(DType.BOOL, shape(1, 2), values(1, 0), Tensor.of(new boolean[][] {{true, false}}));
    holds(
        DType.INT32,
        shape(2, 1, 3),
        values(1, 2, 3, 4, 5, 6),
        Tensor.of(new int[][][] {{{1, 2, 3}}, {{4, 5, 6}}}));
    holds(DType.FLOAT32, shape(1, 1, 1, 1), values(7), Tensor.of(new float[][][][] {{{{7}}}}));
    holds(DType.FLOAT32, shape(2, 0), values(), Tensor.of(new float[2][0]));
    holds(DType.INT64, shape(0, 0), values(), Tensor.of(new long[0][]));
  }

  @Test
  void raggedAndOtherArraysAreRefused() {
    var e = assertThrows(ShapeException.class, () -> Tensor.of(new float[][] {{1, 2}, {3, 4, 5}}));
    assertTrue(e.getMessage().contains("in dimension 1") && e.getMessage().contains("3 != 2"));
    assertThrows(ShapeException.class, () -> Tensor.of(new int[][][] {{{1}}, {{1}, {2}}}));
    e = assertThrows(ShapeException.class, () -> Tensor.of(new float[][] {{1, 2}, null}));
    assertTrue(e.getMessage().contains("a null"), e.getMessage());
    assertThrows(ShapeException.class, () -> Tensor.of(new float[][] {null, {1, 2}}));
    var type = assertThrows(DTypeException.class, () -> Tensor.of(new String[] {"1", "2"}));
    assertTrue(type.getMessage().contains("String[]"), type.getMessage());
    assertThrows(DTypeException.class, () -> Tensor.of(new char[][] {{1}}));
  }
}
