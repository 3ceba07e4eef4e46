package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The loss of connectionist temporal classification: the sum over all alignments of a target with
 * its input, by the forward and backward recursions in logarithms. Graves et al. (2006),
 * Connectionist temporal classification, equations 6 to 16.
 */
final class CtcLosses {
  private static final String OP = "ctcLoss";

  /** Steps, classes, and the log-probabilities [steps, batch, classes]. */
  private final int steps;

  private final int batch;
  private final int classes;
  private final double[] log;
  private final int blank;

  private CtcLosses(Tensor logProbs, int blank) {
    steps = logProbs.size(0);
    batch = logProbs.size(1);
    classes = logProbs.size(2);
    log = logProbs.toDoubleArray();
    this.blank = blank;
  }

  static Tensor loss(
      Tensor logProbs,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      CtcLossOptions o) {
    Promotion.requireFloating(OP, logProbs);
    if (logProbs.dim() != 2 && logProbs.dim() != 3) {
      throw Shapes.error(
          "%s: expects log-probabilities [steps, batch, classes] or [steps, classes], got %s",
          OP, logProbs.layout.shape);
    }
    boolean single = logProbs.dim() == 2;
    Tensor x = single ? logProbs.unsqueeze(1) : logProbs;
    if (o.blank < 0 || o.blank >= x.size(2)) {
      throw new IllegalArgumentException(
          OP + ": blank must be a class from 0 to " + (x.size(2) - 1) + ", was " + o.blank);
    }
    CtcLosses c = new CtcLosses(x.detach(), o.blank);
    int[] lengths = lengths("inputLengths", inputLengths, c.batch);
    int[] sizes = lengths("targetLengths", targetLengths, c.batch);
    int[][] labels = c.labels(targets, sizes);
    double[] losses = new double[c.batch];
    double[] slope = Graph.wanted(logProbs) ? new double[c.log.length] : null;
    for (int n = 0; n < c.batch; n++) {
      if (lengths[n] > c.steps) {
        throw new IllegalArgumentException(
            "%s: input %s has a length of %s, but there are %s steps (%s > %s)"
                .formatted(OP, n, lengths[n], c.steps, lengths[n], c.steps));
      }
    }
    Parallel.parallelFor(
        c.batch,
        Parallel.FUNCTION * (long) c.steps * (1 + 2L * Arrays.stream(sizes).max().orElse(0)),
        (from, to) -> {
          for (int n = from; n < to; n++) {
            losses[n] = c.one(n, lengths[n], labels[n], slope, o.zeroInfinity);
          }
        });
    Tensor y = recorded(x, losses, slope);
    y = single ? y.squeeze(0) : y;
    if (o.reduction == Reduction.MEAN) {
      long[] divisors = Arrays.stream(sizes).mapToLong(s -> Math.max(s, 1)).toArray();
      Tensor by = Tensor.of(divisors, single ? new int[0] : new int[] {c.batch});
      return y.div(by.to(y.dtype())).mean();
    }
    return o.reduction.of(y);
  }

  private static Tensor recorded(Tensor x, double[] losses, double @Nullable [] slope) {
    Tensor y = Tensor.of(losses).to(x.dtype());
    if (slope == null) {
      return y;
    }
    Tensor slopes = Tensor.of(slope, x.layout.shape).to(x.dtype());
    return Graph.record(
        y,
        OP,
        x,
        Graph.tensors(slopes),
        (c, g) -> {
          if (Graph.wanted(g)) {
            throw new AutogradException(OP + ": has no second derivative, as in PyTorch");
          }
          return c.saved(0).mul(g.view(1, -1, 1));
        });
  }

