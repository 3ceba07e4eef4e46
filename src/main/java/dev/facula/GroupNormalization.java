package dev.facula;

import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Group and instance norm: layer norms of the groups of each sample, with a weight and a bias for
 * each channel.
 */
final class GroupNormalization {
  private GroupNormalization() {}

  static Tensor groupNorm(
      Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    String op = "groupNorm";
    Normalization.requireFloating(op, x);
    if (x.dim() < 2) {
      throw new ShapeException(
          op + ": expects an input [batch, channels, *], got " + Shapes.format(x.layout.shape));
    }
    int channels = x.size(1);
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          op
              + ": "
              + channels
              + " channels of "
              + Shapes.format(x.layout.shape)
              + " do not divide into "
              + groups
              + " groups");
    }
    Normalization.requireChannels(op, "weight", weight, x, channels);
    Normalization.requireChannels(op, "bias", bias, x, channels);
    if (x.numel() == 0) {
      return Normalization.affine(x.mul(1), weight, bias);
    }
    int rows = x.size(0) * groups;
    int n = x.numel() / rows;
    Tensor mean = Tensor.empty(x.dtype(), rows);
    Tensor rstd = Tensor.empty(x.dtype(), rows);
    Tensor gamma = spread(weight, groups, n);
    Tensor y =
        Normalization.rows(x, rows, n, groups, gamma, spread(bias, groups, n), eps, mean, rstd);
    if (!Normalization.wanted(x, weight, bias)) {
      return y;
    }
    return Graph.record(
        y,
        op,
        Normalization.inputs(x, weight, bias),
        Normalization.saved(x, weight),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor own = c.saved(0);
          Tensor w = weight == null ? null : c.saved(1);
          if (Graph.wanted(g, own) || w != null && Graph.wanted(w)) {
            return Normalization.chosen(composed(g, own, groups, w, eps), weight, bias);
          }
          Tensor dense = g.detach().contiguous();
          Tensor a = own.detach().contiguous();
          Tensor dgamma = Tensor.empty(x.dtype(), channels);
          Tensor dbeta = Tensor.empty(x.dtype(), channels);
          parameters(dense, a, groups, mean, rstd, dgamma, dbeta);
          Tensor dx =
              Normalization.inputGradient(
                  g, dense, a, rows, n, groups, spread(w, groups, n), mean, rstd);
          return Normalization.chosen(new Tensor[] {dx, dgamma, dbeta}, weight, bias);
        });
  }

  /** A value for each element of a sample from one for each channel. */
  private static @Nullable Tensor spread(@Nullable Tensor t, int groups, int n) {
    if (t == null) {
      return null;
    }
    int channels = t.numel();
    return t.detach().reshape(channels, 1).expand(channels, n * groups / channels).contiguous();
  }

  /** dgamma = sum of g z, dbeta = sum of g, channel by channel. */
  private static void parameters(
      Tensor g, Tensor x, int groups, Tensor mean, Tensor rstd, Tensor dgamma, Tensor dbeta) {
    int batch = x.size(0);
    int channels = x.size(1);
    int inner = x.numel() / (batch * channels);
    int share = channels / groups;
    Parallel.range(
        channels,
        Math.max(1, Normalization.GRAIN / (batch * inner)),
        (from, to) -> {
          for (int c = from; c < to; c++) {
            double sumGz = 0;
            double sumG = 0;
            for (int s = 0; s < batch; s++) {
              int at = (s * channels + c) * inner;
              int row = s * groups + c / share;
              double sum = sum(g, at, inner);
              double product = dot(g, x, at, inner);
              sumGz += rstd.storage.getDouble(row) * (product - mean.storage.getDouble(row) * sum);
              sumG += sum;
            }
            dgamma.storage.setDouble(c, sumGz);
            dbeta.storage.setDouble(c, sumG);
          }
        });
  }

  private static double sum(Tensor g, int at, int n) {
    if (g.dtype() == DType.FLOAT32) {
      float[] sum = new float[1];
      Kernels.F32.sumRows(g.storage.floats(), g.layout.offset + at, 1, n, sum, 0);
      return sum[0];
    }
    double[] sum = new double[1];
    Kernels.F64.sumRows(g.storage.doubles(), g.layout.offset + at, 1, n, sum, 0);
    return sum[0];
  }

  private static double dot(Tensor g, Tensor x, int at, int n) {
    int go = g.layout.offset + at;
    int xo = x.layout.offset + at;
    return g.dtype() == DType.FLOAT32
        ? Kernels.F32.dot(g.storage.floats(), go, x.storage.floats(), xo, n)
        : Kernels.F64.dot(g.storage.doubles(), go, x.storage.doubles(), xo, n);
  }

  /** The gradients of x, weight and bias in tensor operations. */
  private static Tensor[] composed(
      Tensor gradient, Tensor input, int groups, @Nullable Tensor weight, double eps) {
    int batch = input.size(0);
    int share = input.size(1) / groups;
    Tensor x = input.reshape(batch, groups, share, -1);
    Tensor g = gradient.reshape(x.layout.shape);
    Tensor w = weight == null ? null : weight.reshape(1, groups, share, 1);
    Tensor[] three = Normalization.composed(g, x, w, new int[] {2, 3}, new int[] {0, 3}, eps);
    return new Tensor[] {
      three[0].reshape(input.layout.shape), three[1].flatten(), three[2].flatten()
    };
  }

  static Tensor instanceNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    String op = "instanceNorm";
    if (!useInputStats) {
      return BatchNormalization.batchNorm(
          x, runningMean, runningVar, weight, bias, false, momentum, eps);
    }
    if (x.dim() < 3) {
      throw new ShapeException(
          op + ": expects an input [batch, channels, *], got " + Shapes.format(x.layout.shape));
    }
    int channels = x.size(1);
    int instances = x.size(0) * channels;
    if (instances > 0 && x.numel() / instances == 1) {
      throw new ShapeException(
          op
              + ": expected more than 1 spatial element, got input "
              + Shapes.format(x.layout.shape));
    }
    if (runningMean != null && runningVar != null && x.numel() > 0) {
      int n = x.numel() / instances;
      Tensor rows = x.detach().reshape(1, instances, n);
      BatchNormalization.Statistics stats = BatchNormalization.Statistics.ofChannels(rows);
      BatchNormalization.blend(
          runningMean, stats.mean().view(x.size(0), channels).mean(0), momentum);
      BatchNormalization.blend(
          runningVar,
          stats.var().mul((double) n / (n - 1)).view(x.size(0), channels).mean(0),
          momentum);
    }
    return groupNorm(x, Math.max(channels, 1), weight, bias, eps);
  }
}
