package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Ranges whose ends no double tells apart, and how many numbers lie in others. */
class ArangeTest {
  private static final long MIN = Long.MIN_VALUE;
  private static final long MAX = Long.MAX_VALUE;

  private static void check(Number start, Number end, Number step, long... expected) {
    Tensor x = Tensor.arange(DType.INT64, start, end, step);
    assertArrayEquals(expected, x.toLongArray(), start + " " + end + " " + step);
  }

  @Test
  void integersAreCountedExactly() {
    long large = 1L << 53;
    check(large, large + 3, 1, large, large + 1, large + 2);
    check(large + 1, large + 2, 1, large + 1);
    check(large + 2, large - 1, -1, large + 2, large + 1, large);
    check(MAX - 2, MAX, 1, MAX - 2, MAX - 1);
    check(MIN, MIN + 2, 1, MIN, MIN + 1);
    check(MIN, MIN, 1);
    check(MAX, MAX - 7, -2, MAX, MAX - 2, MAX - 4, MAX - 6);
    check(MAX - 10, MAX, 7, MAX - 10, MAX - 3);
    check(0, 10, 3, 0, 3, 6, 9);
    check(0, 9, 3, 0, 3, 6);
    check(10, 0, -3, 10, 7, 4, 1);
    // where PyTorch's own arithmetic overflows
    check(0, MAX, MAX, 0);
    check(0, MAX, MAX - 1, 0, MAX - 1);
    check(0, 5, MAX, 0);
    check(5, 0, MIN, 5);
    check(MIN, MAX, MAX, MIN, -1, MAX - 1);
    check(MAX, MIN, MIN, MAX, -1);
    check(0, MIN, -(1L << 62), 0, -(1L << 62));
    String message =
        assertThrows(ShapeException.class, () -> Tensor.arange(MIN, MAX, 1)).getMessage();
    assertTrue(message.startsWith("arange: 18446744073709551615 elements"), message);
  }

  @Test
  void fractionsAreCutOffFirst() {
    check(0.9, 5.9, 1.9, 0, 1, 2, 3, 4);
    check(-0.5, 2.5, 1, 0, 1);
    check(0.5, 0.2, 1);
    assertEquals(3, Tensor.arange(DType.INT32, 0.9, 5.9, 1.9).numel()); // counted before, as there
    assertEquals(10, Tensor.arange(DType.UINT8, 0, 5, 0.5).numel());
    assertEquals(0, Tensor.arange(DType.INT32, 0.5, 0.2, 1).numel());
  }

  @Test
  void realNumbersAreCountedInDouble() {
    assertArrayEquals(
        new float[] {0.1f, 0.2f, 0.3f, 0.4f}, Tensor.arange(0.1, 0.4, 0.1).toFloatArray(), 1e-7f);
    assertEquals(11, Tensor.arange(1, 1.0000001, 1e-8).numel());
    assertEquals(3, Tensor.arange(0, 1, 1 / 3.0).numel());
    long large = 1L << 53;
    assertEquals(4, Tensor.arange(DType.FLOAT64, large, large + 3, 1).numel());
    assertEquals(0, Tensor.arange(0, 1, Double.POSITIVE_INFINITY).numel());
  }

  @Test
  void whatLeadsNowhereIsAnError() {
    long large = 1L << 53;
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(large + 1, large, 1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(large, large + 1, -1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(DType.INT64, 0, 5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(DType.INT64, 1e20, 2e20, 1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, 1, Double.NaN));
  }
}
