package dev.facula;

import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Normalisation: y = (x - mean) / sqrt(variance + eps) * weight + bias, with the statistics of a
 * channel over the batch ({@link BatchNormalization}), or of each sample over its last dimensions
 * (layer norm). Group and instance norm are layer norms of another view.
 *
 * <p>Forward and first derivative are fused kernels. A backward pass that is itself recorded goes
 * through the same formulas in tensor operations.
 */
final class Normalization {
  /** Elements that a task takes at least. */
  static final int GRAIN = 1 << 14;

  private Normalization() {}

  static int[] column(int rank) {
    int[] column = new int[rank];
    Arrays.fill(column, 1);
    column[1] = -1;
    return column;
  }

  /** y weight + bias, both by channel. */
  static Tensor affine(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    int[] column = column(x.dim());
    Tensor y = weight == null ? x : x.mul(weight.view(column));
    return bias == null ? y : y.add(bias.view(column));
  }

  // ---- the derivative in tensor operations --------------------------------------------------

  /** The gradients of x, weight and bias; the weight lies along dimension at, or from it on. */
  static Tensor[] composed(
      Tensor g, Tensor x, @Nullable Tensor weight, int[] over, int at, double eps) {
    Tensor centred = x.sub(x.mean(over, true));
    Tensor rstd = centred.square().mean(over, true).add(eps).rsqrt();
    Tensor z = centred.mul(rstd);
    Tensor h = g;
    int[] others = over;
    if (at == 1) {
      h = weight == null ? g : g.mul(weight.view(column(x.dim())));
    } else {
      h = weight == null ? g : g.mul(weight);
      others = Shapes.range(at);
    }
    Tensor dx = rstd.mul(h.sub(h.mean(over, true)).sub(z.mul(h.mul(z).mean(over, true))));
    Tensor gz = g.mul(z);
    return others.length == 0
        ? new Tensor[] {dx, gz, g}
        : new Tensor[] {dx, gz.sum(others, false), g.sum(others, false)};
  }

  static boolean wanted(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    return Graph.wanted(inputs(x, weight, bias));
  }

  static Tensor[] inputs(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    if (weight == null) {
      return bias == null ? Graph.tensors(x) : Graph.tensors(x, bias);
    }
    return bias == null ? Graph.tensors(x, weight) : Graph.tensors(x, weight, bias);
  }

  static Tensor[] saved(Tensor x, @Nullable Tensor weight) {
    return weight == null ? Graph.tensors(x) : Graph.tensors(x, weight);
  }

  /** Of the gradients of x, weight and bias those of the inputs that there are. */
  static Tensor[] chosen(Tensor[] three, @Nullable Tensor weight, @Nullable Tensor bias) {
    if (weight == null) {
      return bias == null ? new Tensor[] {three[0]} : new Tensor[] {three[0], three[2]};
    }
    return bias == null ? new Tensor[] {three[0], three[1]} : three;
  }

  // ---- layer norm ---------------------------------------------------------------------------

