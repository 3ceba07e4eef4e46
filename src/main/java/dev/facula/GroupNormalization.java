package dev.facula;

import dev.facula.internal.array.Shapes;
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
    Promotion.requireFloating(op, x);
    if (Reduced.is(x)) {
      return Reduced.apply(t -> groupNorm(t[0], groups, t[1], t[2], eps), x, weight, bias);
    }
    if (x.dim() < 2) {
      throw new ShapeException(
          op + ": expects an input [batch, channels, *], got " + Shapes.format(x.layout.shape));
    }
    int channels = x.size(1);
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "%s: %s channels of %s do not divide into %s groups"
              .formatted(op, channels, Shapes.format(x.layout.shape), groups));
    }
    Normalization.requireChannels(op, "weight", weight, x, channels);
    Normalization.requireChannels(op, "bias", bias, x, channels);
    if (x.numel() == 0) {
      return Normalization.affine(x.mul(1), weight, bias);
    }
    int rows = x.size(0) * groups;
    int n = x.numel() / rows;
    if (x.numel() == groups) {
      throw Shapes.error(
          "%s: expected more than 1 value per channel when training, got input %s in %s%s",
          op, x.layout.shape, groups, groups == 1 ? " group" : " groups");
    }
    Tensor mean = Tensor.empty(x.dtype(), rows);
    Tensor rstd = Tensor.empty(x.dtype(), rows);
    Tensor gamma = spread(weight, groups, n);
    Tensor y =
        Normalization.rows(x, rows, n, groups, gamma, spread(bias, groups, n), eps, mean, rstd);
    if (!Normalization.wanted(x, weight, bias)) {
      return Copies.images(y, x);
    }
    boolean weighted = weight != null;
    boolean biased = bias != null;
    Graph.record(
        y,
        op,
        Normalization.inputs(x, weight, bias),
        Normalization.saved(x, weight, mean, rstd),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor own = c.saved(0);
          Tensor w = weighted ? c.saved(1) : null;
          if (Graph.wanted(g, own) || w != null && Graph.wanted(w)) {
            return Normalization.chosen(composed(g, own, groups, w, eps), weighted, biased);
          }
          Tensor dense = g.detach().contiguous();
          Tensor a = own.detach().contiguous();
          Tensor[] sums = parameters(dense, a, groups, mean, rstd);
          Tensor dx =
              Normalization.inputGradient(
                  g, dense, a, rows, n, groups, spread(w, groups, n), mean, rstd);
          return Normalization.chosen(new Tensor[] {dx, sums[0], sums[1]}, weighted, biased);
        });
    return Copies.images(y, x);
  }

  /** A value for each element of a sample from one for each channel. */
  private static @Nullable Tensor spread(@Nullable Tensor t, int groups, int n) {
    if (t == null) {
      return null;
    }
    int channels = t.numel();
    return t.detach().reshape(channels, 1).expand(channels, n * groups / channels).contiguous();
  }

  /** The sums of g and of g z, z = (x - mean) rstd, by channel. */
  private static Tensor[] parameters(Tensor g, Tensor x, int groups, Tensor mean, Tensor rstd) {
    int batch = x.size(0);
    int channels = x.size(1);
    int[] planes = {batch, groups, channels / groups, x.numel() / (batch * channels)};
    Tensor products = Blocks.elementwise(t -> t[0].mul(t[1]), g, x);
    Tensor sum = g.reshape(planes).sum(-1);
    Tensor gz = products.reshape(planes).sum(-1).sub(sum.mul(mean.view(batch, groups, 1)));
    products.release();
    Tensor dgamma = gz.mul(rstd.view(batch, groups, 1)).sum(0).flatten();
    return new Tensor[] {dgamma, sum.sum(0).flatten()};
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
    Promotion.requireFloating(op, x);
    if (x.dim() < 3) {
      throw new ShapeException(
          op + ": expects an input [batch, channels, *], got " + Shapes.format(x.layout.shape));
    }
    int channels = x.size(1);
    if (x.numel() > 0 && x.numel() == x.size(0) * channels) {
      throw new ShapeException(
          op
              + ": expected more than 1 spatial element, got input "
              + Shapes.format(x.layout.shape));
    }
    if (runningMean != null && runningVar != null && x.numel() > 0) {
      int instances = x.size(0) * channels;
      int n = x.numel() / instances;
      Tensor rows = x.cast(Types.computed(x.dtype())).detach().reshape(1, instances, n);
      BatchNormalization.Statistics stats = BatchNormalization.Statistics.ofChannels(rows);
      BatchNormalization.blend(
          runningMean, stats.mean().view(x.size(0), channels).mean(0), momentum);
      BatchNormalization.blend(
          runningVar,
          stats.var().mul((double) n / (n - 1)).view(x.size(0), channels).mean(0),
          momentum);
    }
    return groupNorm(x.contiguous(), Math.max(channels, 1), weight, bias, eps);
  }
}
