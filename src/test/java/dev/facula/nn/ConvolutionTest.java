package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.DType;
import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import org.junit.jupiter.api.Test;

class ConvolutionTest {
  private static int[] of(int... values) {
    return values;
  }

  @Test
  void derivativesInAllOperands() {
    Gradients.check(
        in ->
            Functional.conv2d(
                in.get(0),
                in.get(1),
                in.get(2),
                o -> o.stride(of(2, 1)).padding(of(1, 0)).dilation(of(1, 2)).groups(2)),
        Gradients.random(1, 2, 4, 5, 6),
        Gradients.random(2, 2, 2, 3, 2),
        Gradients.random(3, 2));
    Gradients.check(
        in ->
            Functional.conv1d(
                in.get(0), in.get(1), null, o -> o.stride(of(2)).padding(of(1)).dilation(of(1))),
        Gradients.random(4, 2, 6),
        Gradients.random(5, 3, 2, 3));
    Gradients.check(
        in ->
            Functional.conv3d(
                in.get(0),
                in.get(1),
                in.get(2),
                o -> o.stride(of(1, 2, 1)).padding(of(1)).dilation(of(1))),
        Gradients.random(6, 1, 2, 3, 3, 3),
        Gradients.random(7, 2, 2, 2, 2, 2),
        Gradients.random(8, 2));
  }

  @Test
  void derivativesOfTransposed() {
    Gradients.check(
        in ->
            Functional.convTranspose2d(
                in.get(0),
                in.get(1),
                in.get(2),
                o -> o.stride(of(2)).padding(of(1)).outputPadding(of(1)).groups(2).dilation(of(1))),
        Gradients.random(1, 2, 4, 3, 2),
        Gradients.random(2, 4, 1, 3, 3),
        Gradients.random(3, 2));
    Gradients.check(
        in ->
            Functional.convTranspose3d(
                in.get(0),
                in.get(1),
                null,
                o -> o.stride(of(2)).padding(of(1)).outputPadding(of(0, 1, 0)).dilation(of(1))),
        Gradients.random(4, 1, 2, 2, 2, 2),
        Gradients.random(5, 2, 1, 3, 2, 2));
  }

  /** The definition, with plain loops. */
  private static double[] reference(Tensor x, Tensor w, int stride, int pad, int dil, int groups) {
    int outC = w.size(0);
    int perGroup = w.size(1);
    int outH = (x.size(2) + 2 * pad - dil * (w.size(2) - 1) - 1) / stride + 1;
    int outW = (x.size(3) + 2 * pad - dil * (w.size(3) - 1) - 1) / stride + 1;
    double[] a = x.toDoubleArray();
    double[] b = w.toDoubleArray();
    double[] y = new double[x.size(0) * outC * outH * outW];
    int next = 0;
    for (int n = 0; n < x.size(0); n++) {
      for (int o = 0; o < outC; o++) {
        for (int i = 0; i < outH; i++) {
          for (int j = 0; j < outW; j++) {
            double sum = 0;
            for (int c = 0; c < perGroup; c++) {
              int channel = o / (outC / groups) * perGroup + c;
              for (int k = 0; k < w.size(2); k++) {
                for (int l = 0; l < w.size(3); l++) {
                  int h = i * stride - pad + k * dil;
                  int v = j * stride - pad + l * dil;
                  if (h >= 0 && h < x.size(2) && v >= 0 && v < x.size(3)) {
                    sum +=
                        a[((n * x.size(1) + channel) * x.size(2) + h) * x.size(3) + v]
                            * b[((o * perGroup + c) * w.size(2) + k) * w.size(3) + l];
                  }
                }
              }
            }
            y[next++] = sum;
          }
        }
      }
    }
    return y;
  }

  @Test
  void agreesWithTheDefinition() {
    int[][] options = {{1, 0, 1, 1}, {2, 1, 1, 1}, {1, 2, 2, 3}, {3, 0, 1, 6}};
    for (int[] o : options) {
      Tensor x = Gradients.random(1, 2, 6, 9, 8).detach();
      Tensor w = Gradients.random(2, 6, 6 / o[3], 3, 2).detach();
      Tensor y =
          Functional.conv2d(
              x, w, null, c -> c.stride(o[0]).padding(o[1]).dilation(o[2]).groups(o[3]));
      double[] wanted = reference(x, w, o[0], o[1], o[2], o[3]);
      assertArrayEquals(wanted, y.toDoubleArray(), 1e-10);
      Tensor single =
          Functional.conv2d(
              x.to(DType.FLOAT32),
              w.to(DType.FLOAT32),
              null,
              c -> c.stride(o[0]).padding(o[1]).dilation(o[2]).groups(o[3]));
      assertArrayEquals(wanted, single.toDoubleArray(), 1e-4);
      // operands that do not lie in order
      Tensor turned = x.transpose(0, 1).contiguous().transpose(0, 1);
      assertArrayEquals(
          wanted,
          Functional.conv2d(
                  turned, w, null, c -> c.stride(o[0]).padding(o[1]).dilation(o[2]).groups(o[3]))
              .toDoubleArray(),
          1e-10);
      assertArrayEquals(
          y.select(0, 1).toDoubleArray(),
          Functional.conv2d(
                  x.select(0, 1),
                  w,
                  null,
                  c -> c.stride(o[0]).padding(o[1]).dilation(o[2]).groups(o[3]))
              .toDoubleArray());
    }
  }

