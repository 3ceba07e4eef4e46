package dev.facula;

import static dev.facula.UnaryOp.Keep.INPUT;
import static dev.facula.UnaryOp.Keep.OUTPUT;

import dev.facula.UnaryOp.Derivative;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The rows of {@link Special}: functions computed in double precision, and their derivatives. */
final class SpecialOps {
  private static final double SQRT_2 = Math.sqrt(2);
  private static final double SQRT_PI = Math.sqrt(Math.PI);

  private SpecialOps() {}

  static UnaryOp lgamma() {
    return ofInput("lgamma", GammaFunctions::lgamma, (g, x) -> g.mul(x.digamma()));
  }

  static UnaryOp digamma() {
    return ofInput("digamma", GammaFunctions::digamma, (g, x) -> g.mul(x.polygamma(1)));
  }

  static UnaryOp polygamma(int n) {
    return new UnaryOp(
        "polygamma",
        (k, x, xo, y, yo, m) -> {
          boolean single = y instanceof float[];
          k.map(v -> GammaFunctions.polygamma(n, v, single), x, xo, y, yo, m);
        },
        null,
        new Derivative(INPUT, (g, x) -> g.mul(x.polygamma(n + 1))));
  }

  static UnaryOp entr() {
    return ofInput("entr", GammaFunctions::entr, (g, x) -> g.mul(x.log().neg().sub(1)));
  }

  static UnaryOp erfcx() {
    return ofOutput(
        "erfcx", GammaFunctions::erfcx, (g, x, y) -> g.mul(x.mul(y).mul(2).sub(2 / SQRT_PI)));
  }

  static UnaryOp ndtr() {
    return ofInput(
        "ndtr",
        GammaFunctions::ndtr,
        (g, x) -> g.mul(x.square().mul(-0.5).exp()).mul(1 / (SQRT_2 * SQRT_PI)));
  }

  static UnaryOp ndtri() {
    return new UnaryOp(
        "ndtri",
        (k, x, xo, y, yo, n) -> k.map(GammaFunctions::ndtri, x, xo, y, yo, n),
        null,
        new Derivative(OUTPUT, (g, y) -> g.mul(y.square().mul(0.5).exp()).mul(SQRT_2 * SQRT_PI)));
  }

  static UnaryOp logNdtr() {
    return ofInput(
        "logNdtr",
        GammaFunctions::logNdtr,
        (g, x) -> g.div(erfcx().apply(x.mul(-1 / SQRT_2))).mul(SQRT_2 / SQRT_PI));
  }

  static UnaryOp i0() {
    return ofInput("i0", x -> BesselFunctions.i(0, x), (g, x) -> g.mul(i1().apply(x)));
  }

  static UnaryOp i0e() {
    return ofOutput(
        "i0e",
        x -> BesselFunctions.scaledI(0, x),
        (g, x, y) -> g.mul(i1e().apply(x).sub(x.sign().mul(y))));
  }

  /** The derivative at 0 is 1 / 2, where its formula divides by 0. */
  static UnaryOp i1() {
    return ofOutput(
        "i1",
        x -> BesselFunctions.i(1, x),
        (g, x, y) -> g.mul(atZero(x, x.i0().sub(y.div(away(x))))));
  }

  static UnaryOp i1e() {
    return ofOutput(
        "i1e",
        x -> BesselFunctions.scaledI(1, x),
        (g, x, y) -> {
          Tensor z = away(x);
          return g.mul(atZero(x, i0e().apply(x).sub(y.mul(x.sign().add(z.reciprocal())))));
        });
  }

  private static Tensor away(Tensor x) {
    return x.maskedFill(x.eq(0), 1);
  }

  private static Tensor atZero(Tensor x, Tensor slope) {
    return slope.maskedFill(x.eq(0), 0.5);
  }

  /** A function that PyTorch does not differentiate, either. */
  static UnaryOp fixed(String name, DoubleUnaryOperator f) {
    return ofInput(
        name,
        f,
        (g, x) -> {
          throw new AutogradException(name + ": has no derivative, as in PyTorch; detach() x");
        });
  }

  static BinaryOp fixed(String name, DoubleBinaryOperator f) {
    BinaryOp.Partial none = undefined(name, "this operand");
    return binary(name, f, none, none);
  }

  static BinaryOp igamma() {
    return binary(
        "igamma",
        GammaFunctions::igamma,
        undefined("igamma", "a"),
        ofBoth((g, a, x) -> g.mul(density(a, x))));
  }

