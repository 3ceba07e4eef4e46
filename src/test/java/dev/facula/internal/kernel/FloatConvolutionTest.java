package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.parallel.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Convolution of both sets of kernels against the definition in double precision. */
class FloatConvolutionTest {
  private final List<FloatingKernels<float[]>> kernels =
      List.of(ScalarFloatKernels.create(), Backend.F32);

  private static List<ConvShape> shapes() {
    List<ConvShape> shapes = new ArrayList<>();
    shapes.add(new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 3, 12, 12, 6, 5, 5, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(5, 3, 32, 32, 6, 5, 5, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(3, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 33, 9, 10, 35, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(2, 16, 9, 10, 35, 3, 3, 2, 2, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(1, 64, 14, 14, 70, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(3, 16, 11, 11, 20, 1, 1, 2, 2, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 12, 13, 9, 12, 3, 3, 1, 1, 1, 1, 1, 1, 12));
    shapes.add(new ConvShape(2, 12, 13, 9, 24, 3, 3, 2, 1, 1, 0, 1, 1, 12));
    shapes.add(new ConvShape(2, 12, 13, 9, 8, 3, 2, 2, 3, 1, 0, 2, 1, 4));
    shapes.add(new ConvShape(1, 256, 4, 4, 40, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(40, 20, 2, 2, 40, 2, 2, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 3, 7, 5, 4, 3, 3, 1, 1, 4, 3, 1, 1, 1));
    shapes.add(new ConvShape(2, 5, 1, 30, 4, 1, 3, 1, 1, 0, 1, 1, 1, 1));
    shapes.add(new ConvShape(2, 70, 6, 6, 5, 3, 3, 3, 3, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(23, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(17, 5, 9, 7, 30, 3, 3, 1, 1, 1, 2, 1, 1, 1));
    shapes.add(new ConvShape(11, 10, 5, 6, 15, 2, 3, 1, 1, 0, 1, 1, 1, 1));
    shapes.add(new ConvShape(6, 2, 20, 9, 32, 4, 4, 2, 1, 1, 3, 2, 1, 1));
    shapes.add(new ConvShape(5, 4, 9, 12, 16, 3, 4, 2, 3, 1, 2, 1, 2, 1));
    shapes.add(new ConvShape(3, 4, 6, 14, 16, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(3, 5, 6, 8, 15, 3, 3, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(0, 3, 6, 6, 5, 3, 3, 1, 1, 0, 0, 1, 1, 1));
    // few channels and lines that fill vectors, in all heights of their tiles
    for (int out : new int[] {1, 2, 4, 5, 7, 8, 9, 12}) {
      shapes.add(new ConvShape(2, out + 1, 5, 19 + out, out, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    }
    shapes.add(new ConvShape(2, 6, 9, 50, 10, 3, 4, 2, 1, 1, 0, 1, 2, 2));
    // pixels by themselves
    shapes.add(new ConvShape(3, 7, 12, 13, 9, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 40, 16, 24, 50, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 515, 23, 23, 9, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 50, 14, 14, 48, 2, 1, 3, 2, 0, 0, 1, 1, 1));
    // Batches that fill vectors.
    shapes.add(new ConvShape(32, 25, 5, 4, 29, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(31, 24, 7, 6, 38, 3, 2, 2, 3, 2, 1, 1, 2, 1));
    shapes.add(new ConvShape(64, 48, 3, 5, 50, 2, 3, 1, 2, 0, 2, 2, 1, 2));
    shapes.add(new ConvShape(16, 26, 1, 9, 24, 3, 1, 3, 1, 4, 0, 1, 1, 1));
    shapes.add(new ConvShape(32, 26, 2, 9, 24, 3, 1, 3, 1, 4, 0, 1, 1, 1));
    // Weight gradients in chunks of images, in bands of rows, of planes that share cache lines.
    shapes.add(new ConvShape(9, 14, 24, 24, 26, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(2, 12, 40, 41, 25, 2, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(5, 13, 16, 32, 60, 3, 3, 2, 1, 1, 1, 1, 1, 1));
    // In chains of images, and in runs of images with sums of their own.
    shapes.add(new ConvShape(12, 12, 20, 20, 24, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(26, 12, 30, 30, 24, 1, 1, 1, 1, 0, 0, 1, 1, 1));
    // With rows of the input interleaved, in bands; with images of few pixels joined.
    shapes.add(new ConvShape(1, 30, 40, 50, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(2, 24, 50, 49, 14, 3, 4, 2, 2, 1, 2, 1, 1, 1));
    // Strips that are whole lines or parts of them, which the rows of the kernel share.
    shapes.add(new ConvShape(2, 44, 11, 32, 50, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(1, 42, 12, 66, 45, 3, 3, 1, 1, 0, 0, 1, 1, 1));
    shapes.add(new ConvShape(2, 84, 9, 32, 88, 2, 3, 1, 1, 1, 1, 1, 1, 2));
    shapes.add(new ConvShape(1, 41, 5, 128, 43, 5, 1, 1, 1, 2, 0, 1, 1, 1));
    // Windows of five whose taps are not neighbours.
    shapes.add(new ConvShape(3, 6, 14, 18, 16, 5, 5, 1, 1, 0, 0, 1, 2, 1));
    shapes.add(new ConvShape(70, 50, 3, 3, 70, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    shapes.add(new ConvShape(9, 50, 8, 8, 50, 3, 3, 1, 1, 1, 1, 1, 1, 1));
    Random random = new Random(7);
    while (shapes.size() < 93) {
      int groups = 1 + random.nextInt(3);
      ConvShape s =
          new ConvShape(
              1 + random.nextInt(4),
              groups * (1 + random.nextInt(9)),
              1 + random.nextInt(20),
              1 + random.nextInt(40),
              groups * (1 + random.nextInt(15)),
              1 + random.nextInt(4),
              1 + random.nextInt(5),
              1 + random.nextInt(3),
              1 + random.nextInt(3),
              random.nextInt(3),
              random.nextInt(3),
              1 + random.nextInt(2),
              1 + random.nextInt(2),
              groups);
      if (s.height() + 2 * s.padH() > s.dilationH() * (s.kernelH() - 1)
          && s.width() + 2 * s.padW() > s.dilationW() * (s.kernelW() - 1)) {
        shapes.add(s);
      }
    }
    return shapes;
  }

  @Test
  void forward() {
    for (ConvShape s : shapes()) {
      Case c = new Case(s);
      for (FloatingKernels<float[]> k : kernels) {
        for (boolean withBias : new boolean[] {true, false}) {
          double[] expected = new double[c.y.length];
          double[] size = new double[c.y.length];
          c.visit(
              (x, w, y) -> {
                expected[y] += (double) c.x[3 + x] * c.w[5 + w];
                size[y] += Math.abs(c.x[3 + x] * c.w[5 + w]);
              });
          if (withBias) {
            for (int i = 0; i < expected.length; i++) {
              int oc = i / s.outPlane() % s.outChannels();
              expected[i] += c.bias[1 + oc];
              size[i] += Math.abs(c.bias[1 + oc]);
            }
          }
          float[] y = dirty(c.y.length + 2);
          k.convolution().conv2d(s, c.x, 3, c.w, 5, withBias ? c.bias : null, 1, y, 1);
          close(s, expected, size, y, 1);
          float[] again = dirty(c.y.length + 2);
          oneThread(
              () ->
                  k.convolution().conv2d(s, c.x, 3, c.w, 5, withBias ? c.bias : null, 1, again, 1));
          assertArrayEquals(y, again);
        }
      }
    }
  }

  @Test
  void inputGradient() {
    for (ConvShape s : shapes()) {
      Case c = new Case(s);
      int n = s.batch() * s.inChannels() * s.inPlane();
      double[] expected = new double[n];
      double[] size = new double[n];
      c.visit(
          (x, w, y) -> {
            expected[x] += (double) c.y[y] * c.w[5 + w];
            size[x] += Math.abs(c.y[y] * c.w[5 + w]);
          });
      for (FloatingKernels<float[]> k : kernels) {
        float[] dx = dirty(n + 2);
        k.convolution().conv2dInputGradient(s, c.y, 0, c.w, 5, dx, 1);
        close(s, expected, size, dx, 1);
        float[] again = dirty(n + 2);
        oneThread(() -> k.convolution().conv2dInputGradient(s, c.y, 0, c.w, 5, again, 1));
        assertArrayEquals(dx, again);
      }
    }
  }

  @Test
  void weightGradient() {
    for (ConvShape s : shapes()) {
      Case c = new Case(s);
      int n = s.outChannels() * s.taps();
      double[] expected = new double[n];
      double[] size = new double[n];
      c.visit(
          (x, w, y) -> {
            expected[w] += (double) c.y[y] * c.x[3 + x];
            size[w] += Math.abs(c.y[y] * c.x[3 + x]);
          });
      for (FloatingKernels<float[]> k : kernels) {
        float[] dw = dirty(n + 2);
        k.convolution().conv2dWeightGradient(s, c.y, 0, c.x, 3, dw, 1);
        close(s, expected, size, dw, 1);
        float[] again = dirty(n + 2);
        oneThread(() -> k.convolution().conv2dWeightGradient(s, c.y, 0, c.x, 3, again, 1));
        assertArrayEquals(dw, again);
      }
    }
  }

  /** NaN and infinity reach the outputs whose window holds them, and no other. */
  @Test
  void nonFiniteInputsStayInTheirWindows() {
    for (ConvShape s : shapes()) {
      if (s.batch() == 0) {
        continue;
      }
      Case c = new Case(s);
      int bad = new Random(5).nextInt(s.batch() * s.inChannels() * s.inPlane());
      c.x[3 + bad] = Float.NaN;
      boolean[] touched = new boolean[c.y.length];
      c.visit((x, w, y) -> touched[y] |= x == bad);
      for (FloatingKernels<float[]> k : kernels) {
        float[] y = dirty(c.y.length);
        k.convolution().conv2d(s, c.x, 3, c.w, 5, null, 0, y, 0);
        for (int i = 0; i < y.length; i++) {
          assertEquals(touched[i], Float.isNaN(y[i]), () -> s.toString());
        }
      }
    }
  }

  private static void oneThread(Runnable work) {
    int before = Parallel.threads();
    Parallel.setThreads(before == 1 ? 3 : 1);
    try {
      work.run();
    } finally {
      Parallel.setThreads(before);
    }
  }

  private static float[] dirty(int n) {
    float[] y = new float[n];
    Arrays.fill(y, Float.NaN);
    return y;
  }

  /** Each sum within a few roundings of its terms' sizes; nothing written around the result. */
  private static void close(ConvShape s, double[] expected, double[] size, float[] y, int yo) {
    for (int i = 0; i < expected.length; i++) {
      int at = i;
      assertTrue(
          Math.abs(expected[i] - y[yo + i]) <= 1e-6 * (size[i] + 1e-6),
          () -> s + " at " + at + ": " + expected[at] + " but " + y[yo + at]);
    }
    for (int i = 0; i < y.length; i++) {
      if (i < yo || i >= yo + expected.length) {
        assertTrue(Float.isNaN(y[i]), () -> s + ": written outside of the result");
      }
    }
  }

  private interface Term {
    void accept(int x, int w, int y);
  }

  private static final class Case {
    final ConvShape s;
    final float[] x;
    final float[] w;
    final float[] bias;
    final float[] y;

    Case(ConvShape s) {
      Random random = new Random(s.hashCode());
      this.s = s;
      x = values(random, 3 + s.batch() * s.inChannels() * s.inPlane() + 2);
      w = values(random, 5 + s.outChannels() * s.taps() + 1);
      bias = values(random, 1 + s.outChannels());
      y = values(random, s.batch() * s.outChannels() * s.outPlane());
    }

    private static float[] values(Random random, int n) {
      float[] v = new float[n];
      for (int i = 0; i < n; i++) {
        v[i] = (float) random.nextGaussian();
      }
      return v;
    }

    void visit(Term term) {
      for (int n = 0; n < s.batch(); n++) {
        for (int oc = 0; oc < s.outChannels(); oc++) {
          int group = oc / (s.outChannels() / s.groups());
          for (int ic = 0; ic < s.groupIn(); ic++) {
            int channel = group * s.groupIn() + ic;
            for (int oh = 0; oh < s.outHeight(); oh++) {
              for (int ow = 0; ow < s.outWidth(); ow++) {
                for (int kh = 0; kh < s.kernelH(); kh++) {
                  for (int kw = 0; kw < s.kernelW(); kw++) {
                    int h = oh * s.strideH() - s.padH() + kh * s.dilationH();
                    int v = ow * s.strideW() - s.padW() + kw * s.dilationW();
                    if (h >= 0 && h < s.height() && v >= 0 && v < s.width()) {
                      term.accept(
                          ((n * s.inChannels() + channel) * s.height() + h) * s.width() + v,
                          ((oc * s.groupIn() + ic) * s.kernelH() + kh) * s.kernelW() + kw,
                          ((n * s.outChannels() + oc) * s.outHeight() + oh) * s.outWidth() + ow);
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