  static Tensor layerNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    String op = "layerNorm";
    requireTrailing(op, x, normalizedShape, weight);
    if (bias != null && !Arrays.equals(bias.layout.shape, normalizedShape)) {
      throw new ShapeException(
          op
              + ": expects a bias "
              + Shapes.format(normalizedShape)
              + ", got "
              + Shapes.format(bias.layout.shape));
    }
    if (bias != null && bias.dtype() != x.dtype()) {
      throw new DTypeException(op + ": input " + x.dtype() + ", bias " + bias.dtype());
    }
    if (x.numel() == 0) {
      return affineTrailing(x.mul(1), weight, bias);
    }
    int n = Shapes.numel(op, normalizedShape);
    int rows = x.numel() / n;
    Tensor mean = Tensor.empty(x.dtype(), rows);
    Tensor rstd = Tensor.empty(x.dtype(), rows);
    Tensor y = rows(x, rows, n, weight, bias, eps, mean, rstd);
    if (!wanted(x, weight, bias)) {
      return y;
    }
    int at = x.dim() - normalizedShape.length;
    return Graph.record(
        y,
        op,
        inputs(x, weight, bias),
        saved(x, weight),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor own = c.saved(0);
          Tensor gamma = weight == null ? null : c.saved(1);
          Tensor[] three;
          if (Graph.wanted(g, own) || gamma != null && Graph.wanted(gamma)) {
            three = composedRows(g, own, gamma, at, eps);
          } else {
            three = rowsBackward(g, own, rows, n, gamma, mean, rstd, normalizedShape);
          }
          return chosen(three, weight, bias);
        });
  }

  private static Tensor[] composedRows(
      Tensor g, Tensor x, @Nullable Tensor weight, int at, double eps) {
    int[] over = new int[x.dim() - at];
    for (int i = 0; i < over.length; i++) {
      over[i] = at + i;
    }
    if (at != 1) {
      return composed(g, x, weight, over, at, eps);
    }
    // a leading dimension more keeps this case apart from that of channels
    Tensor[] three =
        composed(
            g.unsqueeze(0),
            x.unsqueeze(0),
            weight,
            Arrays.stream(over).map(d -> d + 1).toArray(),
            2,
            eps);
    three[0] = three[0].squeeze(0);
    return three;
  }

  private static Tensor rows(
      Tensor x,
      int rows,
      int n,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps,
      Tensor mean,
      Tensor rstd) {
    Tensor a = x.detach().contiguous();
    Tensor gamma = weight == null ? null : weight.detach().contiguous();
    Tensor beta = bias == null ? null : bias.detach().contiguous();
    Tensor y = Tensor.empty(x.dtype(), x.layout.shape);
    int go = gamma == null ? 0 : gamma.layout.offset;
    int bo = beta == null ? 0 : beta.layout.offset;
    Parallel.range(
        rows,
        Math.max(1, GRAIN / n),
        (from, to) -> {
          int xo = a.layout.offset + from * n;
          if (x.dtype() == DType.FLOAT32) {
            Kernels.F32.layerNormRows(
                a.storage.floats(),
                xo,
                to - from,
                n,
                gamma == null ? null : gamma.storage.floats(),
                go,
                beta == null ? null : beta.storage.floats(),
                bo,
                (float) eps,
                y.storage.floats(),
                from * n,
                mean.storage.floats(),
                from,
                rstd.storage.floats(),
                from);
          } else {
            Kernels.F64.layerNormRows(
                a.storage.doubles(),
                xo,
                to - from,
                n,
                gamma == null ? null : gamma.storage.doubles(),
                go,
                beta == null ? null : beta.storage.doubles(),
                bo,
                eps,
                y.storage.doubles(),
                from * n,
                mean.storage.doubles(),
                from,
                rstd.storage.doubles(),
                from);
          }
        });
    return y;
  }

  private static Tensor[] rowsBackward(
      Tensor gradient,
      Tensor x,
      int rows,
      int n,
      @Nullable Tensor weight,
      Tensor mean,
      Tensor rstd,
      int[] shape) {
    Tensor g = gradient.detach().contiguous();
    Tensor a = x.detach().contiguous();
    Tensor gamma = weight == null ? null : weight.detach().contiguous();
    int wo = gamma == null ? 0 : gamma.layout.offset;
    Tensor dgamma = Tensor.empty(x.dtype(), shape);
    Tensor dbeta = Tensor.empty(x.dtype(), shape);
    if (x.dtype() == DType.FLOAT32) {
      Kernels.F32.layerNormRowsParameters(
          g.storage.floats(),
          g.layout.offset,
          a.storage.floats(),
          a.layout.offset,
          rows,
          n,
          mean.storage.floats(),
          0,
          rstd.storage.floats(),
          0,
          dgamma.storage.floats(),
          0,
          dbeta.storage.floats(),
          0);
    } else {
      Kernels.F64.layerNormRowsParameters(
          g.storage.doubles(),
          g.layout.offset,
          a.storage.doubles(),
          a.layout.offset,
          rows,
          n,
          mean.storage.doubles(),
          0,
          rstd.storage.doubles(),
          0,
          dgamma.storage.doubles(),
          0,
          dbeta.storage.doubles(),
          0);
    }
    Tensor dx = Graph.over(gradient, g, x); // last, since it may overwrite g
    Parallel.range(
        rows,
        Math.max(1, GRAIN / n),
        (from, to) -> {
          int go = g.layout.offset + from * n;
          int xo = a.layout.offset + from * n;
          int dxo = dx.layout.offset + from * n;
          if (x.dtype() == DType.FLOAT32) {
            Kernels.F32.layerNormRowsBackward(
                g.storage.floats(),
                go,
                a.storage.floats(),
                xo,
                to - from,
                n,
                gamma == null ? null : gamma.storage.floats(),
                wo,
                mean.storage.floats(),
                from,
                rstd.storage.floats(),
                from,
                dx.storage.floats(),
                dxo);
          } else {
            Kernels.F64.layerNormRowsBackward(
                g.storage.doubles(),
                go,
                a.storage.doubles(),
                xo,
                to - from,
                n,
                gamma == null ? null : gamma.storage.doubles(),
                wo,
                mean.storage.doubles(),
                from,
                rstd.storage.doubles(),
                from,
                dx.storage.doubles(),
                dxo);
          }
        });
    return new Tensor[] {dx, dgamma, dbeta};
  }

  private static void requireTrailing(String op, Tensor x, int[] shape, @Nullable Tensor weight) {
    requireFloating(op, x);
    int at = x.dim() - shape.length;
    if (shape.length == 0
        || at < 0
        || !Arrays.equals(Arrays.copyOfRange(x.layout.shape, at, x.dim()), shape)) {
      throw new ShapeException(
          op
              + ": expects an input [*, "
              + Shapes.format(shape).substring(1)
              + ", got "
              + Shapes.format(x.layout.shape));
    }
    if (weight != null && !Arrays.equals(weight.layout.shape, shape)) {
      throw new ShapeException(
          op
              + ": expects a weight "
              + Shapes.format(shape)
              + ", got "
              + Shapes.format(weight.layout.shape));
    }
    if (weight != null && weight.dtype() != x.dtype()) {
      throw new DTypeException(op + ": input " + x.dtype() + ", weight " + weight.dtype());
    }
  }

  private static Tensor affineTrailing(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {
    Tensor y = weight == null ? x : x.mul(weight);
    return bias == null ? y : y.add(bias);
  }

  static Tensor rmsNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    requireTrailing("rmsNorm", x, normalizedShape, weight);
    double e = eps != null ? eps : x.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    int[] over = new int[normalizedShape.length];
    for (int i = 0; i < over.length; i++) {
      over[i] = i - over.length;
    }
    Tensor y = x.mul(x.square().mean(over, true).add(e).rsqrt());
    return weight == null ? y : y.mul(weight);
  }

  // ---- group and instance norm --------------------------------------------------------------

  static Tensor groupNorm(
      Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    String op = "groupNorm";
    requireFloating(op, x);
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
    requireChannels(op, "weight", weight, x, channels);
    requireChannels(op, "bias", bias, x, channels);
    if (x.numel() == 0) {
      return affine(x.mul(1), weight, bias);
    }
    int n = x.numel() / (x.size(0) * groups);
    Tensor rows = layerNorm(x.reshape(x.size(0) * groups, n), new int[] {n}, null, null, eps);
    return affine(rows.view(x.layout.shape), weight, bias);
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

  // ---- checks -------------------------------------------------------------------------------

  static void requireFloating(String op, Tensor x) {
    if (!x.isFloatingPoint()) {
      throw new DTypeException(op + ": needs floating-point elements, was " + x.dtype());
    }
  }

  static void requireChannels(String op, String name, @Nullable Tensor t, Tensor x, int channels) {
    if (t != null && t.numel() != channels) {
      throw new ShapeException(
          op
              + ": "
              + name
              + " has "
              + t.numel()
              + " elements, input "
              + Shapes.format(x.layout.shape)
              + " has "
              + channels
              + " channels");
    }
    if (t != null && t.dtype() != x.dtype()) {
      throw new DTypeException(op + ": input " + x.dtype() + ", " + name + " " + t.dtype());
    }
  }
}