  static BinaryOp igammac() {
    return binary(
        "igammac",
        GammaFunctions::igammac,
        undefined("igammac", "a"),
        ofBoth((g, a, x) -> g.mul(density(a, x)).neg()));
  }

  /** x^(a - 1) e^-x / gamma(a). */
  private static Tensor density(Tensor a, Tensor x) {
    return a.sub(1).mul(x.log()).sub(x).sub(a.lgamma()).exp();
  }

  static BinaryOp xlog1py() {
    return binary(
        "xlog1py",
        GammaFunctions::xlog1py,
        ofBoth((g, a, b) -> g.mul(b.log1p()).maskedFill(a.eq(0).logicalAnd(b.le(-1)), 0)),
        ofBoth((g, a, b) -> g.mul(a.div(b.add(1)))));
  }

  static BinaryOp zeta() {
    return binary(
        "zeta",
        GammaFunctions::zeta,
        undefined("zeta", "x"),
        ofBoth((g, x, q) -> g.mul(x.neg()).mul(zeta().apply(x.add(1), q))));
  }

  /** The next number that a type has from a towards b. */
  static BinaryOp nextafter() {
    return new BinaryOp(
        "nextafter",
        (k, a, ao, b, bo, y, yo, n) -> {
          if (y instanceof float[] to) {
            float[] from = (float[]) a;
            float[] towards = (float[]) b;
            for (int i = 0; i < n; i++) {
              to[yo + i] = Math.nextAfter(from[ao + i], towards[bo + i]);
            }
          } else {
            k.map(Math::nextAfter, a, ao, b, bo, y, yo, n);
          }
        },
        null,
        new BinaryOp.Partial(false, false, (g, a, b) -> g),
        new BinaryOp.Partial(false, false, (g, a, b) -> Tensor.zerosLike(g)));
  }

  static Tensor.Frexp frexp(Tensor x) {
    Promotion.requireFloating("frexp", x);
    double[] values = x.toDoubleArray();
    int[] exponents = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      double v = values[i];
      if (v != 0 && Math.abs(v) <= Double.MAX_VALUE) {
        // a subnormal number is made normal first
        int e = Math.getExponent(v) < Double.MIN_EXPONENT ? 54 : 0;
        exponents[i] = Math.getExponent(Math.scalb(v, e)) - e + 1;
        values[i] = Math.scalb(v, -exponents[i]);
      }
    }
    int[] shape = x.layout.shape;
    Tensor exponent = Tensor.of(exponents, shape);
    Tensor mantissa = Tensor.of(values, shape).to(x.dtype());
    if (Graph.wanted(x)) {
      Graph.record(
          mantissa,
          "frexp",
          x,
          Graph.tensors(exponent),
          (c, g) -> g.mul(c.saved(0).neg().to(g.dtype()).exp2()));
    }
    return new Tensor.Frexp(mantissa, exponent);
  }

  private static BinaryOp binary(
      String name, DoubleBinaryOperator f, BinaryOp.Partial byA, BinaryOp.Partial byB) {
    return new BinaryOp(
        name, (k, a, ao, b, bo, y, yo, n) -> k.map(f, a, ao, b, bo, y, yo, n), null, byA, byB);
  }

  private static BinaryOp.Partial ofBoth(BinaryOp.Formula f) {
    return new BinaryOp.Partial(true, true, f);
  }

  private static BinaryOp.Partial undefined(String name, String operand) {
    return new BinaryOp.Partial(
        false,
        false,
        (g, a, b) -> {
          throw new AutogradException(
              name + ": has no derivative by " + operand + ", as in PyTorch; detach() it");
        });
  }

  private static UnaryOp ofInput(
      String name, DoubleUnaryOperator f, BinaryOperator<Tensor> derivative) {
    return new UnaryOp(
        name,
        (k, x, xo, y, yo, n) -> k.map(f, x, xo, y, yo, n),
        null,
        new Derivative(INPUT, derivative));
  }

  /** A derivative that is written in the input and the value, which is computed again. */
  private interface Formula {
    Tensor apply(Tensor g, Tensor x, Tensor y);
  }

  private static UnaryOp ofOutput(String name, DoubleUnaryOperator f, Formula derivative) {
    return ofInput(
        name, f, (g, x) -> derivative.apply(g, x, ofOutput(name, f, derivative).part().apply(x)));
  }
}