  private static int[] lengths(String name, Tensor lengths, int batch) {
    long[] given = lengths.detach().reshape(-1).toLongArray();
    if (lengths.isFloatingPoint() || given.length != batch) {
      throw Shapes.error(
          "%s: expects one whole number of %s for each of %s inputs, got %s %s",
          OP, name, batch, lengths.dtype(), lengths.layout.shape);
    }
    int[] result = new int[batch];
    for (int i = 0; i < batch; i++) {
      if (given[i] < 0 || given[i] > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            OP + ": " + name + " must not be negative, one is " + given[i]);
      }
      result[i] = (int) given[i];
    }
    return result;
  }

  /** The labels of each target: rows with something behind them, or one after another. */
  private int[][] labels(Tensor targets, int[] sizes) {
    if (targets.isFloatingPoint() || targets.dim() > 2) {
      throw Shapes.error(
          "%s: expects whole numbers, targets [batch, labels] or one after another, got %s %s",
          OP, targets.dtype(), targets.layout.shape);
    }
    boolean rows = targets.dim() == 2;
    int width = rows ? targets.size(1) : 0;
    long[] all = targets.detach().toLongArray();
    long needed = rows ? 0 : Arrays.stream(sizes).asLongStream().sum();
    if (rows && targets.size(0) != batch || !rows && all.length != needed) {
      throw Shapes.error(
          "%s: targets %s do not fit %s inputs%s",
          OP, targets.layout.shape, batch, rows ? "" : " with " + needed + " labels");
    }
    int[][] result = new int[batch][];
    int at = 0;
    for (int n = 0; n < batch; n++) {
      if (rows && sizes[n] > width) {
        throw Shapes.error(
            "%s: target %s has a length of %s, but %s labels (%s > %s)",
            OP, n, sizes[n], width, sizes[n], width);
      }
      int from = rows ? n * width : at;
      result[n] = new int[sizes[n]];
      for (int i = 0; i < sizes[n]; i++) {
        long label = all[from + i];
        if (label < 0 || label >= classes || label == blank) {
          throw new IllegalArgumentException(
              "%s: a label must be a class from 0 to %s other than blank %s, one is %s"
                  .formatted(OP, classes - 1, blank, label));
        }
        result[n][i] = (int) label;
      }
      at += sizes[n];
    }
    return result;
  }

  /** Minus the log-likelihood of a target; what of its slope is wanted goes to the array. */
  private double one(
      int n, int length, int[] labels, double @Nullable [] slope, boolean zeroInfinity) {
    int states = 2 * labels.length + 1;
    double[][] alpha = new double[length][states];
    for (int t = 0; t < length; t++) {
      for (int s = 0; s < states; s++) {
        double sum =
            t == 0 ? s < 2 ? 0 : Double.NEGATIVE_INFINITY : before(alpha[t - 1], s, labels, 1);
        alpha[t][s] = sum + log(t, n, label(labels, s));
      }
    }
    double likelihood =
        length == 0
            ? labels.length == 0 ? 0 : Double.NEGATIVE_INFINITY
            : add(
                alpha[length - 1][states - 1],
                states > 1 ? alpha[length - 1][states - 2] : Double.NEGATIVE_INFINITY);
    boolean infinite = likelihood == Double.NEGATIVE_INFINITY;
    if (slope != null && !(infinite && zeroInfinity)) {
      slopes(n, length, labels, alpha, likelihood, slope);
    }
    return infinite && zeroInfinity ? 0 : -likelihood;
  }

  /** exp(log p) less the probability of each class at each step, given the target. */
  private void slopes(
      int n, int length, int[] labels, double[][] alpha, double likelihood, double[] slope) {
    int states = 2 * labels.length + 1;
    double[] beta = new double[states];
    double[] posterior = new double[classes];
    for (int t = length - 1; t >= 0; t--) {
      double[] next = new double[states];
      for (int s = states - 1; s >= 0; s--) {
        double sum =
            t == length - 1
                ? s >= states - 2 ? 0 : Double.NEGATIVE_INFINITY
                : before(beta, s, labels, -1);
        next[s] = sum + log(t, n, label(labels, s));
      }
      beta = next;
      Arrays.fill(posterior, Double.NEGATIVE_INFINITY);
      for (int s = 0; s < states; s++) {
        int c = label(labels, s);
        posterior[c] = add(posterior[c], alpha[t][s] + beta[s]);
      }
      for (int c = 0; c < classes; c++) {
        double p = log(t, n, c);
        slope[(t * batch + n) * classes + c] =
            Math.exp(p) - Math.exp(posterior[c] - likelihood - p);
      }
    }
  }

  /** The sum over the states from which state s is entered, or which it enters. */
  private double before(double[] x, int s, int[] labels, int way) {
    int one = s - way;
    int two = s - 2 * way;
    double sum = x[s];
    if (one >= 0 && one < x.length) {
      sum = add(sum, x[one]);
    }
    boolean skips = two >= 0 && two < x.length && s % 2 == 1;
    return skips && labels[s / 2] != labels[two / 2] ? add(sum, x[two]) : sum;
  }

  private int label(int[] labels, int state) {
    return state % 2 == 0 ? blank : labels[state / 2];
  }

  private double log(int t, int n, int c) {
    return log[(t * batch + n) * classes + c];
  }

  private static double add(double a, double b) {
    double most = Math.max(a, b);
    return most == Double.NEGATIVE_INFINITY
        ? most
        : most + Math.log1p(Math.exp(Math.min(a, b) - most));
  }
}
