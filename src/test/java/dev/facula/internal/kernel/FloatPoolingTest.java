package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatPoolingTest {
  private final FloatingKernels<float[]> k = Backend.F32;

  @Test
  void maximumAndItsGradient() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      PoolShape s = shape(random, true);
      float[] x = values(random, s.planes() * s.height() * s.width() + 1);
      int out = s.outHeight() * s.outWidth();
      float[] y = new float[s.planes() * out + 1];
      int[] index = new int[s.planes() * out + 1];
      k.pooling().maxPool2d(s, x, 1, y, 1, index, 1);
      float[] g = values(random, s.planes() * out);
      float[] expected = new float[s.planes() * s.height() * s.width()];
      for (int p = 0; p < s.planes(); p++) {
        for (int o = 0; o < out; o++) {
          float best = Float.NEGATIVE_INFINITY;
          int at = -1;
          for (int kh = 0; kh < s.kernelH(); kh++) {
            for (int kw = 0; kw < s.kernelW(); kw++) {
              int h = o / s.outWidth() * s.strideH() - s.padH() + kh * s.dilationH();
              int w = o % s.outWidth() * s.strideW() - s.padW() + kw * s.dilationW();
              if (h >= 0 && h < s.height() && w >= 0 && w < s.width()) {
                float v = x[1 + (p * s.height() + h) * s.width() + w];
                if (at < 0 || v > best || Float.isNaN(v)) {
                  best = v;
                  at = h * s.width() + w;
                }
              }
            }
          }
          int i = 1 + p * out + o;
          assertEquals(best, y[i], () -> s.toString());
          assertEquals(at, index[i], () -> s.toString());
          if (at >= 0) {
            expected[p * s.height() * s.width() + at] += g[i - 1];
          }
        }
      }
      float[] dx = values(random, expected.length);
      k.pooling().maxPool2dBackward(s, g, 0, index, 1, dx, 0);
      assertArrayEquals(expected, dx);
    }
  }

  @Test
  void meanAndItsGradient() {
    Random random = new Random(2);
    for (int round = 0; round < 200; round++) {
      PoolShape s = shape(random, false);
      boolean countPadding = random.nextBoolean();
      int divisor = random.nextInt(3) == 0 ? 3 : 0;
      float[] x = values(random, s.planes() * s.height() * s.width());
      int out = s.outHeight() * s.outWidth();
      float[] y = new float[s.planes() * out];
      k.pooling().avgPool2d(s, countPadding, divisor, x, 0, y, 0);
      float[] g = values(random, y.length);
      double[] expected = new double[x.length];
      for (int p = 0; p < s.planes(); p++) {
        for (int o = 0; o < out; o++) {
          double sum = 0;
          int cells = 0;
          int padded = 0;
          for (int pass = 0; pass < 2; pass++) {
            for (int kh = 0; kh < s.kernelH(); kh++) {
              for (int kw = 0; kw < s.kernelW(); kw++) {
                int h = o / s.outWidth() * s.strideH() - s.padH() + kh;
                int w = o % s.outWidth() * s.strideW() - s.padW() + kw;
                int at = (p * s.height() + h) * s.width() + w;
                boolean inside = h >= 0 && h < s.height() && w >= 0 && w < s.width();
                if (pass == 0) {
                  sum += inside ? x[at] : 0;
                  cells += inside ? 1 : 0;
                  padded += h < s.height() + s.padH() && w < s.width() + s.padW() ? 1 : 0;
                } else if (inside) {
                  expected[at] +=
                      g[p * out + o] / (divisor != 0 ? divisor : countPadding ? padded : cells);
                }
              }
            }
          }
          double mean = sum / (divisor != 0 ? divisor : countPadding ? padded : cells);
          assertEquals(cells == 0 ? 0 : mean, y[p * out + o], 1e-5, () -> s.toString());
        }
      }
      float[] dx = values(random, x.length);
      k.pooling().avgPool2dBackward(s, countPadding, divisor, g, 0, dx, 0);
      for (int i = 0; i < dx.length; i++) {
        assertEquals(expected[i], dx[i], 1e-5, () -> s.toString());
      }
    }
  }

  @Test
  void specialValues() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {1, nan, 3, 4, -inf, -inf, 2, 2, 5, 6, 7, nan, -inf, -inf, 2, 2};
    float[] y = new float[4];
    int[] index = new int[4];
    k.pooling()
        .maxPool2d(new PoolShape(1, 2, 8, 1, 4, 2, 2, 2, 2, 0, 0, 1, 1), x, 0, y, 0, index, 0);
    assertArrayEquals(new float[] {nan, nan, -inf, 2}, y);
    assertArrayEquals(new int[] {1, 11, 4, 6}, index);
  }

  private static PoolShape shape(Random random, boolean dilated) {
    while (true) {
      int kernelH = 1 + random.nextInt(4);
      int kernelW = 1 + random.nextInt(4);
      int padH = random.nextInt(kernelH / 2 + 1);
      int padW = random.nextInt(kernelW / 2 + 1);
      int strideH = 1 + random.nextInt(3);
      int strideW = 1 + random.nextInt(3);
      int dilationH = dilated ? 1 + random.nextInt(2) : 1;
      int dilationW = dilated ? 1 + random.nextInt(2) : 1;
      if (random.nextInt(3) == 0) {
        kernelH = kernelW = strideH = strideW = 2;
        padH = padW = 0;
        dilationH = dilationW = 1;
      }
      int height = 1 + random.nextInt(12);
      int width = 1 + random.nextInt(20);
      int up = random.nextInt(2);
      int outHeight = size(height, kernelH, strideH, padH, dilationH, up);
      int outWidth = size(width, kernelW, strideW, padW, dilationW, up);
      if (outHeight > 0 && outWidth > 0) {
        return new PoolShape(
            1 + random.nextInt(40),
            height,
            width,
            outHeight,
            outWidth,
            kernelH,
            kernelW,
            strideH,
            strideW,
            padH,
            padW,
            dilationH,
            dilationW);
      }
    }
  }

  /** PyTorch's rule: rounded up, but no window begins beyond the input and its left padding. */
  private static int size(int n, int kernel, int stride, int pad, int dilation, int up) {
    int room = n + 2 * pad - dilation * (kernel - 1) - 1 + up * (stride - 1);
    if (room < 0) {
      return 0;
    }
    int size = room / stride + 1;
    return up == 1 && (size - 1) * stride >= n + pad ? size - 1 : size;
  }

  private static float[] values(Random random, int n) {
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = random.nextInt(40) - 20;
    }
    return v;
  }
}
