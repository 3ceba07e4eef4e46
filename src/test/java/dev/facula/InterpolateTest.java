package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Interpolation that leaves the size as it is, with the answers of PyTorch 2.13. */
class InterpolateTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private static Tensor images(DType dtype, int rank, float... values) {
    int[] shape = new int[rank + 2];
    java.util.Arrays.fill(shape, 1);
    shape[rank + 1] = values.length;
    return Tensor.of(values, shape).to(dtype).requiresGrad_(true);
  }

  private static void assertCopied(Tensor x, Tensor y, String what) {
    assertNotSame(x, y);
    assertArrayEquals(x.toDoubleArray(), y.toDoubleArray(), what);
    Tensor g = Tensor.rand(x.dtype(), x.shape());
    assertArrayEquals(
        g.toDoubleArray(),
        requireNonNull(Autograd.grad(List.of(y), List.of(x), List.of(g), o -> {}).get(0))
            .toDoubleArray(),
        what);
  }

  /** Also numbers that are not finite, which weights of zero would spread. */
  @Test
  void theSameSizeIsACopy() {
    String[][] modes = {
      {"nearest", "nearest-exact", "linear", "area"},
      {"nearest", "nearest-exact", "bilinear", "bicubic", "area"},
      {"nearest", "nearest-exact", "trilinear", "area"}
    };
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      for (int rank = 1; rank <= 3; rank++) {
        for (String mode : modes[rank - 1]) {
          Tensor x = images(dtype, rank, 1, -2, INF, 0.5f, Float.NaN, -INF, 3);
          int[] size = java.util.Arrays.copyOfRange(x.shape(), 2, rank + 2);
          String what = mode + " of rank " + rank;
          assertCopied(x, Functional.interpolate(x, o -> o.size(size).mode(mode)), what);
          assertCopied(x, Functional.interpolate(x, o -> o.scaleFactor(1).mode(mode)), what);
          if (mode.endsWith("linear") || mode.equals("bicubic")) {
            Tensor y = Functional.interpolate(x, o -> o.size(size).mode(mode).alignCorners(true));
            assertCopied(x, y, what);
          }
        }
      }
    }
  }

  /** A factor of 1.2, which makes 4 of 4, but of which some modes take the distances. */
  private static void check(String mode, int rank, float[] values, float[] gradient) {
    Tensor x = images(DType.FLOAT32, rank, 1, -2, 3, 0.5f);
    double[] factors = new double[rank];
    java.util.Arrays.fill(factors, 1);
    factors[rank - 1] = 1.2;
    Tensor y = Functional.interpolate(x, o -> o.scaleFactor(factors).mode(mode));
    assertArrayEquals(values, y.toFloatArray(), 2e-6f, mode);
    Tensor g = Tensor.of(new float[] {1, 2, 3, 4}, x.shape());
    Tensor found = Autograd.grad(List.of(y), List.of(x), List.of(g), o -> {}).get(0);
    assertArrayEquals(gradient, requireNonNull(found).toFloatArray(), mode);
  }

  @Test
  void factorsThatKeepTheSize() {
    float[] copy = {1, -2, 3, 0.5f};
    float[] g = {1, 2, 3, 4};
    check("nearest", 1, new float[] {1, 1, -2, 3}, g);
    check("nearest", 2, copy, g);
    check("nearest", 3, new float[] {1, 1, -2, 3}, g);
    check("nearest-exact", 1, new float[] {1, -2, 3, 3}, new float[] {1, 2, 7, 0});
    check("nearest-exact", 2, new float[] {1, -2, 3, 3}, new float[] {1, 2, 7, 0});
    check("linear", 1, copy, g);
    check("bilinear", 2, copy, g);
    check("trilinear", 3, copy, g);
    check("bicubic", 2, new float[] {1.1575522f, -1.8476562f, 1.0052804f, 2.5153368f}, g);
    check("area", 1, copy, g);
  }

  @Test
  void oneOfTwoSizesStays() {
    Tensor x = Tensor.of(new float[] {1, INF, 3, 4}, 1, 1, 2, 2);
    Tensor y = Functional.interpolate(x, o -> o.size(3, 2).mode("bilinear"));
    assertArrayEquals(new float[] {1, INF, 2, INF, 3, 4}, y.toFloatArray());
  }
}
