package dev.facula;

import static dev.facula.UnaryOp.Keep.INPUT;
import static dev.facula.UnaryOp.Keep.NOTHING;
import static dev.facula.UnaryOp.Keep.OUTPUT;

import dev.facula.UnaryOp.Derivative;
import dev.facula.UnaryOp.Formula;
import dev.facula.internal.kernel.DoubleKernels;
import dev.facula.internal.kernel.DoubleLoops;
import dev.facula.internal.kernel.FloatKernels;
import dev.facula.internal.kernel.FloatLoops;
import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.kernel.LongLoops;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The elementwise functions of one operand, each with its derivative. */
final class UnaryOps {
  private static final FloatKernels F = Kernels.F32;
  private static final DoubleKernels D = Kernels.F64;
  private static final double LN2 = Math.log(2);
  private static final double LN10 = Math.log(10);
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private UnaryOps() {}

  // arithmetic and rounding: integers stay integers
  static final UnaryOp NEG = row("neg", F::neg, D::neg, x -> -x, free(g -> g.neg()));
  static final UnaryOp ABS =
      row("abs", F::abs, D::abs, Math::abs, ofInput((g, x) -> g.mul(x.sign())));
  static final UnaryOp SQUARE =
      row("square", F::square, D::square, x -> x * x, ofInput((g, x) -> g.mul(x.mul(2))));
  static final UnaryOp SIGN = row("sign", UnaryOps::sign, Long::signum, zero());
  static final UnaryOp FLOOR = row("floor", Math::floor, x -> x, zero());
  static final UnaryOp CEIL = row("ceil", Math::ceil, x -> x, zero());
  static final UnaryOp ROUND = row("round", Math::rint, x -> x, zero());
  static final UnaryOp TRUNC = row("trunc", UnaryOps::trunc, x -> x, zero());
  static final UnaryOp FRAC = row("frac", x -> x - trunc(x), null, free(g -> g));

  // powers
  static final UnaryOp SQRT =
      row("sqrt", F::sqrt, D::sqrt, null, ofOutput((g, y) -> g.div(y.mul(2))));
  static final UnaryOp RSQRT =
      row("rsqrt", F::rsqrt, D::rsqrt, null, ofOutput((g, y) -> g.mul(y.pow(3)).mul(-0.5)));
  static final UnaryOp RECIPROCAL =
      row(
          "reciprocal",
          F::reciprocal,
          D::reciprocal,
          null,
          ofOutput((g, y) -> g.neg().mul(y.mul(y))));

  // exponentials and logarithms
  static final UnaryOp EXP = row("exp", F::exp, D::exp, null, ofOutput((g, y) -> g.mul(y)));
  static final UnaryOp EXP2 =
      row("exp2", x -> Math.pow(2, x), null, ofOutput((g, y) -> g.mul(y).mul(LN2)));
  static final UnaryOp EXPM1 = row("expm1", Math::expm1, null, ofOutput((g, y) -> g.mul(y.add(1))));
  static final UnaryOp LOG = row("log", F::log, D::log, null, ofInput((g, x) -> g.div(x)));
  static final UnaryOp LOG2 =
      row("log2", UnaryOps::log2, null, ofInput((g, x) -> g.div(x.mul(LN2))));
  static final UnaryOp LOG10 =
      row("log10", Math::log10, null, ofInput((g, x) -> g.div(x.mul(LN10))));
  static final UnaryOp LOG1P = row("log1p", Math::log1p, null, ofInput((g, x) -> g.div(x.add(1))));

  // trigonometric and hyperbolic
  static final UnaryOp SIN = row("sin", F::sin, D::sin, null, ofInput((g, x) -> g.mul(x.cos())));
  static final UnaryOp COS =
      row("cos", F::cos, D::cos, null, ofInput((g, x) -> g.mul(x.sin().neg())));
  static final UnaryOp TAN =
      row("tan", Math::tan, null, ofOutput((g, y) -> g.mul(y.square().add(1))));
  static final UnaryOp ASIN =
      row("asin", Math::asin, null, ofInput((g, x) -> g.mul(x.square().neg().add(1).rsqrt())));
  static final UnaryOp ACOS =
      row(
          "acos",
          Math::acos,
          null,
          ofInput((g, x) -> g.mul(x.square().neg().add(1).rsqrt()).neg()));
  static final UnaryOp ATAN =
      row("atan", Math::atan, null, ofInput((g, x) -> g.div(x.square().add(1))));
  static final UnaryOp SINH = row("sinh", Math::sinh, null, ofInput((g, x) -> g.mul(x.cosh())));
  static final UnaryOp COSH = row("cosh", Math::cosh, null, ofInput((g, x) -> g.mul(x.sinh())));
  static final UnaryOp TANH =
      row("tanh", F::tanh, D::tanh, null, ofOutput((g, y) -> BinaryOps.TANH_BACKWARD.apply(g, y)));
  static final UnaryOp ASINH =
      row("asinh", UnaryOps::asinh, null, ofInput((g, x) -> g.mul(x.square().add(1).rsqrt())));
  static final UnaryOp ACOSH =
      row("acosh", UnaryOps::acosh, null, ofInput((g, x) -> g.mul(x.square().sub(1).rsqrt())));
  static final UnaryOp ATANH =
      row("atanh", UnaryOps::atanh, null, ofInput((g, x) -> g.div(x.square().neg().add(1))));