  @Test
  void theTransposeIsTheAdjoint() {
    // <conv(x), y> = <x, convTranspose(y)>, also where outputPadding reaches the stride
    int[][] options = {{1, 0, 1, 0}, {2, 1, 1, 1}, {3, 0, 2, 2}, {2, 1, 3, 2}};
    for (int[] o : options) {
      Tensor w = Gradients.random(1, 3, 2, 3, 3).detach();
      Tensor y = Gradients.random(2, 1, 3, 4, 4).detach();
      Tensor back =
          Functional.convTranspose2d(
              y, w, null, c -> c.stride(o[0]).padding(o[1]).outputPadding(o[3]).dilation(o[2]));
      int size = 3 * o[0] - 2 * o[1] + 2 * o[2] + o[3] + 1;
      assertArrayEquals(of(1, 2, size, size), back.shape());
      Tensor x = Gradients.random(3, 1, 2, size, size).detach();
      Tensor forward =
          Functional.conv2d(x, w, null, c -> c.stride(o[0]).padding(o[1]).dilation(o[2]));
      Tensor met = forward.narrow(2, 0, 4).narrow(3, 0, 4);
      assertEquals(met.mul(y).sum().item(), x.mul(back).sum().item(), 1e-9);
    }
  }

  @Test
  void paddingByNameAndByMode() {
    Tensor x = Gradients.random(1, 1, 2, 6, 7).detach();
    Tensor w = Gradients.random(2, 3, 2, 4, 3).detach();
    Tensor same =
        Functional.conv2d(x, w, null, o -> o.stride(of(1)).padding("same").dilation(of(1)));
    assertArrayEquals(of(1, 3, 6, 7), same.shape());
    Tensor padded = Functional.pad(x, 1, 1, 1, 2);
    assertArrayEquals(Functional.conv2d(padded, w).toDoubleArray(), same.toDoubleArray(), 1e-12);
    assertArrayEquals(
        Functional.conv2d(x, w).toDoubleArray(),
        Functional.conv2d(x, w, null, o -> o.stride(of(1)).padding("valid").dilation(of(1)))
            .toDoubleArray());
    for (PadMode mode : PadMode.values()) {
      Conv2d layer = new Conv2d(2, 3, 3, o -> o.padding(2, 1).paddingMode(mode));
      layer.to(DType.FLOAT64);
      Tensor border = Functional.pad(x, of(1, 1, 2, 2), mode, 0);
      assertArrayEquals(
          Functional.conv2d(border, layer.weight(), layer.bias()).toDoubleArray(),
          layer.forward(x).toDoubleArray(),
          1e-12);
    }
  }

  @Test
  void outputSizesOfTransposedLayers() {
    ConvTranspose2d layer = new ConvTranspose2d(2, 3, 3, o -> o.stride(2).padding(1));
    Tensor x = Tensor.zeros(1, 2, 6, 6);
    assertArrayEquals(of(1, 3, 11, 11), layer.forward(x).shape());
    assertArrayEquals(of(1, 3, 12, 12), layer.forward(x, 12).shape());
    assertArrayEquals(of(1, 3, 11, 12), layer.forward(x, 11, 12).shape());
    assertThrows(ShapeException.class, () -> layer.forward(x, 13));
  }

  @Test
  void emptyBatches() {
    Conv2d layer = new Conv2d(2, 3, 3);
    Tensor x = Tensor.zeros(0, 2, 5, 5).requiresGrad_(true);
    Tensor y = layer.forward(x);
    assertArrayEquals(of(0, 3, 3, 3), y.shape());
    y.sum().backward();
    assertEquals(0, layer.weight().grad().abs().sum().item());
    assertArrayEquals(of(0, 2, 5, 5), x.grad().shape());
  }
}
