package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import org.junit.jupiter.api.Test;

class InitTest {
  @Test
  void gains() {
    assertEquals(1, Init.calculateGain("linear"));
    assertEquals(1, Init.calculateGain("sigmoid"));
    assertEquals(5.0 / 3, Init.calculateGain("tanh"));
    assertEquals(Math.sqrt(2), Init.calculateGain("relu"));
    assertEquals(Math.sqrt(2 / 1.0001), Init.calculateGain("leaky_relu"), 1e-12);
    assertEquals(Math.sqrt(2 / 1.04), Init.calculateGain("leaky_relu", 0.2), 1e-12);
    assertEquals(0.75, Init.calculateGain("selu"));
  }

  private static double largest(Tensor t) {
    return t.abs().amax().item();
  }

  private static double std(Tensor t) {
    return Math.sqrt(t.square().mean().item());
  }

  @Test
  void boundsFollowTheFans() {
    Generator g = new Generator(1);
    Tensor w = Tensor.zeros(DType.FLOAT64, 40, 20, 3, 3);
    double xavier = Math.sqrt(6.0 / (20 * 9 + 40 * 9));
    assertEquals(2 * xavier, largest(Init.xavierUniform_(w, 2, g)), 0.01 * xavier);
    double fanOut = Math.sqrt(2) * Math.sqrt(3.0 / (40 * 9));
    assertEquals(
        fanOut,
        largest(Init.kaimingUniform_(w, o -> o.mode("fan_out").nonlinearity("relu").generator(g))),
        0.01 * fanOut);
    double normal = Math.sqrt(2.0 / (20 * 9));
    assertEquals(normal, std(Init.kaimingNormal_(w, o -> o.generator(g))), 0.05 * normal);
    assertThrows(ShapeException.class, () -> Init.xavierUniform_(Tensor.zeros(3)));
  }

  @Test
  void layersStartWithinTheirBounds() {
    Facula.manualSeed(0);
    Linear linear = new Linear(400, 30);
    assertEquals(0.05, largest(linear.weight()), 1e-4);
    assertTrue(largest(linear.bias()) <= 0.05);
    Conv2d conv = new Conv2d(16, 8, 5, o -> o.groups(4));
    assertEquals(0.1, largest(conv.weight()), 1e-3);
    assertEquals(1, std(new Embedding(100, 50).weight().detach()), 0.05);
  }

  @Test
  void patterns() {
    assertArrayEquals(new float[] {1, 0, 0, 0, 1, 0}, Init.eye_(Tensor.ones(2, 3)).toFloatArray());
    Tensor x = Tensor.randn(1, 4, 5, 5);
    Conv2d conv = new Conv2d(4, 4, 3, o -> o.padding(1).groups(2).bias(false));
    Init.dirac_(conv.weight(), 2);
    assertArrayEquals(x.toFloatArray(), conv.forward(x).toFloatArray(), 1e-6f);
    assertThrows(ShapeException.class, () -> Init.eye_(Tensor.zeros(2)));
    assertThrows(IllegalArgumentException.class, () -> Init.dirac_(Tensor.zeros(3, 1, 1), 2));
    assertEquals(6, Init.ones_(Tensor.zeros(2, 3)).sum().item());
  }

  @Test
  void orthogonal() {
    int[][] shapes = {{5, 9}, {9, 5}, {4, 2, 3}};
    for (int[] shape : shapes) {
      Tensor w =
          Init.orthogonal_(Tensor.zeros(DType.FLOAT64, shape), 2, new Generator(3))
              .view(shape[0], -1);
      Tensor product = w.size(0) < w.size(1) ? w.matmul(w.t()) : w.t().matmul(w);
      double[] p = product.toDoubleArray();
      int n = product.size(0);
      for (int i = 0; i < p.length; i++) {
        assertEquals(i / n == i % n ? 4 : 0, p[i], 1e-12);
      }
    }
  }

  @Test
  void truncatedAndSparse() {
    Tensor t = Init.truncNormal_(Tensor.zeros(2000), 1, 2, 0, 3, new Generator(4));
    assertTrue(t.amin().item() >= 0 && t.amax().item() <= 3);
    Tensor tail = Init.truncNormal_(Tensor.zeros(2000), 0, 1, 2, 3, new Generator(5));
    assertTrue(tail.amin().item() >= 2 && tail.amax().item() <= 3);
    // the mean of a normal distribution between 2 and 3
    assertEquals(2.3158, tail.mean().item(), 0.02);
    Facula.manualSeed(6);
    Tensor sparse = Init.sparse_(Tensor.zeros(10, 6), 0.3);
    for (int c = 0; c < 6; c++) {
      assertEquals(3, sparse.select(1, c).eq(0).to(DType.INT64).sum().itemLong());
    }
  }

  @Test
  void parametersMayBeOverwritten() {
    Linear layer = new Linear(2, 2);
    Init.constant_(layer.weight(), 0.5);
    assertTrue(layer.weight().requiresGrad() && layer.weight().isLeaf());
    assertEquals(2, layer.weight().detach().sum().item());
  }
}
