package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Limits, leaks and blends at the ends of their pieces, with the answers of PyTorch 2.13. */
class PiecewiseTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;

  private static Tensor x() {
    return Tensor.of(new float[] {-2, -1, -0f, 1, 2, NAN, INF, -INF}).requiresGrad_(true);
  }

  private static void check(UnaryOperator<Tensor> f, float[] values, float[] gradient) {
    Tensor x = x();
    Tensor y = f.apply(x);
    assertArrayEquals(values, y.toFloatArray());
    assertArrayEquals(gradient, Autograd.grad(y.sum(), x).toFloatArray());
  }

  @Test
  void gradientsAtTheEnds() {
    check(
        x -> x.clamp(-1, 1),
        new float[] {-1, -1, -0f, 1, 1, NAN, 1, -1},
        new float[] {0, 1, 1, 1, 0, 0, 0, 0});
    check(
        x -> x.clamp(null, 1),
        new float[] {-2, -1, -0f, 1, 1, NAN, 1, -INF},
        new float[] {1, 1, 1, 1, 0, 0, 0, 1});
    check(
        x -> Functional.hardtanh(x, -1, 2),
        new float[] {-1, -1, -0f, 1, 2, NAN, 2, -1},
        new float[] {0, 0, 1, 1, 0, 1, 0, 0});
    check(
        x -> Functional.leakyRelu(x, -0.5),
        new float[] {1, 0.5f, 0, 1, 2, NAN, INF, INF},
        new float[] {-0.5f, -0.5f, -0.5f, 1, 1, -0.5f, 1, -0.5f});
  }

  @Test
  void lerpFromTheNearerEnd() {
    Tensor x = Tensor.of(new float[] {-1, 1e8f});
    Tensor end = Tensor.of(new float[] {3, 1});
    assertArrayEquals(new float[] {3, 1}, x.lerp(end, 1).toFloatArray());
    Tensor weight = Tensor.scalar(DType.FLOAT64, 0.25); // one number may be of another type
    assertArrayEquals(new float[] {0, 7.5e7f}, x.lerp(end, weight).toFloatArray());
    Tensor learned = weight.clone().requiresGrad_(true);
    assertEquals(4 - 99999999.0, Autograd.grad(x.lerp(end, learned).sum(), learned).item(), 8);
  }

  @Test
  void integers() {
    Tensor i = Tensor.of(new long[] {1, 2, 3});
    assertArrayEquals(new long[] {2, 2, 3}, i.clamp(2, null).toLongArray());
    assertArrayEquals(new float[] {1, 2, 2.5f}, i.clamp(null, 2.5).toFloatArray());
    assertArrayEquals(new long[] {1, 2, 2}, i.clone().clamp_(0, 2).toLongArray());
    assertThrows(DTypeException.class, () -> i.lerp(i, 0.5));
    assertThrows(DTypeException.class, () -> Functional.mseLoss(i, i));
    assertEquals(0, Functional.mseLoss(i, i.to(DType.FLOAT32)).item());
  }

  @Test
  void errorsNameTheOperation() {
    Tensor x = Tensor.ones(3, 4);
    Exception e = assertThrows(ShapeException.class, () -> x.lerp(Tensor.ones(5), 0.3));
    assertTrue(e.getMessage().startsWith("lerp: shapes [3, 4] and [5]"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> x.clamp_((Number) null, null));
  }
}
