package dev.facula;

import static dev.facula.UnaryOp.Keep.INPUT;
import static dev.facula.UnaryOp.Keep.NOTHING;
import static dev.facula.UnaryOp.Keep.OUTPUT;

import dev.facula.UnaryOp.Derivative;
import dev.facula.internal.kernel.DoubleMath;
import dev.facula.internal.kernel.Loops;
import dev.facula.internal.kernel.UnaryKernels;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise functions of one operand, each with its derivative. A row is made when it is
 * used: to link the lambdas of all rows takes longer than many a program that uses a few of them.
 */
final class UnaryOps {
  private static final double LN2 = Math.log(2);
  private static final double LN10 = Math.log(10);
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

  private UnaryOps() {}

  // arithmetic and rounding: integers stay integers
  static UnaryOp neg() {
    return row("neg", UnaryKernels::neg, x -> -x, free(g -> g.neg()));
  }

  static UnaryOp abs() {
    return row("abs", UnaryKernels::abs, Math::abs, ofInput((g, x) -> g.mul(x.sign())));
  }

  static UnaryOp square() {
    return row("square", UnaryKernels::square, x -> x * x, ofInput((g, x) -> g.mul(x.mul(2))));
  }

  static UnaryOp sign() {
    return row("sign", UnaryKernels::sign, Long::signum, zero());
  }

  static UnaryOp floor() {
    return row("floor", UnaryKernels::floor, x -> x, zero());
  }

  static UnaryOp ceil() {
    return row("ceil", UnaryKernels::ceil, x -> x, zero());
  }

  static UnaryOp round() {
    return row("round", UnaryKernels::round, x -> x, zero());
  }

  static UnaryOp trunc() {
    return row("trunc", UnaryOps::trunc, x -> x, zero());
  }

  static UnaryOp frac() {
    return row("frac", x -> x - trunc(x), null, free(g -> g));
  }

  // powers
  static UnaryOp sqrt() {
    return row("sqrt", UnaryKernels::sqrt, null, ofOutput((g, y) -> g.div(y.mul(2))));
  }

  static UnaryOp rsqrt() {
    return row("rsqrt", UnaryKernels::rsqrt, null, ofOutput((g, y) -> g.mul(y.pow(3)).mul(-0.5)));
  }

  static UnaryOp reciprocal() {
    return row(
        "reciprocal", UnaryKernels::reciprocal, null, ofOutput((g, y) -> g.neg().mul(y.mul(y))));
  }

  // exponentials and logarithms
  static UnaryOp exp() {
    return row("exp", UnaryKernels::exp, null, ofOutput((g, y) -> g.mul(y)));
  }

  static UnaryOp exp2() {
    return row("exp2", x -> Math.pow(2, x), null, ofOutput((g, y) -> g.mul(y).mul(LN2)));
  }

  static UnaryOp expm1() {
    return row("expm1", UnaryKernels::expm1, null, ofOutput((g, y) -> g.mul(y.add(1))));
  }

  static UnaryOp log() {
    return row("log", UnaryKernels::log, null, ofInput((g, x) -> g.div(x)));
  }

  static UnaryOp log2() {
    return row("log2", UnaryKernels::log2, null, ofInput((g, x) -> g.div(x.mul(LN2))));
  }

  static UnaryOp log10() {
    return row("log10", Math::log10, null, ofInput((g, x) -> g.div(x.mul(LN10))));
  }

  static UnaryOp log1p() {
    return row("log1p", UnaryKernels::log1p, null, ofInput((g, x) -> g.div(x.add(1))));
  }

  // trigonometric and hyperbolic
  static UnaryOp sin() {
    return row("sin", UnaryKernels::sin, null, ofInput((g, x) -> g.mul(x.cos())));
  }

  static UnaryOp cos() {
    return row("cos", UnaryKernels::cos, null, ofInput((g, x) -> g.mul(x.sin().neg())));
  }

  static UnaryOp tan() {
    return row("tan", Math::tan, null, ofOutput((g, y) -> g.mul(y.square().add(1))));
  }

  static UnaryOp asin() {
    return row("asin", Math::asin, null, ofInput((g, x) -> g.mul(x.square().neg().add(1).rsqrt())));
  }

  static UnaryOp acos() {
    return row(
        "acos", Math::acos, null, ofInput((g, x) -> g.mul(x.square().neg().add(1).rsqrt()).neg()));
  }

  static UnaryOp atan() {
    return row("atan", Math::atan, null, ofInput((g, x) -> g.div(x.square().add(1))));
  }

  static UnaryOp sinh() {
    return row("sinh", Math::sinh, null, ofInput((g, x) -> g.mul(x.cosh())));
  }

  static UnaryOp cosh() {
    return row("cosh", Math::cosh, null, ofInput((g, x) -> g.mul(x.sinh())));
  }

  static UnaryOp tanh() {
    return row(
        "tanh",
        UnaryKernels::tanh,
        null,
        ofOutput((g, y) -> BinaryOps.tanhBackward().applyLast(g, y)));
  }

  static UnaryOp asinh() {
    return row("asinh", UnaryOps::asinh, null, ofInput((g, x) -> g.mul(x.square().add(1).rsqrt())));
  }

  static UnaryOp acosh() {
    return row("acosh", UnaryOps::acosh, null, ofInput((g, x) -> g.mul(x.square().sub(1).rsqrt())));
  }

  static UnaryOp atanh() {
    return row("atanh", UnaryOps::atanh, null, ofInput((g, x) -> g.div(x.square().neg().add(1))));
  }

