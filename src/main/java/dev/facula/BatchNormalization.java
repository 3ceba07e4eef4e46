package dev.facula;

import static dev.facula.Normalization.affine;
import static dev.facula.Normalization.chosen;
import static dev.facula.Normalization.column;
import static dev.facula.Normalization.composed;
import static dev.facula.Normalization.inputs;
import static dev.facula.Normalization.requireChannels;
import static dev.facula.Normalization.saved;
import static dev.facula.Normalization.wanted;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisation: each channel by its mean and variance over the batch, or by given ones. See
 * {@link Normalization}.
 */
final class BatchNormalization {
  private BatchNormalization() {}

  static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    String op = "batchNorm";
    Promotion.requireFloating(op, x);
    if (Reduced.is(x)) {
      return reduced(x, runningMean, runningVar, weight, bias, training, momentum, eps);
    }
    if (x.dim() == 1 && x.numel() == 0) {
      return x.mul(1); // no channels, as in PyTorch
    }
    if (x.dim() < 2) {
      throw new ShapeException(
          op + ": expects an input [batch, channels, *], got " + Shapes.format(x.layout.shape));
    }
    int channels = x.size(1);
    requireChannels(op, "weight", weight, x, channels);
    requireChannels(op, "bias", bias, x, channels);
    requireChannels(op, "runningMean", runningMean, x, channels);
    requireChannels(op, "runningVar", runningVar, x, channels);
    if (!training) {
      if (runningMean == null || runningVar == null) {
        throw new IllegalArgumentException(
            op + ": running statistics are needed where the batch's are not used");
      }
      return fixed(x, runningMean, runningVar, weight, bias, eps);
    }
    int count = channels == 0 ? 0 : x.numel() / channels;
    if (count == 1) {
      throw new ShapeException(
          op
              + ": expected more than 1 value per channel when training, got input "
              + Shapes.format(x.layout.shape));
    }
    if (x.numel() == 0) {
      return affine(x.mul(1), weight, bias); // gives them gradients of zeros
    }
    Statistics stats = Statistics.ofChannels(x);
    if (runningMean != null) {
      blend(runningMean, stats.mean, momentum);
    }
    if (runningVar != null) {
      blend(runningVar, stats.var.mul((double) count / (count - 1)), momentum);
    }
    Tensor mean = stats.mean;
    Tensor rstd = stats.var.add(eps).rsqrt();
    Tensor y = scaled(x, mean, rstd, weight, bias);
    if (!wanted(x, weight, bias)) {
      return Copies.images(y, x);
    }
    boolean weighted = weight != null;
    boolean biased = bias != null;
    Graph.record(
        y,
        op,
        inputs(x, weight, bias),
        saved(x, weight, mean, rstd),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor own = c.saved(0);
          Tensor gamma = weighted ? c.saved(1) : null;
          Tensor[] three =
              Graph.wanted(g, own) || gamma != null && Graph.wanted(gamma)
                  ? composedChannels(g, own, gamma, eps)
                  : channelsBackward(g, own, gamma, mean, rstd);
          return chosen(three, weighted, biased);
        });
    return Copies.images(y, x);
  }

  /** In FLOAT32; statistics of 16 bits are written back. */
  private static Tensor reduced(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    Tensor mean = runningMean == null ? null : runningMean.to(DType.FLOAT32);
    Tensor var = runningVar == null ? null : runningVar.to(DType.FLOAT32);
    Tensor y =
        Reduced.apply(
            t -> batchNorm(t[0], mean, var, t[1], t[2], training, momentum, eps), x, weight, bias);
    if (training && mean != null && runningMean != null && mean != runningMean) {
      runningMean.copy_(mean);
    }
    if (training && var != null && runningVar != null && var != runningVar) {
      runningVar.copy_(var);
    }
    return y;
  }

  private static Tensor[] composedChannels(
      Tensor g, Tensor x, @Nullable Tensor weight, double eps) {
    int[] over = allButChannels(x.dim());
    Tensor w = weight == null ? null : weight.view(column(x.dim()));
    return composed(g, x, w, over, over, eps);
  }

  static void blend(Tensor running, Tensor now, double momentum) {
    boolean before = Graph.setRecording(false);
    try {
      running.copy_(running.mul(1 - momentum).add(now.mul(momentum)));
    } finally {
      Graph.setRecording(before);
    }
  }

  /** Means and variances, outside of the graph. */
  record Statistics(Tensor mean, Tensor var) {
    static Statistics ofChannels(Tensor x) {
      Tensor a = x.detach().contiguous();
      int channels = x.size(1);
      int inner = x.numel() / (x.size(0) * channels);
      Tensor mean = Tensor.empty(x.dtype(), channels);
      Tensor var = Tensor.empty(x.dtype(), channels);
      Parallel.parallelFor(
          channels,
          Parallel.FUNCTION * x.size(0) * inner,
          (from, to) -> {
            Types.floating(x.dtype())
                .norm()
                .channelStatistics(
                    a.storage.array(),
                    a.layout.offset,
                    x.size(0),
                    channels,
                    inner,
                    from,
                    to,
                    mean.storage.array(),
                    0,
                    var.storage.array(),
                    0);
          });
      return new Statistics(mean, var);
    }
  }

  /**
   * x scale + shift with scale = rstd weight and shift = bias - mean scale, outside of the graph.
   */
  private static Tensor scaled(
      Tensor x, Tensor mean, Tensor rstd, @Nullable Tensor weight, @Nullable Tensor bias) {
    Tensor a = x.detach().contiguous();
    Tensor scale = (weight == null ? rstd : rstd.mul(weight.detach())).contiguous();
    Tensor minus = mean.mul(scale).neg();
    Tensor shift = bias == null ? minus : minus.add(bias.detach());
    Tensor y = Tensor.empty(x.dtype(), x.layout.shape);
    if (x.numel() == 0) {
      return y;
    }
    int channels = x.size(1);
    int inner = x.numel() / (x.size(0) * channels);
    Parallel.parallelFor(
        x.size(0),
        Parallel.FUNCTION * channels * inner,
        (from, to) -> {
          int at = from * channels * inner;
          Types.floating(x.dtype())
              .norm()
              .scaleShiftChannels(
                  a.storage.array(),
                  a.layout.offset + at,
                  to - from,
                  channels,
                  inner,
                  scale.storage.array(),
                  scale.layout.offset,
                  shift.storage.array(),
                  shift.layout.offset,
                  y.storage.array(),
                  at);
        });
    return y;
  }

  private static Tensor[] channelsBackward(
      Tensor gradient, Tensor x, @Nullable Tensor weight, Tensor mean, Tensor rstd) {
    Tensor g = gradient.detach().contiguous();
    Tensor a = x.detach().contiguous();
    Tensor gamma = weight == null ? null : weight.detach().contiguous();
    int go = gamma == null ? 0 : gamma.layout.offset;
    int channels = x.size(1);
    int inner = x.numel() / (x.size(0) * channels);
    Tensor dx = Graph.reuse(gradient, g, x);
    Tensor dgamma = Tensor.empty(x.dtype(), channels);
    Tensor dbeta = Tensor.empty(x.dtype(), channels);
    Parallel.parallelFor(
        channels,
        Parallel.FUNCTION * x.size(0) * inner,
        (from, to) -> {
          Types.floating(x.dtype())
              .norm()
              .batchNormBackward(
                  g.storage.array(),
                  g.layout.offset,
                  a.storage.array(),
                  a.layout.offset,
                  x.size(0),
                  channels,
                  inner,
                  from,
                  to,
                  gamma == null ? null : gamma.storage.array(),
                  go,
                  mean.storage.array(),
                  0,
                  rstd.storage.array(),
                  0,
                  dx.storage.array(),
                  dx.layout.offset,
                  dgamma.storage.array(),
                  0,
                  dbeta.storage.array(),
                  0);
        });
    return new Tensor[] {dx, dgamma, dbeta};
  }

  /** With given statistics the layer is x scale + shift. */
  private static Tensor fixed(
      Tensor x,
      Tensor mean,
      Tensor var,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    Tensor m = mean.detach();
    Tensor rstd = var.detach().add(eps).rsqrt();
    if (!wanted(x, weight, bias)) {
      return Copies.images(scaled(x, m, rstd, weight, bias), x);
    }
    int[] column = column(x.dim());
    Tensor y = x.sub(m.view(column)).mul(rstd.view(column));
    return affine(y, weight, bias);
  }

  private static int[] allButChannels(int rank) {
    int[] dims = new int[rank - 1];
    for (int i = 1; i < dims.length; i++) {
      dims[i] = i + 1;
    }
    return dims;
  }
}