  static final UnaryOp SINC = row("sinc", UnaryOps::sinc, null, ofInput(UnaryOps::sincSlope));
  static final UnaryOp LOGIT =
      row(
          "logit",
          x -> Math.log(x / (1 - x)),
          null,
          ofInput((g, x) -> g.div(x.mul(x.neg().add(1)))));

  // error functions
  static final UnaryOp ERF =
      row("erf", F::erf, D::erf, null, ofInput((g, x) -> g.mul(gauss(x)).mul(TWO_OVER_SQRT_PI)));
  static final UnaryOp ERFC =
      row(
          "erfc",
          SpecialFunctions::erfc,
          null,
          ofInput((g, x) -> g.mul(gauss(x)).mul(-TWO_OVER_SQRT_PI)));
  static final UnaryOp ERFINV =
      row(
          "erfinv",
          SpecialFunctions::erfinv,
          null,
          ofOutput((g, y) -> g.mul(y.square().exp()).mul(1 / TWO_OVER_SQRT_PI)));

  // activations
  static final UnaryOp SIGMOID =
      row(
          "sigmoid",
          F::sigmoid,
          D::sigmoid,
          null,
          ofOutput((g, y) -> BinaryOps.SIGMOID_BACKWARD.apply(g, y)));
  static final UnaryOp LOG_SIGMOID =
      row("logSigmoid", UnaryOps::logSigmoid, null, ofInput((g, x) -> g.mul(x.neg().sigmoid())));
  static final UnaryOp RELU =
      row(
          "relu",
          F::relu,
          D::relu,
          x -> Math.max(x, 0),
          ofOutput((g, y) -> BinaryOps.RELU_BACKWARD.apply(g, y)));
  static final UnaryOp GELU =
      row("gelu", F::gelu, D::gelu, null, ofInput((g, x) -> BinaryOps.GELU_BACKWARD.apply(g, x)));
  static final UnaryOp SILU =
      row("silu", F::silu, D::silu, null, ofInput((g, x) -> BinaryOps.SILU_BACKWARD.apply(g, x)));

  /** exp(-x x). */
  static Tensor gauss(Tensor x) {
    return x.square().neg().exp();
  }

  private static double logSigmoid(double x) {
    return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double sign(double x) {
    return Double.isNaN(x) ? 0 : Math.signum(x);
  }

  private static double trunc(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static Tensor sincSlope(Tensor g, Tensor x) {
    Tensor px = x.mul(Math.PI);
    Tensor slope = px.cos().mul(px).sub(px.sin()).div(px.mul(x));
    return Tensor.where(x.eq(0), Tensor.scalar(g.dtype(), 0), g.mul(slope));
  }

  private static double log2(double x) {
    double y = Math.log(x) / LN2;
    double whole = Math.rint(y);
    return Math.abs(y - whole) < 1e-9 && Math.pow(2, whole) == x ? whole : y;
  }

  private static double asinh(double x) {
    double a = Math.abs(x);
    double y = a > 1e8 ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(y, x);
  }

  private static double acosh(double x) {
    double t = x - 1;
    return x > 1e8 ? Math.log(x) + LN2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  private static double atanh(double x) {
    return 0.5 * (Math.log1p(x) - Math.log1p(-x));
  }

  private static Derivative free(java.util.function.UnaryOperator<Tensor> f) {
    return new Derivative(NOTHING, (g, same) -> f.apply(g));
  }

  private static Derivative zero() {
    return free(Tensor::zerosLike);
  }

  private static Derivative ofInput(Formula f) {
    return new Derivative(INPUT, f);
  }

  private static Derivative ofOutput(Formula f) {
    return new Derivative(OUTPUT, f);
  }

  private static UnaryOp row(
      String name,
      FloatLoops.Unary f32,
      DoubleLoops.Unary f64,
      @Nullable LongUnaryOperator i64,
      Derivative derivative) {
    return new UnaryOp(name, f32, f64, i64 == null ? null : LongLoops.map(i64), derivative);
  }

  private static UnaryOp row(
      String name, DoubleUnaryOperator f, @Nullable LongUnaryOperator i64, Derivative derivative) {
    return row(name, FloatLoops.map(f), DoubleLoops.map(f), i64, derivative);
  }
}
