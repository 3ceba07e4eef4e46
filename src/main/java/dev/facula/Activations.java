package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Activations with parameters, written in tensor operations. Where the plain composition would
 * compute a derivative that is slow or not finite (an exponential on the side that is not taken),
 * the value is computed outside of the graph and the derivative stands beside it.
 */
final class Activations {
  private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;
  static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  static final double SELU_SCALE = 1.0507009873554804934193349852946;

  private Activations() {}

  /** The value of x with the derivative (g, x) to the gradient of x. */
  private static Tensor recorded(
      String name, Tensor x, UnaryOperator<Tensor> value, BinaryOperator<Tensor> derivative) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> recorded(name, t, value, derivative));
    }
    Tensor y = Blocks.elementwise(t -> value.apply(t[0]), x.detach());
    return Graph.wanted(x)
        ? Graph.record(
            y,
            name,
            x,
            Graph.tensors(x),
            (c, g) -> Blocks.elementwise(t -> derivative.apply(t[0], t[1]), g, c.saved(0)))
        : y;
  }

  private static Tensor zero(Tensor like) {
    return Tensor.scalar(like.dtype(), 0);
  }

  static Tensor leakyRelu(Tensor x, double slope) {
    Promotion.requireFloating("leakyRelu", x);
    return UnaryOps.leakyRelu(slope).apply(x);
  }

  /** The slopes are drawn in row-major order, for negative elements and zeros alone. */
  static Tensor rrelu(Tensor x, double lower, double upper, boolean training, Generator g) {
    Promotion.requireFloating("rrelu", x);
    if (!(lower <= upper)) {
      throw new IllegalArgumentException(
          "rrelu: lower must not be above upper, were " + lower + " and " + upper);
    }
    if (!training) {
      return UnaryOps.leakyRelu((lower + upper) / 2).apply(x);
    }
    double[] slopes = x.toDoubleArray();
    for (int i = 0; i < slopes.length; i++) {
      if (slopes[i] <= 0) {
        g.uniform(slopes, i, 1, lower, upper);
      } else {
        slopes[i] = 1;
      }
    }
    return x.mul(Tensor.of(slopes, x.layout.shape).to(x.dtype()));
  }

  /** scale x for x &gt; 0, else scale alpha (exp(inner x) - 1). */
  static Tensor elu(String op, Tensor x, double alpha, double scale, double inner) {
    Promotion.requireFloating(op, x);
    return recorded(
        op,
        x,
        v -> {
          Tensor below = scaled(scaled(v.clamp(null, 0), inner).expm1(), alpha * scale);
          // one of two parts is 0, and their sum takes fewer passes than a choice
          return alpha > 1e-30 && alpha < 1e30
              ? below.add_(scaled(v.clamp(0, null), scale))
              : Tensor.where(v.lt(0), below, scaled(v, scale));
        },
        (g, a) ->
            Tensor.where(
                a.gt(0),
                scaled(g, scale),
                g.mul(scaled(scaled(upTo(a, 0), inner).exp(), alpha * scale * inner))));
  }

  /** The smaller of the two, which changes with x only below the limit. */
  private static Tensor upTo(Tensor x, double limit) {
    return UnaryOps.clamp("clamp", Double.NEGATIVE_INFINITY, limit, false).apply(x);
  }

  private static Tensor scaled(Tensor x, double factor) {
    return factor == 1 ? x : x.mul(factor);
  }

  static Tensor gelu(Tensor x, boolean tanh) {
    if (!tanh) {
      return UnaryOps.gelu().apply(x);
    }
    Promotion.requireFloating("gelu", x);
    return recorded(
        "gelu",
        x,
        v -> geluInner(v).tanh_().add_(1).mul_(v.mul(0.5)),
        (g, a) -> {
          Tensor t = geluInner(a).tanh();
          Tensor slope = a.square().mul(3 * GELU_CUBE).add(1).mul(SQRT_2_OVER_PI);
          Tensor bent = t.square().neg().add(1).mul(a).mul(slope);
          return g.mul(t.add(1).add(bent).mul(0.5));
        });
  }

  /** What the tanh in the approximation of gelu is taken of. */
  private static Tensor geluInner(Tensor x) {
    return x.pow(3).mul_(GELU_CUBE).add_(x).mul_(SQRT_2_OVER_PI);
  }

  static Tensor softplus(Tensor x, double beta, double threshold) {
    Promotion.requireFloating("softplus", x);
    if (x.dtype() != DType.FLOAT64 && threshold >= 20) { // where float32 sees no difference
      return recorded(
          "softplus",
          x,
          v -> {
            Tensor y = UnaryOps.logSigmoid().apply(v.mul(-beta)).neg_().add_(0); // 0, not -0
            return beta == 1 ? y : Tensor.where(v.mul(beta).gt(threshold), v, y.div(beta));
          },
          (g, a) -> g.mul(scaled(a, beta).sigmoid()));
    }
    return recorded(
        "softplus",
        x,
        v -> {
          Tensor scaled = scaled(v, beta);
          Tensor bent = scaled.clamp(null, threshold).exp().log1p();
          return Tensor.where(scaled.gt(threshold), v, beta == 1 ? bent : bent.div(beta));
        },
        (g, a) -> {
          Tensor scaled = scaled(a, beta);
          return Tensor.where(scaled.gt(threshold), g, g.mul(upTo(scaled, threshold).sigmoid()));
        });
  }

  static Tensor logSigmoid(Tensor x) {
    Promotion.requireFloating("logSigmoid", x);
    return UnaryOps.logSigmoid().apply(x.contiguous());
  }

  static Tensor mish(Tensor x) {
    Promotion.requireFloating("mish", x);
    return recorded(
        "mish",
        x,
        v -> softplus(v, 1, 20).tanh_().mul_(v),
        (g, a) -> {
          Tensor t = softplus(a, 1, 20).tanh();
          return g.mul(t.add(t.square().neg().add(1).mul(a).mul(a.sigmoid())));
        });
  }

  /** Between low and high; the gradient passes strictly between them. */
  static Tensor hardtanh(String op, Tensor x, Number low, Number high) {
    if (Objects.requireNonNull(low, "minVal").doubleValue()
        > Objects.requireNonNull(high, "maxVal").doubleValue()) {
      throw new IllegalArgumentException(
          op + ": the lower limit " + low + " is above the upper limit " + high);
    }
    return x.isFloatingPoint()
        ? UnaryOps.clamp(op, low.doubleValue(), high.doubleValue(), false).apply(x)
        : x.clamp(low, high);
  }

  static Tensor hardsigmoid(Tensor x) {
    Promotion.requireFloating("hardsigmoid", x);
    return recorded(
        "hardsigmoid",
        x,
        v -> v.add(3).clamp(0, 6).div(6),
        (g, a) -> Tensor.where(a.gt(-3).logicalAnd(a.lt(3)), g.div(6), zero(g)));
  }

  static Tensor hardswish(Tensor x) {
    Promotion.requireFloating("hardswish", x);
    return recorded(
        "hardswish",
        x,
        v -> v.mul(v.add(3).clamp(0, 6)).div(6),
        (g, a) ->
            Tensor.where(a.le(-3), zero(g), Tensor.where(a.lt(3), g.mul(a.div(3).add(0.5)), g)));
  }

  static Tensor softshrink(Tensor x, double lambda) {
    Promotion.requireFloating("softshrink", x);
    if (!(lambda >= 0)) {
      throw new IllegalArgumentException("softshrink: lambda must be at least 0, was " + lambda);
    }
    return recorded(
        "softshrink",
        x,
        v ->
            Tensor.where(
                v.gt(lambda), v.sub(lambda), Tensor.where(v.lt(-lambda), v.add(lambda), v.mul(0))),
        (g, a) -> outside(g, a, lambda));
  }

  static Tensor hardshrink(Tensor x, double lambda) {
    Promotion.requireFloating("hardshrink", x);
    return recorded("hardshrink", x, v -> outside(v, v, lambda), (g, a) -> outside(g, a, lambda));
  }

  /** g where a lies outside of [-lambda, lambda], or is not a number. */
  private static Tensor outside(Tensor g, Tensor a, double lambda) {
    return Tensor.where(a.ge(-lambda).logicalAnd(a.le(lambda)), zero(g), g);
  }

  static Tensor threshold(Tensor x, Number threshold, Number value) {
    return recorded(
        "threshold",
        x,
        v -> Tensor.where(v.le(threshold), Tensor.full(x.dtype(), value), v),
        (g, a) -> Tensor.where(a.le(threshold), zero(g), g));
  }

  static Tensor prelu(Tensor x, Tensor weight) {
    Promotion.requireFloating("prelu", x);
    if (weight.dim() > 1) {
      throw new ShapeException(
          "prelu: expects a weight of at most one dimension, got "
              + Shapes.format(weight.layout.shape));
    }
    if (weight.dtype() != x.dtype()) {
      throw new DTypeException(
          "prelu: input " + x.dtype() + " and weight " + weight.dtype() + " differ in type");
    }
    Tensor slope = weight;
    if (weight.numel() != 1) {
      int channels = x.dim() > 1 ? x.size(1) : 1;
      if (x.dim() == 0 || weight.numel() != channels) {
        throw Shapes.error(
            "prelu: %s slopes for %s channels in %s", weight.numel(), channels, x.layout.shape);
      }
      int[] column = new int[x.dim()];
      java.util.Arrays.fill(column, 1);
      column[1] = -1;
      slope = weight.view(column);
    } else if (weight.dim() == 1 && x.dim() == 0) {
      slope = weight.view();
    }
    return recordedPrelu(x, slope);
  }

  private static Tensor recordedPrelu(Tensor x, Tensor slope) {
    Tensor y = x.detach();
    y = Tensor.where(y.gt(0), y, y.mul(slope.detach()));
    int[] shape = slope.layout.shape;
    return Graph.wanted(x, slope)
        ? Graph.record(
            y,
            "prelu",
            Graph.tensors(x, slope),
            Graph.tensors(x, slope),
            (c, gs) -> {
              Tensor g = Graph.defined(gs);
              Tensor a = c.saved(0);
              Tensor right = a.gt(0);
              Tensor byX = c.needs(0) ? Tensor.where(right, g, g.mul(c.saved(1))) : null;
              Tensor bySlope = c.needs(1) ? Tensor.where(right, zero(g), g.mul(a)) : null;
              return new Tensor[] {byX, bySlope == null ? null : bySlope.sumToSize(shape)};
            })
        : y;
  }

  static Tensor glu(Tensor x, int dim) {
    Promotion.requireFloating("glu", x);
    int d = Shapes.dim("glu", dim, x.dim());
    if (x.dim() == 0 || x.size(d) % 2 != 0) {
      throw new ShapeException(
          "glu: needs an even size in dimension " + dim + " of " + Shapes.format(x.layout.shape));
    }
    int half = x.size(d) / 2;
    return Blocks.rows(
        t -> t[0].mul(t[1].sigmoid()), x.narrow(d, 0, half), x.narrow(d, half, half));
  }

  /** softmax((x + g) / tau), g = -log(e) with e from an exponential distribution. */
  static Tensor gumbelSoftmax(Tensor logits, double tau, boolean hard, int dim) {
    Promotion.requireFloating("gumbelSoftmax", Objects.requireNonNull(logits, "logits"));
    Tensor g = Tensor.zeros(logits.dtype(), logits.layout.shape).exponential_().log().neg();
    Tensor soft = logits.add(g).div(tau).softmax(dim);
    if (!hard) {
      return soft;
    }
    Tensor largest = soft.detach().argmax(dim, true);
    Tensor one = Tensor.zerosLike(soft).scatter_(dim, largest, 1);
    return one.sub(soft.detach()).add(soft);
  }
}
