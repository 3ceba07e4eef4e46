package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class UtilsTest {
  private static Tensor withGradient(float... g) {
    Tensor p = Tensor.zeros(g.length).requiresGrad_(true);
    p.setGrad(Tensor.of(g));
    return p;
  }

  @Test
  void normsAreClipped() {
    Tensor a = withGradient(3, 0);
    Tensor b = withGradient(0, 4);
    Tensor none = Tensor.zeros(1).requiresGrad_(true);
    assertEquals(5, Utils.clipGradNorm_(List.of(a, none, b), 10).item(), 1e-6);
    assertArrayEquals(new float[] {3, 0}, a.grad().toFloatArray());
    assertEquals(5, Utils.clipGradNorm_(List.of(a, b), 1).item(), 1e-6);
    assertArrayEquals(new float[] {0.6f, 0}, a.grad().toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {0, 0.8f}, b.grad().toFloatArray(), 1e-6f);
    Tensor c = withGradient(3, -8);
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(8, Utils.clipGradNorm_(List.of(c), 4, infinity, false).item(), 1e-6);
    assertArrayEquals(new float[] {1.5f, -4}, c.grad().toFloatArray(), 1e-5f);
    assertEquals(0, Utils.clipGradNorm_(List.of(none), 1).item());
  }

  @Test
  void normsThatAreNotFinite() {
    Tensor p = withGradient(Float.NaN, 1);
    assertThrows(ArithmeticException.class, () -> Utils.clipGradNorm_(List.of(p), 1, 2, true));
    assertArrayEquals(new float[] {Float.NaN, 1}, p.grad().toFloatArray());
  }

  @Test
  void valuesAreClipped() {
    Tensor p = withGradient(-3, 0.5f, 2);
    Utils.clipGradValue_(List.of(p), 1);
    assertArrayEquals(new float[] {-1, 0.5f, 1}, p.grad().toFloatArray());
  }
}
