package dev.facula.optim;

import dev.facula.Tensor;

/**
 * Looks for a length of step that satisfies the strong Wolfe conditions: first for a bracket around
 * one, then within it, by cubic interpolation.
 */
final class LineSearch {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;

  /** What is minimised along a line. */
  interface Objective {
    /** The value at a distance from the start. */
    double loss(double length, Tensor direction);

    /** The gradient at the place of the last call. */
    Tensor gradient();
  }

  private record Point(double length, double loss, Tensor gradient, double slope) {}

  private final Objective objective;
  private final Tensor direction;
  private final Point origin;
  private final double tolerance;
  private Point best;

  LineSearch(
      Objective objective,
      Tensor direction,
      double loss,
      Tensor gradient,
      double slope,
      double tolerance) {
    this.objective = objective;
    this.direction = direction;
    this.tolerance = tolerance;
    origin = new Point(0, loss, gradient, slope);
    best = origin;
  }

  double length() {
    return best.length;
  }

  double loss() {
    return best.loss;
  }

  Tensor gradient() {
    return best.gradient;
  }

  private Point at(double length) {
    double loss = objective.loss(length, direction);
    Tensor gradient = objective.gradient();
    return new Point(length, loss, gradient, gradient.dot(direction).item());
  }

  private boolean tooHigh(Point p) {
    return p.loss > origin.loss + DECREASE * p.length * origin.slope;
  }

  private boolean flat(Point p) {
    return Math.abs(p.slope) <= -CURVATURE * origin.slope;
  }

  /** Searches; returns how often the objective was called. */
  int run(double first, int most) {
    Point previous = origin;
    Point now = at(first);
    int iterations = 0;
    while (iterations < most) {
      if (tooHigh(now) || iterations > 1 && now.loss >= previous.loss) {
        break;
      }
      if (flat(now)) {
        best = now;
        return iterations + 1;
      }
      if (now.slope >= 0) {
        break;
      }
      double least = now.length + 0.01 * (now.length - previous.length);
      double next = cubic(previous, now, least, now.length * 10);
      previous = now;
      now = at(next);
      iterations++;
    }
    return zoom(iterations >= most ? origin : previous, now, iterations, most);
  }

  private int zoom(Point left, Point right, int begun, int most) {
    int iterations = begun;
    boolean stuck = false;
    boolean rising = left.loss <= right.loss;
    Point low = rising ? left : right;
    Point high = rising ? right : left;
    double width = direction.abs().max().item();
    while (iterations < most) {
      if (Math.abs(high.length - low.length) * width < tolerance) {
        break;
      }
      double from = Math.min(low.length, high.length);
      double to = Math.max(low.length, high.length);
      double next = cubic(low, high, from, to);
      double margin = 0.1 * (to - from);
      boolean near = Math.min(to - next, next - from) < margin;
      if (near && (stuck || next >= to || next <= from)) {
        next = Math.abs(next - to) < Math.abs(next - from) ? to - margin : from + margin;
        near = false;
      }
      stuck = near;
      Point now = at(next);
      iterations++;
      if (tooHigh(now) || now.loss >= low.loss) {
        high = now;
        if (!(low.loss <= high.loss)) {
          high = low;
          low = now;
        }
      } else {
        boolean done = flat(now);
        if (!done && now.slope * (high.length - low.length) >= 0) {
          high = low;
        }
        low = now;
        if (done) {
          break;
        }
      }
    }
    best = low;
    return iterations + 1;
  }

  /** Where the cubic through two points with their slopes has its minimum, within bounds. */
  private static double cubic(Point a, Point b, double least, double most) {
    Point left = a.length <= b.length ? a : b;
    Point right = a.length <= b.length ? b : a;
    double d1 =
        left.slope + right.slope - 3 * (left.loss - right.loss) / (left.length - right.length);
    double square = d1 * d1 - left.slope * right.slope;
    if (!(square >= 0)) {
      return (least + most) / 2;
    }
    double d2 = Math.sqrt(square);
    double place =
        right.length
            - (right.length - left.length)
                * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
    return Math.min(Math.max(place, least), most);
  }
}
