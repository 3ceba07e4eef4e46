package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.DType;
import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;
import org.junit.jupiter.api.Test;

class PoolingTest {
  private static int[] of(int... values) {
    return values;
  }

  @Test
  void derivatives() {
    Gradients.check(
        in ->
            Functional.maxPool2d(
                    in.get(0),
                    of(3, 2),
                    o -> o.stride(of(2)).padding(of(1, 0)).dilation(of(1)).ceilMode(true))
                .square(),
        Gradients.random(1, 2, 5, 6));
    Gradients.check(
        in ->
            Functional.maxPool1d(
                    in.get(0), of(2), o -> o.stride(of()).padding(of(0)).dilation(of(2)))
                .square(),
        Gradients.random(2, 2, 7));
    Gradients.check(
        in ->
            Functional.maxPool3d(
                    in.get(0), of(2), o -> o.stride(of(1)).padding(of(0)).dilation(of(1)))
                .square(),
        Gradients.random(3, 1, 1, 3, 3, 3));
    Gradients.check(
        in ->
            Functional.avgPool2d(
                    in.get(0),
                    of(3),
                    o -> o.stride(of(2)).padding(of(1)).ceilMode(true).countIncludePad(false))
                .square(),
        Gradients.random(4, 2, 5, 6));
    Gradients.check(
        in ->
            Functional.avgPool3d(
                    in.get(0), of(2), o -> o.stride(of(1)).padding(of(1)).countIncludePad(true))
                .square(),
        Gradients.random(5, 1, 1, 2, 3, 2));
    Gradients.check(
        in -> Functional.adaptiveAvgPool2d(in.get(0), 2, 3).square(), Gradients.random(6, 1, 5, 6));
    Gradients.check(
        in -> Functional.adaptiveMaxPool2dWithIndices(in.get(0), 2).values().square(),
        Gradients.random(7, 1, 5, 3));
  }

  @Test
  void windows() {
    Tensor x = Tensor.arange(16).to(DType.FLOAT32).view(1, 4, 4);
    assertArrayEquals(new float[] {5, 7, 13, 15}, new MaxPool2d(2, 2).forward(x).toFloatArray());
    assertArrayEquals(
        new float[] {2.5f, 4.5f, 10.5f, 12.5f}, new AvgPool2d(2).forward(x).toFloatArray());
    assertArrayEquals(
        new float[] {0, 1.5f, 3, 6, 7.5f, 9, 12, 13.5f, 15},
        new AvgPool2d(2, o -> o.stride(2).padding(1).countIncludePad(false))
            .forward(x)
            .toFloatArray());
    assertArrayEquals(
        of(1, 2, 2), new MaxPool2d(3, o -> o.stride(2).ceilMode(true)).forward(x).shape());
    assertArrayEquals(of(1, 1, 1), new MaxPool2d(3, 2).forward(x).shape());
    assertArrayEquals(of(1, 2, 4), new AdaptiveAvgPool2d(2, Functional.KEEP).forward(x).shape());
    assertEquals(7.5, new AdaptiveAvgPool2d(1).forward(x).item());
  }

  @Test
  void indicesLeadBack() {
    Tensor x = Gradients.random(1, 2, 3, 4, 6).detach();
    ValuesIndices found = Functional.maxPool2dWithIndices(x, 2);
    Tensor back = Functional.maxUnpool2d(found.values(), found.indices(), 2);
    assertArrayEquals(of(2, 3, 4, 6), back.shape());
    assertEquals(found.values().sum().item(), back.sum().item(), 1e-12);
    assertEquals(
        back.square().sum().item(), back.mul(x).sum().item(), 1e-12, "values in their places");
  }

  @Test
  void unpoolingLayersFindTheSize() {
    Tensor x = Gradients.random(2, 1, 2, 5, 5).detach();
    ValuesIndices found = new MaxPool2d(2).forwardWithIndices(x);
    MaxUnpool2d layer = new MaxUnpool2d(2);
    ValuesIndices even = new MaxPool2d(2).forwardWithIndices(x.narrow(2, 0, 4).narrow(3, 0, 4));
    assertArrayEquals(of(1, 2, 4, 4), layer.forward(even.values(), even.indices()).shape());
    Tensor whole = layer.forward(found.values(), found.indices(), 5);
    assertArrayEquals(of(1, 2, 5, 5), whole.shape());
    assertEquals(whole.square().sum().item(), whole.mul(x).sum().item(), 1e-12);
    assertThrows(ShapeException.class, () -> layer.forward(Tensor.ones(2), found.indices()));
  }

  @Test
  void normsOfWindows() {
    Tensor x = Tensor.of(new float[] {3, 4, 6, 8}, 1, 1, 4);
    assertArrayEquals(new float[] {5, 10}, new LPPool1d(2, 2).forward(x).toFloatArray(), 1e-5f);
    double infinity = Double.POSITIVE_INFINITY;
    assertArrayEquals(
        new float[] {4, 8}, new LPPool1d(infinity, 2).forward(x.neg()).toFloatArray());
  }

  @Test
  void notANumberWins() {
    Tensor x = Tensor.of(new float[] {1, Float.NaN, 3, 4}, 1, 1, 4);
    float[] y =
        Functional.maxPool1d(x, of(2), o -> o.stride(of()).padding(of(0)).dilation(of(1)))
            .toFloatArray();
    assertArrayEquals(new float[] {Float.NaN, 4}, y);
  }

  @Test
  void errors() {
    assertThrows(ShapeException.class, () -> new MaxPool2d(5).forward(Tensor.zeros(1, 4, 4)));
    assertThrows(ShapeException.class, () -> new MaxPool2d(2).forward(Tensor.zeros(4, 4)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new MaxPool2d(2, o -> o.padding(2)).forward(Tensor.zeros(1, 4, 4)));
    assertThrows(IllegalArgumentException.class, () -> new AvgPool2d(2, o -> o.divisorOverride(0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Functional.adaptiveAvgPool2d(Tensor.zeros(1, 4, 4), -1));
  }
}
