package dev.facula.examples;

import dev.facula.Tensor;
import dev.facula.data.TensorDataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Digits that are drawn, not collected: 28 x 28 grey pixels from -1 (paper) to 1 (ink), ten
 * classes. They stand in for MNIST where it is not at hand, and are easier.
 *
 * <p>A digit is a few strokes, lines and arcs in the unit square. Each sample moves their points a
 * little, slants, scales, turns and shifts the whole, draws it with a pen of varying width and adds
 * noise. The same seed gives the same images on every machine.
 */
final class SyntheticDigits {
  static final int SIZE = 28;
  private static final List<List<double[]>> STROKES = strokes();

  private SyntheticDigits() {}

  /**
   * Draws samples of all classes in turn.
   *
   * @param count how many
   * @param seed of the variation
   * @return images [count, 1, 28, 28] and labels [count]
   */
  static TensorDataset draw(int count, long seed) {
    Random random = new Random(seed);
    float[] pixels = new float[count * SIZE * SIZE];
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      int digit = i % 10;
      labels[i] = digit;
      draw(varied(STROKES.get(digit), random), random, pixels, i * SIZE * SIZE);
    }
    return new TensorDataset(Tensor.of(pixels, count, 1, SIZE, SIZE), Tensor.of(labels, count));
  }

  /** The strokes in pixels: polylines x0, y0, x1, y1, ... */
  private static List<double[]> varied(List<double[]> strokes, Random random) {
    double slant = 0.25 * random.nextGaussian();
    double angle = 0.12 * random.nextGaussian();
    double width = 14 + 4 * random.nextDouble();
    double height = 17 + 5 * random.nextDouble();
    double left = SIZE / 2.0 + 1.5 * random.nextGaussian();
    double top = SIZE / 2.0 + 1.2 * random.nextGaussian();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    List<double[]> result = new ArrayList<>();
    for (double[] stroke : strokes) {
      double[] line = new double[stroke.length];
      double driftX = 0.03 * random.nextGaussian();
      double driftY = 0.03 * random.nextGaussian();
      for (int i = 0; i < stroke.length; i += 2) {
        double y = stroke[i + 1] - 0.5 + driftY;
        double x = stroke[i] - 0.5 + driftX - slant * y;
        line[i] = left + width * (cos * x - sin * y) + 0.2 * random.nextGaussian();
        line[i + 1] = top + height * (sin * x + cos * y) + 0.2 * random.nextGaussian();
      }
      result.add(line);
    }
    return result;
  }

  /** Ink where a pixel's centre is within the pen's radius of a stroke, with a soft edge. */
  private static void draw(List<double[]> strokes, Random random, float[] pixels, int offset) {
    double radius = 0.7 + 0.8 * random.nextDouble();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] line : strokes) {
          for (int i = 2; i < line.length; i += 2) {
            nearest = Math.min(nearest, distance(x, y, line, i));
          }
        }
        double ink = Math.max(0, Math.min(1, radius + 0.5 - Math.sqrt(nearest)));
        double noisy = ink + 0.08 * random.nextGaussian();
        pixels[offset + y * SIZE + x] = (float) (2 * Math.max(0, Math.min(1, noisy)) - 1);
      }
    }
  }

  /** The squared distance of a point from the segment that ends at point i of a line. */
  private static double distance(double x, double y, double[] line, int i) {
    double dx = line[i] - line[i - 2];
    double dy = line[i + 1] - line[i - 1];
    double px = x - line[i - 2];
    double py = y - line[i - 1];
    double length = dx * dx + dy * dy;
    double t = length == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
    double ex = px - t * dx;
    double ey = py - t * dy;
    return ex * ex + ey * ey;
  }

  private static List<List<double[]>> strokes() {
    return List.of(
        List.of(arc(0.5, 0.5, 0.33, 0.48, 0, 360)),
        List.of(line(0.32, 0.25, 0.52, 0.05, 0.52, 0.95)),
        List.of(arc(0.48, 0.3, 0.3, 0.26, -190, 35), line(0.72, 0.45, 0.2, 0.94, 0.82, 0.94)),
        List.of(arc(0.47, 0.28, 0.28, 0.22, -160, 90), arc(0.47, 0.72, 0.32, 0.23, -90, 160)),
        List.of(line(0.66, 0.96, 0.66, 0.05, 0.16, 0.65, 0.86, 0.65)),
        List.of(line(0.78, 0.06, 0.3, 0.06, 0.26, 0.45), arc(0.47, 0.68, 0.3, 0.27, -125, 150)),
        List.of(arc(0.5, 0.7, 0.28, 0.25, 0, 360), arc(0.75, 0.65, 0.53, 0.6, 175, 265)),
        List.of(line(0.18, 0.06, 0.82, 0.06, 0.42, 0.96)),
        List.of(arc(0.5, 0.27, 0.25, 0.22, 0, 360), arc(0.5, 0.73, 0.3, 0.24, 0, 360)),
        List.of(arc(0.48, 0.3, 0.27, 0.25, 0, 360), line(0.75, 0.3, 0.72, 0.6, 0.6, 0.96)));
  }

  private static double[] line(double... points) {
    return points;
  }

  /** Part of an ellipse; angles in degrees, clockwise from the right. */
  private static double[] arc(
      double x, double y, double radiusX, double radiusY, double from, double to) {
    int steps = (int) Math.ceil(Math.abs(to - from) / 20);
    double[] points = new double[2 * (steps + 1)];
    for (int i = 0; i <= steps; i++) {
      double angle = StrictMath.toRadians(from + (to - from) * i / steps);
      points[2 * i] = x + radiusX * StrictMath.cos(angle);
      points[2 * i + 1] = y + radiusY * StrictMath.sin(angle);
    }
    return points;
  }
}
