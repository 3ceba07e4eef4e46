package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/** 2-d pooling over planes. */
public class FloatPooling implements PoolingKernels<float[]> {
  @Override
  public void maxPool2d(PoolShape s, float[] x, int xo, float[] y, int yo, int[] index, int io) {
    int in = s.height() * s.width();
    int out = s.outHeight() * s.outWidth();
    Parallel.parallelFor(
        s.planes(),
        cost(s),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            if (pairs(s)) {
              for (int row = 0; row < s.outHeight(); row++) {
                maxPairs(s, row, x, xo + p * in, y, yo + p * out, index, io + p * out);
              }
            } else {
              maxPlane(s, x, xo + p * in, y, yo + p * out, index, io + p * out);
            }
          }
        });
  }

  private static void maxPlane(
      PoolShape s, float[] x, int xo, float[] y, int yo, int[] index, int io) {
    int width = s.width();
    for (int oh = 0; oh < s.outHeight(); oh++) {
      int h0 = first(oh * s.strideH() - s.padH(), s.dilationH());
      int h1 =
          Math.min(oh * s.strideH() - s.padH() + s.dilationH() * (s.kernelH() - 1) + 1, s.height());
      for (int ow = 0; ow < s.outWidth(); ow++) {
        int w0 = first(ow * s.strideW() - s.padW(), s.dilationW());
        int w1 =
            Math.min(ow * s.strideW() - s.padW() + s.dilationW() * (s.kernelW() - 1) + 1, width);
        float best = Float.NEGATIVE_INFINITY;
        int at = h0 < h1 && w0 < w1 ? h0 * width + w0 : -1; // dilation can miss the plane
        for (int h = h0; h < h1; h += s.dilationH()) {
          for (int w = w0; w < w1; w += s.dilationW()) {
            float v = x[xo + h * width + w];
            if (v > best || Float.isNaN(v)) { // the last NaN wins, as in PyTorch
              best = v;
              at = h * width + w;
            }
          }
        }
        y[yo + oh * s.outWidth() + ow] = best;
        index[io + oh * s.outWidth() + ow] = at;
      }
    }
  }

  /** Whether the windows are 2 x 2 without overlap or padding, the usual layer. */
  public static boolean pairs(PoolShape s) {
    return s.kernelH() == 2
        && s.kernelW() == 2
        && s.strideW() == 2
        && s.dilationW() == 1
        && s.dilationH() == 1
        && s.padH() == 0
        && s.padW() == 0
        && (s.outHeight() - 1) * s.strideH() + 2 <= s.height()
        && 2 * s.outWidth() <= s.width();
  }

  /** One row of the output for {@link #pairs}. */
  public static void maxPairs(
      PoolShape s, int row, float[] x, int xo, float[] y, int yo, int[] index, int io) {
    int width = s.width();
    int o = row * s.outWidth();
    for (int ow = 0; ow < s.outWidth(); ow++) {
      int at = row * s.strideH() * width + 2 * ow;
      float v0 = x[xo + at];
      float v1 = x[xo + at + 1];
      float v2 = x[xo + at + width];
      float v3 = x[xo + at + width + 1];
      // Choices between ints are free of branches, which would be guessed wrong.
      int top = v1 > v0 ? at + 1 : at;
      int bottom = v3 > v2 ? at + width + 1 : at + width;
      int i = x[xo + bottom] > x[xo + top] ? bottom : top;
      if (Float.isNaN(v0 + v1 + v2 + v3)) { // the last NaN wins, as in PyTorch
        i =
            Float.isNaN(v3)
                ? at + width + 1
                : Float.isNaN(v2)
                    ? at + width
                    : Float.isNaN(v1) ? at + 1 : Float.isNaN(v0) ? at : i;
      }
      y[yo + o + ow] = x[xo + i];
      index[io + o + ow] = i;
    }
  }

  @Override
  public void maxPool2dBackward(
      PoolShape s, float[] g, int go, int[] index, int io, float[] dx, int dxo) {
    int in = s.height() * s.width();
    int out = s.outHeight() * s.outWidth();
    Parallel.parallelFor(
        s.planes(),
        cost(s),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            int plane = dxo + p * in;
            FloatBinary.fill(0f, dx, plane, in);
            for (int o = p * out; o < (p + 1) * out; o++) {
              int at = index[io + o];
              if (at >= 0) {
                dx[plane + at] += g[go + o];
              }
            }
          }
        });
  }

  /** {@code divisor} 0: the size of the window, with or without the padding it covers. */
  @Override
  public void avgPool2d(
      PoolShape s, boolean countPadding, int divisor, float[] x, int xo, float[] y, int yo) {
    int in = s.height() * s.width();
    int out = s.outHeight() * s.outWidth();
    Parallel.parallelFor(
        s.planes(),
        cost(s),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            int plane = xo + p * in;
            int o = yo + p * out;
            for (int oh = 0; oh < s.outHeight(); oh++) {
              int top = oh * s.strideH() - s.padH();
              int bottom = Math.min(top + s.kernelH(), s.height() + s.padH());
              int h0 = Math.max(top, 0);
              int h1 = Math.min(bottom, s.height());
              for (int ow = 0; ow < s.outWidth(); ow++) {
                int left = ow * s.strideW() - s.padW();
                int right = Math.min(left + s.kernelW(), s.width() + s.padW());
                int w0 = Math.max(left, 0);
                int w1 = Math.min(right, s.width());
                float sum = 0f;
                for (int h = h0; h < h1; h++) {
                  for (int w = w0; w < w1; w++) {
                    sum += x[plane + h * s.width() + w];
                  }
                }
                int cells =
                    cells(countPadding, divisor, (bottom - top) * (right - left), h1 - h0, w1 - w0);
                y[o++] = h0 < h1 && w0 < w1 ? sum / cells : 0f;
              }
            }
          }
        });
  }

  @Override
  public void avgPool2dBackward(
      PoolShape s, boolean countPadding, int divisor, float[] g, int go, float[] dx, int dxo) {
    int in = s.height() * s.width();
    int out = s.outHeight() * s.outWidth();
    Parallel.parallelFor(
        s.planes(),
        cost(s),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            int plane = dxo + p * in;
            FloatBinary.fill(0f, dx, plane, in);
            int o = go + p * out;
            for (int oh = 0; oh < s.outHeight(); oh++) {
              int top = oh * s.strideH() - s.padH();
              int bottom = Math.min(top + s.kernelH(), s.height() + s.padH());
              int h0 = Math.max(top, 0);
              int h1 = Math.min(bottom, s.height());
              for (int ow = 0; ow < s.outWidth(); ow++) {
                int left = ow * s.strideW() - s.padW();
                int right = Math.min(left + s.kernelW(), s.width() + s.padW());
                int w0 = Math.max(left, 0);
                int w1 = Math.min(right, s.width());
                int cells =
                    cells(countPadding, divisor, (bottom - top) * (right - left), h1 - h0, w1 - w0);
                float share = g[o++] / cells;
                for (int h = h0; h < h1; h++) {
                  for (int w = w0; w < w1; w++) {
                    dx[plane + h * s.width() + w] += share;
                  }
                }
              }
            }
          }
        });
  }

  private static int cells(boolean countPadding, int divisor, int window, int rows, int columns) {
    if (divisor != 0) {
      return divisor;
    }
    return countPadding ? window : rows * columns;
  }

  /** First position of a window in the plane. */
  private static int first(int start, int step) {
    return start >= 0 ? start : start + (-start + step - 1) / step * step;
  }

  /** Of a plane, for {@link Parallel#parallelFor}. */
  public static long cost(PoolShape s) {
    return 2 * Parallel.ELEMENT * s.outHeight() * s.outWidth() * s.kernelH() * s.kernelW();
  }

  @Override
  public void weightedSums(
      int[] starts, int[] at, double[] weights, float[] x, int xo, float[] y, int yo) {
    for (int i = 0; i < starts.length - 1; i++) {
      int k = starts[i];
      int end = starts[i + 1];
      float sum = k < end ? (float) weights[k] * x[xo + at[k]] : 0;
      while (++k < end) {
        sum += (float) weights[k] * x[xo + at[k]];
      }
      y[yo + i] = sum;
    }
  }
}
