package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
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

  /**
   * The gradients of x, weight and bias.
   *
   * @param weight in a shape that broadcasts to that of x
   * @param over the dimensions of the statistics
   * @param others the dimensions that weight and bias do not have
   */
  static Tensor[] composed(
      Tensor g, Tensor x, @Nullable Tensor weight, int[] over, int[] others, double eps) {
    Tensor centred = x.sub(x.mean(over, true));
    Tensor rstd = centred.square().mean(over, true).add(eps).rsqrt();
    Tensor z = centred.mul(rstd);
    Tensor h = scaled(g, weight);
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

  /** What derivatives look up, and behind it the statistics, which they have at hand. */
  static Tensor[] saved(Tensor x, @Nullable Tensor weight, Tensor mean, Tensor rstd) {
    return weight == null ? Graph.tensors(x, mean, rstd) : Graph.tensors(x, weight, mean, rstd);
  }

  /** Of the gradients of x, weight and bias those of the inputs that there are. */
  static Tensor[] chosen(Tensor[] three, boolean weighted, boolean biased) {
    if (!weighted) {
      return biased ? new Tensor[] {three[0], three[2]} : new Tensor[] {three[0]};
    }
    return biased ? three : new Tensor[] {three[0], three[1]};
  }

  // ---- layer norm ---------------------------------------------------------------------------

  static Tensor layerNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    if (Reduced.is(x)) {
      return Reduced.apply(t -> layerNorm(t[0], normalizedShape, t[1], t[2], eps), x, weight, bias);
    }
    String op = "layerNorm";
    requireTrailing(op, x, normalizedShape, weight);
    if (bias != null && !Arrays.equals(bias.layout.shape, normalizedShape)) {
      throw Shapes.error("%s: expects a bias %s, got %s", op, normalizedShape, bias.layout.shape);
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
    Tensor y = rows(x, rows, n, 1, weight, bias, eps, mean, rstd);
    if (!wanted(x, weight, bias)) {
      return y;
    }
    int at = x.dim() - normalizedShape.length;
    boolean weighted = weight != null;
    boolean biased = bias != null;
    return Graph.record(
        y,
        op,
        inputs(x, weight, bias),
        saved(x, weight, mean, rstd),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor own = c.saved(0);
          Tensor gamma = weighted ? c.saved(1) : null;
          Tensor[] three;
          if (Graph.wanted(g, own) || gamma != null && Graph.wanted(gamma)) {
            three = composedRows(g, own, gamma, at, eps);
          } else {
            three = rowsBackward(g, own, rows, n, gamma, mean, rstd, normalizedShape);
          }
          return chosen(three, weighted, biased);
        });
  }

  private static Tensor[] composedRows(
      Tensor g, Tensor x, @Nullable Tensor weight, int at, double eps) {
    int[] over = IntStream.range(at, x.dim()).toArray();
    return composed(g, x, weight, over, Shapes.range(at), eps);
  }

  /**
   * The normalised rows, with their means and inverse deviations.
   *
   * @param period the rows after which weight and bias repeat
   */
  static Tensor rows(
      Tensor x,
      int rows,
      int n,
      int period,
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
    Parallel.parallelFor(
        rows,
        Parallel.FUNCTION * n,
        (from, to) -> {
          int count = period == 1 ? to - from : 1;
          for (int at = from; at < to; at += count) {
            Types.floating(x.dtype())
                .norm()
                .layerNormRows(
                    a.storage.array(),
                    a.layout.offset + at * n,
                    count,
                    n,
                    gamma == null ? null : gamma.storage.array(),
                    go + at % period * n,
                    beta == null ? null : beta.storage.array(),
                    bo + at % period * n,
                    eps,
                    y.storage.array(),
                    at * n,
                    mean.storage.array(),
                    at,
                    rstd.storage.array(),
                    at);
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
    Tensor dgamma = Tensor.empty(x.dtype(), shape);
    Tensor dbeta = Tensor.empty(x.dtype(), shape);
    Types.floating(x.dtype())
        .norm()
        .layerNormRowsParameters(
            g.storage.array(),
            g.layout.offset,
            a.storage.array(),
            a.layout.offset,
            rows,
            n,
            mean.storage.array(),
            0,
            rstd.storage.array(),
            0,
            dgamma.storage.array(),
            0,
            dbeta.storage.array(),
            0);
    // last, since it may overwrite g
    Tensor dx = inputGradient(gradient, g, a, rows, n, 1, gamma, mean, rstd);
    return new Tensor[] {dx, dgamma, dbeta};
  }

  /** The gradient of x, in the memory of that of the result where nobody needs it again. */
  static Tensor inputGradient(
      Tensor gradient,
      Tensor g,
      Tensor x,
      int rows,
      int n,
      int period,
      @Nullable Tensor gamma,
      Tensor mean,
      Tensor rstd) {
    Tensor dx = Graph.reuse(gradient, g, x);
    int wo = gamma == null ? 0 : gamma.layout.offset;
    Parallel.parallelFor(
        rows,
        Parallel.FUNCTION * n,
        (from, to) -> {
          int count = period == 1 ? to - from : 1;
          for (int at = from; at < to; at += count) {
            Types.floating(x.dtype())
                .norm()
                .layerNormRowsBackward(
                    g.storage.array(),
                    g.layout.offset + at * n,
                    x.storage.array(),
                    x.layout.offset + at * n,
                    count,
                    n,
                    gamma == null ? null : gamma.storage.array(),
                    wo + at % period * n,
                    mean.storage.array(),
                    at,
                    rstd.storage.array(),
                    at,
                    dx.storage.array(),
                    dx.layout.offset + at * n);
          }
        });
    return dx;
  }

  private static void requireTrailing(String op, Tensor x, int[] shape, @Nullable Tensor weight) {
    Promotion.requireFloating(op, x);
    int at = x.dim() - Objects.requireNonNull(shape, "normalizedShape").length;
    if (shape.length == 0
        || at < 0
        || !Arrays.equals(Arrays.copyOfRange(x.layout.shape, at, x.dim()), shape)) {
      throw Shapes.error(
          "%s: expects an input [*, %s, got %s",
          op, Shapes.format(shape).substring(1), x.layout.shape);
    }
    if (weight != null && !Arrays.equals(weight.layout.shape, shape)) {
      throw Shapes.error("%s: expects a weight %s, got %s", op, shape, weight.layout.shape);
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
    double e = eps != null ? eps : x.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    if (Reduced.is(x)) {
      return Reduced.apply(t -> rmsNorm(t[0], normalizedShape, t[1], e), x, weight);
    }
    if (x.numel() == 0) {
      return weight == null ? x.mul(1) : x.mul(weight);
    }
    int n = Shapes.numel("rmsNorm", normalizedShape);
    Tensor gamma = weight == null ? null : weight.reshape(n);
    Tensor own = gamma == null ? null : gamma.detach();
    Tensor rows = x.reshape(-1, n).contiguous();
    Tensor y =
        Blocks.rows(
            t -> {
              Tensor z = t[0].mul(inverseRms(t[0], e));
              return own == null ? z : z.mul_(own);
            },
            rows.detach());
    if (wanted(rows, gamma, null)) {
      Graph.record(
          y,
          "rmsNorm",
          inputs(rows, gamma, null),
          inputs(rows, gamma, null),
          (c, gs) -> rmsGradients(c, Graph.defined(gs), gamma != null, e));
    }
    return Copies.images(y.view(x.layout.shape), x);
  }

  private static Tensor scaled(Tensor x, @Nullable Tensor weight) {
    return weight == null ? x : x.mul(weight);
  }

  private static Tensor inverseRms(Tensor x, double eps) {
    return x.square().mean(-1, true).add(eps).rsqrt();
  }

  private static Tensor[] rmsGradients(Node.Context c, Tensor g, boolean weighted, double eps) {
    Tensor x = c.saved(0);
    Tensor weight = weighted ? c.saved(1) : null;
    Blocks.Formula byInput =
        t -> {
          Tensor r = inverseRms(t[1], eps);
          Tensor z = t[1].mul(r);
          Tensor h = scaled(t[0], weight);
          return r.mul(h.sub(z.mul(h.mul(z).mean(-1, true))));
        };
    boolean recorded = weight != null && Graph.wanted(weight);
    Tensor dx = recorded ? byInput.of(g, x) : Blocks.rows(byInput, g, x);
    if (weight == null) {
      return new Tensor[] {dx};
    }
    Tensor gz = Blocks.rows(t -> t[0].mul(t[1].mul(inverseRms(t[1], eps))), g, x);
    return new Tensor[] {dx, gz.sum(0)};
  }

  // ---- checks -------------------------------------------------------------------------------

  static void requireChannels(String op, String name, @Nullable Tensor t, Tensor x, int channels) {
    if (t != null && t.numel() != channels) {
      throw Shapes.error(
          "%s: %s has %s elements, input %s has %s channels",
          op, name, t.numel(), x.layout.shape, channels);
    }
    if (t != null && t.dtype() != x.dtype()) {
      throw new DTypeException(op + ": input " + x.dtype() + ", " + name + " " + t.dtype());
    }
  }
}
