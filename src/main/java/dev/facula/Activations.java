package dev.facula;

import java.util.function.BinaryOperator;

/**
 * Activations with parameters, written in tensor operations. Where the plain composition would
 * compute a derivative that is slow or not finite (an exponential on the side that is not taken),
 * the value is computed outside of the graph and the derivative stands beside it.
 */
final class Activations {
  private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);
  static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  static final double SELU_SCALE = 1.0507009873554804934193349852946;

  private Activations() {}

  /** A value with the derivative (g, x) to the gradient of x. */
  private static Tensor recorded(
      String name, Tensor x, Tensor y, BinaryOperator<Tensor> derivative) {
    return Graph.wanted(x)
        ? Graph.record(y, name, x, Graph.tensors(x), (c, g) -> derivative.apply(g, c.saved(0)))
        : y;
  }

  private static Tensor zero(Tensor like) {
    return Tensor.scalar(like.dtype(), 0);
  }

  private static Tensor floating(String op, Tensor x) {
    if (!x.isFloatingPoint()) {
      throw new DTypeException(op + ": needs floating-point elements, was " + x.dtype());
    }
    return x.detach();
  }

  static Tensor leakyRelu(Tensor x, double slope) {
    Tensor v = floating("leakyRelu", x);
    Tensor y =
        slope > 0 && slope <= 1 ? v.maximum(v.mul(slope)) : Tensor.where(v.gt(0), v, v.mul(slope));
    return recorded("leakyRelu", x, y, (g, a) -> Tensor.where(a.gt(0), g, g.mul(slope)));
  }

  /** scale x for x &gt; 0, else scale alpha (exp(inner x) - 1). */
  static Tensor elu(String op, Tensor x, double alpha, double scale, double inner) {
    Tensor v = floating(op, x);
    Tensor below = v.clamp(null, 0).mul(inner).expm1().mul(alpha * scale);
    Tensor y = Tensor.where(v.gt(0), v.mul(scale), below);
    return recorded(
        op,
        x,
        y,
        (g, a) ->
            Tensor.where(
                a.gt(0),
                g.mul(scale),
                g.mul(a.clamp(null, 0).mul(inner).exp().mul(alpha * scale * inner))));
  }

  static Tensor gelu(Tensor x, boolean tanh) {
    if (!tanh) {
      return UnaryOps.gelu().apply(x);
    }
    floating("gelu", x);
    Tensor inner = x.add(x.pow(3).mul(0.044715)).mul(SQRT_2_OVER_PI);
    return x.mul(0.5).mul(inner.tanh().add(1));
  }

  static Tensor softplus(Tensor x, double beta, double threshold) {
    Tensor v = floating("softplus", x);
    Tensor scaled = v.mul(beta);
    Tensor linear = scaled.gt(threshold);
    Tensor y = Tensor.where(linear, v, scaled.clamp(null, threshold).exp().log1p().div(beta));
    return recorded(
        "softplus", x, y, (g, a) -> Tensor.where(linear, g, g.mul(a.mul(beta).sigmoid())));
  }

  static Tensor logSigmoid(Tensor x) {
    floating("logSigmoid", x);
    return UnaryOps.logSigmoid().apply(x);
  }

  static Tensor mish(Tensor x) {
    return x.mul(softplus(x, 1, 20).tanh());
  }

  /** Between low and high; the gradient passes strictly between them. */
  static Tensor hardtanh(String op, Tensor x, Number low, Number high) {
    if (low.doubleValue() > high.doubleValue()) {
      throw new IllegalArgumentException(
          op + ": the lower limit " + low + " is above the upper limit " + high);
    }
    return recorded(
        op,
        x,
        x.detach().clamp(low, high),
        (g, a) -> Tensor.where(a.gt(low).logicalAnd(a.lt(high)), g, zero(g)));
  }

  static Tensor hardsigmoid(Tensor x) {
    Tensor v = floating("hardsigmoid", x);
    return recorded(
        "hardsigmoid",
        x,
        v.add(3).clamp(0, 6).div(6),
        (g, a) -> Tensor.where(a.gt(-3).logicalAnd(a.lt(3)), g.div(6), zero(g)));
  }

  static Tensor hardswish(Tensor x) {
    Tensor v = floating("hardswish", x);
    return recorded(
        "hardswish",
        x,
        v.mul(v.add(3).clamp(0, 6)).div(6),
        (g, a) ->
            Tensor.where(a.le(-3), zero(g), Tensor.where(a.lt(3), g.mul(a.div(3).add(0.5)), g)));
  }

  static Tensor softshrink(Tensor x, double lambda) {
    Tensor v = floating("softshrink", x);
    if (!(lambda >= 0)) {
      throw new IllegalArgumentException("softshrink: lambda must be at least 0, was " + lambda);
    }
    Tensor y =
        Tensor.where(
            v.gt(lambda), v.sub(lambda), Tensor.where(v.lt(-lambda), v.add(lambda), v.mul(0)));
    return recorded("softshrink", x, y, (g, a) -> outside(g, a, lambda));
  }

  static Tensor hardshrink(Tensor x, double lambda) {
    Tensor v = floating("hardshrink", x);
    return recorded("hardshrink", x, outside(v, v, lambda), (g, a) -> outside(g, a, lambda));
  }

  /** g where a lies outside of [-lambda, lambda], or is not a number. */
  private static Tensor outside(Tensor g, Tensor a, double lambda) {
    return Tensor.where(a.ge(-lambda).logicalAnd(a.le(lambda)), zero(g), g);
  }

  static Tensor threshold(Tensor x, Number threshold, Number value) {
    Tensor v = x.detach();
    return recorded(
        "threshold",
        x,
        Tensor.where(v.le(threshold), Tensor.full(x.dtype(), value), v),
        (g, a) -> Tensor.where(a.le(threshold), zero(g), g));
  }

  static Tensor prelu(Tensor x, Tensor weight) {
    floating("prelu", x);
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
        throw new ShapeException(
            "prelu: "
                + weight.numel()
                + " slopes for "
                + channels
                + " channels in "
                + Shapes.format(x.layout.shape));
      }
      int[] column = new int[x.dim()];
      java.util.Arrays.fill(column, 1);
      column[1] = -1;
      slope = weight.view(column);
    } else if (weight.dim() == 1 && x.dim() == 0) {
      slope = weight.view();
    }
    return Tensor.where(x.gt(0), x, x.mul(slope));
  }

  static Tensor glu(Tensor x, int dim) {
    floating("glu", x);
    int d = Shapes.dim("glu", dim, x.dim());
    if (x.dim() == 0 || x.size(d) % 2 != 0) {
      throw new ShapeException(
          "glu: needs an even size in dimension " + dim + " of " + Shapes.format(x.layout.shape));
    }
    int half = x.size(d) / 2;
    return x.narrow(d, 0, half).mul(x.narrow(d, half, half).sigmoid());
  }
}