  static UnaryOp sinc() {
    return row("sinc", Sinc::value, null, ofInput((g, x) -> g.mul(sincDerivative(1).apply(x))));
  }

  private static UnaryOp sincDerivative(int order) {
    return row(
        "sincBackward",
        x -> Sinc.derivative(order, x),
        null,
        ofInput((g, x) -> g.mul(sincDerivative(order + 1).apply(x))));
  }

  static UnaryOp logit() {
    return row(
        "logit",
        UnaryOps::logOdds,
        null,
        ofInput(
            (g, x) ->
                g.div(x.mul(x.neg().add(1))).maskedFill(x.lt(0).logicalOr(x.gt(1)), Double.NaN)));
  }

  /** {@link #logit()} of what is limited to the range from eps to 1 - eps. */
  static UnaryOp logit(double eps) {
    return row(
        "logit",
        (k, x, xo, y, yo, n) -> k.logit(eps, x, xo, y, yo, n),
        null,
        ofInput(
            (g, x) -> {
              double high = x.dtype() == DType.FLOAT32 ? 1 - (float) eps : 1 - eps;
              return g.div(x.mul(x.neg().add(1))).maskedFill(x.lt(eps).logicalOr(x.gt(high)), 0);
            }));
  }

  // error functions
  static UnaryOp erf() {
    return row(
        "erf", UnaryKernels::erf, null, ofInput((g, x) -> g.mul(gauss(x)).mul(TWO_OVER_SQRT_PI)));
  }

  static UnaryOp erfc() {
    return row(
        "erfc", DoubleMath::erfc, null, ofInput((g, x) -> g.mul(gauss(x)).mul(-TWO_OVER_SQRT_PI)));
  }

  static UnaryOp erfinv() {
    return row(
        "erfinv",
        SpecialFunctions::erfinv,
        null,
        ofOutput((g, y) -> g.mul(y.square().exp()).mul(1 / TWO_OVER_SQRT_PI)));
  }

  // activations
  static UnaryOp sigmoid() {
    return row(
        "sigmoid",
        UnaryKernels::sigmoid,
        null,
        ofOutput((g, y) -> BinaryOps.sigmoidBackward().applyLast(g, y)));
  }

  static UnaryOp logSigmoid() {
    return row(
        "logsigmoid", UnaryKernels::logSigmoid, null, ofInput((g, x) -> g.mul(x.neg().sigmoid())));
  }

  static UnaryOp relu() {
    return row(
        "relu",
        UnaryKernels::relu,
        x -> Math.max(x, 0),
        ofOutput((g, y) -> BinaryOps.reluBackward().applyLast(g, y)));
  }

  /**
   * min(max(x, low), high) of floating-point numbers.
   *
   * @param ends whether the gradient passes at the limits, too, but not where x is not a number
   */
  static UnaryOp clamp(String name, double low, double high, boolean ends) {
    return row(
            name,
            (k, x, xo, y, yo, n) -> k.clamp(low, high, x, xo, y, yo, n),
            null,
            ofInput(
                (g, x) ->
                    Blocks.elementwise(
                        t -> {
                          Tensor a = t[1];
                          Tensor zero = Tensor.scalar(g.dtype(), 0);
                          return ends
                              ? Tensor.where(a.ge(low).logicalAnd(a.le(high)), t[0], zero)
                              : Tensor.where(a.le(low).logicalOr(a.ge(high)), zero, t[0]);
                        },
                        g,
                        x)))
        .part();
  }

  static UnaryOp leakyRelu(double slope) {
    return row(
            "leakyRelu",
            (k, x, xo, y, yo, n) -> k.leakyRelu(slope, x, xo, y, yo, n),
            null,
            ofInput(
                (g, x) ->
                    Blocks.elementwise(t -> Tensor.where(t[1].gt(0), t[0], t[0].mul(slope)), g, x)))
        .part();
  }

  static UnaryOp gelu() {
    return row(
            "gelu",
            UnaryKernels::gelu,
            null,
            ofInput((g, x) -> BinaryOps.geluBackward().applyLast(g, x)))
        .part();
  }

  static UnaryOp silu() {
    return row(
        "silu",
        UnaryKernels::silu,
        null,
        ofInput((g, x) -> BinaryOps.siluBackward().applyLast(g, x)));
  }

  /** exp(-x x). */
  static Tensor gauss(Tensor x) {
    return x.square().neg().exp();
  }

  private static double trunc(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  private static double logOdds(double x) {
    return Math.log(x / (1 - x));
  }

  private static double asinh(double x) {
    double a = Math.abs(x);
    double y = a > 1e8 ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(y, x);
  }

  private static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
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

  private static Derivative ofInput(BinaryOperator<Tensor> f) {
    return new Derivative(INPUT, f);
  }

  private static Derivative ofOutput(BinaryOperator<Tensor> f) {
    return new Derivative(OUTPUT, f);
  }

  private static UnaryOp row(
      String name,
      Loops.Unary<UnaryKernels<Object>> floating,
      @Nullable LongUnaryOperator integer,
      Derivative derivative) {
    return new UnaryOp(name, floating, integer, derivative);
  }

  /** A function without a kernel of its own. */
  private static UnaryOp row(
      String name,
      DoubleUnaryOperator f,
      @Nullable LongUnaryOperator integer,
      Derivative derivative) {
    return row(name, (k, x, xo, y, yo, n) -> k.map(f, x, xo, y, yo, n), integer, derivative);
  }
}
