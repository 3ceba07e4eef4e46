package dev.facula;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One row an operation; {@link OperationDatabaseTest} drives all generic tests by them. */
final class OperationDatabase {
  static final String ANY = "3,4||0|2,0,3";
  static final String PAIRS = "3,4;3,4|3,1;4|;2|0,4;4";
  private static final int[] ALL = {};
  private static final int[] ROWS = {1};

  private final List<Operation> rows = new ArrayList<>();

  private OperationDatabase() {}

  static List<Operation> rows() {
    OperationDatabase d = new OperationDatabase();
    d.functions();
    d.specialFunctions();
    d.stepFunctions();
    d.arithmetic();
    d.relations();
    d.reductions();
    d.scansAndOrders();
    d.products();
    d.shapes();
    d.joins();
    d.indexing();
    d.activations();
    d.layers();
    d.losses();
    return d.rows;
  }

  private Operation add(Operation row) {
    rows.add(row);
    return row;
  }

  private void row(String name, String samples, Function<Tensor[], Object> call) {
    add(Operation.of(name, samples, call));
  }

  private void fixed(String name, String samples, Function<Tensor[], Object> call) {
    add(Operation.of(name, samples, call).derivatives(0));
  }

  private void unary(
      String name, double low, double high, UnaryOperator<Tensor> f, DoubleUnaryOperator like) {
    add(Operation.of(name, ANY, t -> f.apply(t[0])).between(low, high).like(like));
  }

  private void unary(String name, double low, double high, UnaryOperator<Tensor> f) {
    add(Operation.of(name, ANY, t -> f.apply(t[0])).between(low, high));
  }

  private void binary(String name, double low, double high, BinaryOperator<Tensor> f) {
    add(Operation.of(name, PAIRS, t -> f.apply(t[0], t[1])).between(low, high));
  }

  private void functions() {
    unary("neg", -2, 2, Tensor::neg, x -> -x);
    unary("positive", -2, 2, Tensor::positive, x -> x);
    unary("abs", 0.1, 2, Tensor::abs, Math::abs);
    unary("square", -2, 2, Tensor::square, x -> x * x);
    unary("sqrt", 0.1, 2, Tensor::sqrt, Math::sqrt);
    unary("rsqrt", 0.1, 2, Tensor::rsqrt, x -> 1 / Math.sqrt(x));
    unary("reciprocal", 0.2, 2, Tensor::reciprocal, x -> 1 / x);
    unary("exp", -2, 2, Tensor::exp, Math::exp);
    unary("exp2", -2, 2, Tensor::exp2, x -> Math.pow(2, x));
    unary("expm1", -2, 2, Tensor::expm1, Math::expm1);
    unary("log", 0.1, 2, Tensor::log, Math::log);
    unary("log2", 0.1, 2, Tensor::log2, x -> Math.log(x) / Math.log(2));
    unary("log10", 0.1, 2, Tensor::log10, Math::log10);
    unary("log1p", -0.8, 2, Tensor::log1p, Math::log1p);
    unary("sin", -2, 2, Tensor::sin, Math::sin);
    unary("cos", -2, 2, Tensor::cos, Math::cos);
    unary("tan", -1, 1, Tensor::tan, Math::tan);
    unary("asin", -0.8, 0.8, Tensor::asin, Math::asin);
    unary("acos", -0.8, 0.8, Tensor::acos, Math::acos);
    unary("atan", -2, 2, Tensor::atan, Math::atan);
    unary("sinh", -2, 2, Tensor::sinh, Math::sinh);
    unary("cosh", -2, 2, Tensor::cosh, Math::cosh);
    unary("tanh", -2, 2, Tensor::tanh, Math::tanh);
    unary("asinh", -2, 2, Tensor::asinh, x -> Math.log(x + Math.sqrt(x * x + 1)));
    unary("acosh", 1.2, 3, Tensor::acosh, x -> Math.log(x + Math.sqrt(x * x - 1)));
    unary("atanh", -0.8, 0.8, Tensor::atanh, x -> 0.5 * Math.log((1 + x) / (1 - x)));
    unary("erf", -2, 2, Tensor::erf);
    unary("erfc", -2, 2, Tensor::erfc);
    unary("erfinv", -0.8, 0.8, Tensor::erfinv);
    unary("sigmoid", -2, 2, Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x)));
    unary("relu", 0.1, 2, Tensor::relu, x -> Math.max(x, 0));
    unary("logit", 0.1, 0.9, Tensor::logit, x -> Math.log(x / (1 - x)));
    unary("sinc", 0.2, 0.9, Tensor::sinc, x -> Math.sin(Math.PI * x) / (Math.PI * x));
    unary("deg2rad", -90, 90, Tensor::deg2rad, Math::toRadians);
    unary("rad2deg", -2, 2, Tensor::rad2deg, Math::toDegrees);
    unary("frac", 0.1, 0.9, Tensor::frac, x -> x);
    unary("nanToNum", -2, 2, Tensor::nanToNum, x -> x);
    unary("clone", -2, 2, Tensor::clone, x -> x);
    unary("contiguous", -2, 2, Tensor::contiguous, x -> x);
    unary("to", -2, 2, x -> x.to(DType.FLOAT64), x -> x);
    unary("clamp", -0.9, 0.9, x -> x.clamp(-1, 1), x -> x);
    unary("fill", -2, 2, x -> x.fill(3), x -> 3);
  }

  /** Constant almost everywhere, or not of floating point. */
  private void positive(String name, Function<Tensor[], Object> call) {
    add(Operation.of(name, ANY, call).derivatives(0).between(0.5, 3));
  }

  private void specialFunctions() {
    unary("lgamma", 0.2, 4, Tensor::lgamma);
    unary("digamma", 0.3, 4, Tensor::digamma);
    unary("polygamma", 0.5, 4, x -> x.polygamma(2));
    unary("mvlgamma", 1.2, 4, x -> x.mvlgamma(3));
    unary("i0", -2, 2, Tensor::i0);
    unary("Special.entr", 0.1, 2, Special::entr);
    unary("Special.erfcx", -1, 2, Special::erfcx);
    unary("Special.ndtr", -2, 2, Special::ndtr);
    unary("Special.ndtri", 0.1, 0.9, Special::ndtri);
    unary("Special.logNdtr", -2, 2, Special::logNdtr);
    unary("Special.i0e", 0.1, 2, Special::i0e);
    unary("Special.i1", 0.1, 2, Special::i1);
    unary("Special.i1e", 0.1, 2, Special::i1e);
    row("frexp", ANY, t -> List.of(t[0].frexp().mantissa(), t[0].frexp().exponent()));
    binary("Special.xlog1py", 0.2, 2, Special::xlog1py);
    binary("ldexp", -1, 1, Tensor::ldexp);
    unary("igamma", 0.5, 2, x -> Tensor.fullLike(x, 1.5).igamma(x));
    unary("igammac", 0.5, 2, x -> Tensor.fullLike(x, 1.5).igammac(x));
    unary("Special.zeta", 1.5, 3, q -> Special.zeta(Tensor.fullLike(q, 2.5), q));
    add(
        Operation.of(
                "F.ctcLoss",
                "4,2,3",
                t ->
                    Functional.ctcLoss(
                        Functional.logSoftmax(t[0], -1),
                        Tensor.of(new long[] {1, 2, 2}),
                        Tensor.of(new long[] {4, 3}),
                        Tensor.of(new long[] {2, 1}),
                        o -> {}))
            .derivatives(1));
    row("F.rrelu", "3,4||0", t -> Functional.rrelu(t[0], 0.1, 0.3, false));
    row("Fft.fft", "3,4,2|5,2|0,3,2", t -> Fft.fft(t[0]));
    row("Fft.ifft", "3,4,2|5,2|0,3,2", t -> Fft.ifft(t[0]));
    row("Fft.rfft", "3,4|5|0,3", t -> Fft.rfft(t[0]));
    row("Fft.irfft", "3,4,2|5,2|0,3,2", t -> Fft.irfft(t[0]));
    row("Fft.stft", "2,12|9", t -> Fft.stft(t[0], 4, o -> o.hopLength(2)));
    row("Fft.istft", "2,3,5,2|3,4,2", t -> Fft.istft(t[0], 4, o -> o.hopLength(2)));
    row("Fft.fftshift", ANY, t -> Fft.fftshift(t[0]));
    row("Fft.ifftshift", ANY, t -> Fft.ifftshift(t[0]));
    fixed("Special.besselJ0", ANY, t -> Special.besselJ0(t[0].detach()));
    fixed("Special.besselJ1", ANY, t -> Special.besselJ1(t[0].detach()));
    positive("Special.besselY0", t -> Special.besselY0(t[0].detach()));
    positive("Special.besselY1", t -> Special.besselY1(t[0].detach()));
    fixed("Special.modifiedBesselI0", ANY, t -> Special.modifiedBesselI0(t[0].detach()));
    fixed("Special.modifiedBesselI1", ANY, t -> Special.modifiedBesselI1(t[0].detach()));
    positive("Special.modifiedBesselK0", t -> Special.modifiedBesselK0(t[0].detach()));
    positive("Special.modifiedBesselK1", t -> Special.modifiedBesselK1(t[0].detach()));
    positive("Special.scaledModifiedBesselK0", t -> Special.scaledModifiedBesselK0(t[0].detach()));
    positive("Special.scaledModifiedBesselK1", t -> Special.scaledModifiedBesselK1(t[0].detach()));
    fixed("Special.sphericalBesselJ0", ANY, t -> Special.sphericalBesselJ0(t[0].detach()));
    fixed("Special.airyAi", ANY, t -> Special.airyAi(t[0].detach()));
    fixed(
        "Special.chebyshevPolynomialT",
        PAIRS,
        t -> Special.chebyshevPolynomialT(t[0].detach(), t[1].detach()));
    fixed(
        "Special.chebyshevPolynomialU",
        PAIRS,
        t -> Special.chebyshevPolynomialU(t[0].detach(), t[1].detach()));
    fixed(
        "Special.chebyshevPolynomialV",
        PAIRS,
        t -> Special.chebyshevPolynomialV(t[0].detach(), t[1].detach()));
    fixed(
        "Special.chebyshevPolynomialW",
        PAIRS,
        t -> Special.chebyshevPolynomialW(t[0].detach(), t[1].detach()));
    fixed(
        "Special.shiftedChebyshevPolynomialT",
        PAIRS,
        t -> Special.shiftedChebyshevPolynomialT(t[0].detach(), t[1].detach()));
    fixed(
        "Special.shiftedChebyshevPolynomialU",
        PAIRS,
        t -> Special.shiftedChebyshevPolynomialU(t[0].detach(), t[1].detach()));
    fixed(
        "Special.shiftedChebyshevPolynomialV",
        PAIRS,
        t -> Special.shiftedChebyshevPolynomialV(t[0].detach(), t[1].detach()));
    fixed(
        "Special.shiftedChebyshevPolynomialW",
        PAIRS,
        t -> Special.shiftedChebyshevPolynomialW(t[0].detach(), t[1].detach()));
    fixed(
        "Special.hermitePolynomialH",
        PAIRS,
        t -> Special.hermitePolynomialH(t[0].detach(), t[1].detach()));
    fixed(
        "Special.hermitePolynomialHe",
        PAIRS,
        t -> Special.hermitePolynomialHe(t[0].detach(), t[1].detach()));
    fixed(
        "Special.laguerrePolynomialL",
        PAIRS,
        t -> Special.laguerrePolynomialL(t[0].detach(), t[1].detach()));
    fixed(
        "Special.legendrePolynomialP",
        PAIRS,
        t -> Special.legendrePolynomialP(t[0].detach(), t[1].detach()));
    fixed("isreal", ANY, t -> t[0].isreal());
    fixed("nextafter", PAIRS, t -> t[0].nextafter(t[1]));
  }

  private void stepFunctions() {
    fixed("zerosLike", ANY, t -> Tensor.zerosLike(t[0]));
    fixed("onesLike", ANY, t -> Tensor.onesLike(t[0]));
    fixed("fullLike", ANY, t -> Tensor.fullLike(t[0], 3));
    step("sign", Tensor::sign, Math::signum);
    step("sgn", Tensor::sgn, Math::signum);
    step("floor", Tensor::floor, Math::floor);
    step("ceil", Tensor::ceil, Math::ceil);
    step("round", Tensor::round, Math::rint);
    step("trunc", Tensor::trunc, x -> x < 0 ? Math.ceil(x) : Math.floor(x));
    step("isnan", Tensor::isnan, x -> 0);
    step("isinf", Tensor::isinf, x -> 0);
    step("isfinite", Tensor::isfinite, x -> 1);
    step("isposinf", Tensor::isposinf, x -> 0);
    step("isneginf", Tensor::isneginf, x -> 0);
    step("signbit", Tensor::signbit, x -> x < 0 ? 1 : 0);
    step("logicalNot", Tensor::logicalNot, x -> x == 0 ? 1 : 0);
    step("bitwiseNot", x -> x.to(DType.INT64).bitwiseNot(), x -> ~(long) x);
  }

  private void step(String name, UnaryOperator<Tensor> f, DoubleUnaryOperator like) {
    add(Operation.of(name, ANY, t -> f.apply(t[0])).derivatives(0).like(like));
  }

  private void arithmetic() {
    binary("add", -2, 2, Tensor::add);
    binary("sub", -2, 2, Tensor::sub);
    binary("rsub", -2, 2, (a, b) -> a.rsub(b, 2));
    binary("mul", -2, 2, Tensor::mul);
    binary("div", 0.3, 2, Tensor::div);
    binary("remainder", 0.3, 2, Tensor::remainder);
    binary("fmod", 0.3, 2, Tensor::fmod);
    binary("pow", 0.3, 2, Tensor::pow);
    binary("floatPower", 0.3, 2, Tensor::floatPower);
    binary("atan2", 0.3, 2, Tensor::atan2);
    binary("hypot", 0.3, 2, Tensor::hypot);
    binary("copysign", 0.3, 2, Tensor::copysign);
    binary("xlogy", 0.3, 2, Tensor::xlogy);
    binary("logaddexp", -2, 2, Tensor::logaddexp);
    binary("logaddexp2", -2, 2, Tensor::logaddexp2);
    binary("maximum", -2, 2, Tensor::maximum);
    binary("minimum", -2, 2, Tensor::minimum);
    binary("fmax", -2, 2, Tensor::fmax);
    binary("fmin", -2, 2, Tensor::fmin);
    binary("clampMin", -2, 2, Tensor::clampMin);
    binary("clampMax", -2, 2, Tensor::clampMax);
    row(
        "lerp",
        "3,4;3,4;3,4|3,1;4;",
        t -> List.of(t[0].lerp(t[1], t[2]), t[0].lerp(t[1], 0.3), t[0].lerp(t[1], 0.8)));
    row("addcmul", "3,4;3,4;3,4|3,1;4;", t -> t[0].addcmul(t[1], t[2], 0.5));
    add(
        Operation.of("addcdiv", "3,4;3,4;3,4|3,1;4;", t -> t[0].addcdiv(t[1], t[2], 0.5))
            .between(0.3, 2));
    row("where", "3,4;3,4|3,1;4", t -> Tensor.where(t[0].gt(t[1]), t[0], t[1]));
  }

  private void fixedPair(String name, BinaryOperator<Tensor> f) {
    add(Operation.of(name, PAIRS, t -> f.apply(t[0], t[1])).derivatives(0));
  }

  private static BinaryOperator<Tensor> whole(BinaryOperator<Tensor> f) {
    return (a, b) -> f.apply(a.mul(9).to(DType.INT64), b.mul(9).to(DType.INT64));
  }

  private void relations() {
    fixedPair("eq", Tensor::eq);
    fixedPair("ne", Tensor::ne);
    fixedPair("lt", Tensor::lt);
    fixedPair("le", Tensor::le);
    fixedPair("gt", Tensor::gt);
    fixedPair("ge", Tensor::ge);
    fixedPair("logicalAnd", Tensor::logicalAnd);
    fixedPair("logicalOr", Tensor::logicalOr);
    fixedPair("logicalXor", Tensor::logicalXor);
    fixedPair("isclose", (a, b) -> a.isclose(b, 1e-5, 1e-8, false));
    fixedPair("isin", Tensor::isin);
    fixedPair("heaviside", Tensor::heaviside);
    fixedPair("floorDivide", Tensor::floorDivide);
    fixedPair("bitwiseAnd", whole(Tensor::bitwiseAnd));
    fixedPair("bitwiseOr", whole(Tensor::bitwiseOr));
    fixedPair("bitwiseXor", whole(Tensor::bitwiseXor));
    fixedPair(
        "bitwiseLeftShift",
        (a, b) -> a.mul(9).to(DType.INT64).bitwiseLeftShift(b.abs().to(DType.INT64)));
    fixedPair(
        "bitwiseRightShift",
        (a, b) -> a.mul(9).to(DType.INT64).bitwiseRightShift(b.abs().to(DType.INT64)));
    fixedPair("gcd", whole(Tensor::gcd));
    fixedPair("lcm", whole(Tensor::lcm));
  }

  private void reductions() {
    String some = "3,4|2,3,2||5";
    row("sum", "3,4||0|2,0,3", t -> List.of(t[0].sum(), t[0].sum(-1, true)));
    row("mean", some, t -> t[0].mean());
    row("var", "3,4|2,3,2|5", t -> t[0].var(ALL, 1, false));
    row("std", "3,4|2,3,2|5", t -> t[0].std(ALL, 0, true));
    row(
        "varMean",
        "3,4|2,3",
        t -> List.of(t[0].varMean(ROWS, 1, false).var(), t[0].varMean(ROWS, 1, false).mean()));
    row(
        "stdMean",
        "3,4|2,3",
        t -> List.of(t[0].stdMean(ROWS, 1, true).std(), t[0].stdMean(ROWS, 1, true).mean()));
    row("prod", some, t -> List.of(t[0].prod(), t[0].prod(-1, false)));
    row("amax", some, t -> t[0].amax(ALL, false));
    row("amin", some, t -> t[0].amin(ALL, true));
    row("max", some, t -> List.of(t[0].max(), t[0].max(-1).values()));
    row("min", some, t -> List.of(t[0].min(), t[0].min(0).values()));
    row("aminmax", some, t -> List.of(t[0].aminmax().min(), t[0].aminmax().max()));
    row("logsumexp", some, t -> t[0].logsumexp(ALL, false));
    row(
        "norm",
        some,
        t -> List.of(t[0].norm(), t[0].norm(3), t[0].norm(1), t[0].norm(Double.POSITIVE_INFINITY)));
    row("nansum", some, t -> t[0].nansum(ALL, false));
    row("nanmean", some, t -> t[0].nanmean(ALL, false));
    row("median", some, t -> List.of(t[0].median(), t[0].median(-1, false).values()));
    row("nanmedian", some, t -> t[0].nanmedian(-1, true).values());
    row("mode", some, t -> t[0].mode(-1, false).values());
    row(
        "quantile",
        "3,4|5",
        t ->
            t[0].quantile(Tensor.scalar(DType.FLOAT64, 0.3).to(t[0].dtype()), -1, false, "linear"));
    row(
        "nanquantile",
        "3,4|5",
        t ->
            t[0].nanquantile(
                Tensor.scalar(DType.FLOAT64, 0.6).to(t[0].dtype()), null, false, "midpoint"));
    row("sumToSize", "3,4|2,3,4", t -> t[0].sumToSize(1, 4));
    fixed("all", ANY, t -> t[0].all());
    fixed("any", ANY, t -> t[0].any());
    fixed("countNonzero", ANY, t -> t[0].countNonzero());
    fixed("argmax", some, t -> List.of(t[0].argmax(), t[0].argmax(-1)));
    fixed("argmin", some, t -> List.of(t[0].argmin(), t[0].argmin(0, true)));
    row("dist", "3,4;3,4|3,1;4|0,4;4", t -> t[0].dist(t[1], 2));
    row("trace", "3,4|2,2", t -> t[0].trace());
    fixed("histc", "3,4|5", t -> t[0].histc(4, -2, 2));
    fixed("bincount", "5", t -> t[0].abs().to(DType.INT64).bincount(t[0], 4));
  }

  private void scansAndOrders() {
    String some = "3,4|2,3,2||5|2,0";
    row("cumsum", some, t -> t[0].cumsum(-1));
    row("cumprod", some, t -> t[0].cumprod(0));
    row("logcumsumexp", some, t -> t[0].logcumsumexp(-1));
    row("cummax", some, t -> t[0].cummax(-1));
    row("cummin", some, t -> t[0].cummin(0));
    row("sort", some, t -> t[0].sort(-1, true));
    fixed("argsort", some, t -> t[0].argsort(-1, false));
    row("topk", "3,4|5", t -> t[0].topk(2, -1, true, true));
    row("kthvalue", "3,4|5", t -> t[0].kthvalue(2, -1, false));
    fixed(
        "searchsorted",
        "5;3|4;2,2",
        t -> t[0].sort().values().searchsorted(t[1], false, true, null));
    fixed("bucketize", "3,2;5", t -> t[0].bucketize(t[1].sort().values(), false, false));
    fixed("unique", "3,4|0", t -> t[0].unique());
    fixed("uniqueConsecutive", "3,4|0", t -> t[0].uniqueConsecutive(false, false, null).values());
    row("diff", "3,4|5", t -> t[0].diff(1, -1, null, null));
    row("trapezoid", "3,4|5", t -> t[0].trapezoid(0.5, -1));
    row("cumulativeTrapezoid", "3,4|5", t -> t[0].cumulativeTrapezoid(0.5, -1));
  }

  private void products() {
    row(
        "matmul",
        "3,4;4,2|4;4|3,4;4|4;4,2|2,3,4;4,2|2,3,4;2,4,2|2,1,3,4;3,4,2|0,4;4,2|3,0;0,2",
        t -> t[0].matmul(t[1]));
    row("mm", "3,4;4,2|0,4;4,2", t -> t[0].mm(t[1]));
    row("bmm", "2,3,4;2,4,2|0,3,4;0,4,2", t -> t[0].bmm(t[1]));
    row("mv", "3,4;4", t -> t[0].mv(t[1]));
    row("dot", "4;4|0;0", t -> t[0].dot(t[1]));
    row("vdot", "4;4", t -> t[0].vdot(t[1]));
    row("inner", "3,4;2,4|4;4|;3", t -> t[0].inner(t[1]));
    row("outer", "3;4|0;4", t -> t[0].outer(t[1]));
    row("kron", "2,3;3,2|3;2", t -> t[0].kron(t[1]));
    row("cross", "2,3;2,3|3;3", t -> t[0].cross(t[1], -1));
    row("tensordot", "3,4,2;4,2,3", t -> t[0].tensordot(t[1], 2));
    row("einsum", "2,3,4;2,4,5", t -> Tensor.einsum("bij,bjk->bik", t[0], t[1]));
    row("addmm", "3,2;3,4;4,2|2;3,4;4,2", t -> t[0].addmm(t[1], t[2], 0.5, 2));
    row("addmv", "3;3,4;4", t -> t[0].addmv(t[1], t[2], 0.5, 2));
    row("addr", "3,4;3;4", t -> t[0].addr(t[1], t[2], 0.5, 2));
    row("addbmm", "3,2;2,3,4;2,4,2", t -> t[0].addbmm(t[1], t[2], 0.5, 2));
    row("baddbmm", "2,3,2;2,3,4;2,4,2", t -> t[0].baddbmm(t[1], t[2], 0.5, 2));
    row("cdist", "3,2;4,2|2,3,2;4,2|27,2;3,2|2,3,2;26,2", t -> Tensor.cdist(t[0], t[1], 2));
    add(Operation.of("renorm", "3,4", t -> t[0].renorm(2, 0, 1)).between(0.6, 2));
    row("softmax", "3,4||0,3", t -> t[0].softmax(-1));
    row("logSoftmax", "3,4||0,3", t -> t[0].logSoftmax(-1));
  }

  private void shapes() {
    String matrix = "3,4|2,4|0,4";
    row("view", matrix, t -> t[0].contiguous().view(4, t[0].size(0)));
    row("reshape", matrix, t -> t[0].reshape(4, t[0].size(0)));
    row("viewAs", "3,4;2,6", t -> t[0].contiguous().viewAs(t[1]));
    row("reshapeAs", "3,4;2,6", t -> t[0].reshapeAs(t[1]));
    row("flatten", "3,4|2,3,2||0,3", t -> t[0].flatten());
    row("unflatten", "6,2", t -> t[0].unflatten(0, 2, 3));
    row("ravel", "3,4|", t -> t[0].ravel());
    row("permute", "2,3,4|0,3,4", t -> t[0].permute(2, 0, 1));
    row("transpose", "3,4|2,3,4", t -> t[0].transpose(0, 1));
    row("t", "3,4|3|", t -> t[0].t());
    row("mT", "3,4|2,3,4", t -> t[0].mT());
    row("movedim", "2,3,4", t -> t[0].movedim(0, 2));
    row("squeeze", "3,1,4|1|", t -> t[0].squeeze());
    row("unsqueeze", "3,4|", t -> t[0].unsqueeze(-1));
    row("expand", "3,1|1", t -> t[0].expand(2, 3, 4));
    row("expandAs", "3,1;3,4", t -> t[0].expandAs(t[1]));
    row("broadcastTo", "3,1|1|", t -> t[0].broadcastTo(3, 4));
    row("select", "3,4|2,0,3", t -> t[0].select(0, 1));
    row("narrow", "3,4|5", t -> t[0].narrow(0, 1, 2));
    row("slice", "5,2|4", t -> t[0].slice(0, 0, 5, 2));
    row("unfold", "5|6,2", t -> t[0].unfold(0, 3, 2));
    row("diagonal", "3,4|2,3,3", t -> t[0].diagonal(0, 0, 1));
    row("diag", "3,4|3", t -> t[0].diag(0));
    row("diagEmbed", "3|2,3", t -> t[0].diagEmbed(1, -2, -1));
    row("diagflat", "3|2,2", t -> t[0].diagflat(0));
    row("diagonalScatter", "3,3;3", t -> t[0].diagonalScatter(t[1], 0, 0, 1));
    row("selectScatter", "3,4;4", t -> t[0].selectScatter(t[1], 0, 1));
    row("tril", "3,4|2,3,3", t -> t[0].tril(0));
    row("triu", "3,4|2,3,3", t -> t[0].triu(1));
    row("flip", "3,4|2,3", t -> t[0].flip(0, 1));
    row("fliplr", "3,4", t -> t[0].fliplr());
    row("flipud", "3,4", t -> t[0].flipud());
    row("roll", "3,4|5", t -> t[0].roll(1, 0));
    row("rot90", "3,4", t -> t[0].rot90(1, 0, 1));
    row("repeat", "3,4|2", t -> t[0].repeat(2, 3));
    row("tile", "3,4|2", t -> t[0].tile(2));
    row("repeatInterleave", "3,4", t -> t[0].repeatInterleave(2, 1));
    row("atleast1d", "|3", t -> t[0].atleast1d());
    row("atleast2d", "|3", t -> t[0].atleast2d());
    row("atleast3d", "|3|2,3", t -> t[0].atleast3d());
    row("combinations", "4", t -> t[0].combinations(2, false));
  }

  private void joins() {
    row("cat", "2,3;1,3|3;0", t -> Tensor.cat(List.of(t), 0));
    row("stack", "2,3;2,3|;", t -> Tensor.stack(List.of(t), -1));
    row("hstack", "2,3;2,1", t -> Tensor.hstack(List.of(t)));
    row("vstack", "3;2,3", t -> Tensor.vstack(List.of(t)));
    row("dstack", "2,3;2,3", t -> Tensor.dstack(List.of(t)));
    row("columnStack", "3;3,2", t -> Tensor.columnStack(List.of(t)));
    row("blockDiag", "2,3;1,2", t -> Tensor.blockDiag(t));
    row("broadcastTensors", "3,1;4", t -> Tensor.broadcastTensors(t));
    row("meshgrid", "3;4", t -> Tensor.meshgrid("ij", t));
    row("cartesianProd", "2;3", t -> Tensor.cartesianProd(t));
    row("split", "5,2", t -> t[0].split(2, 0));
    row("chunk", "5,2", t -> t[0].chunk(2, 0));
    row("tensorSplit", "5,2", t -> t[0].tensorSplit(3, 0));
    row("hsplit", "2,4", t -> t[0].hsplit(2));
    row("vsplit", "4,2", t -> t[0].vsplit(2));
    row("dsplit", "2,2,4", t -> t[0].dsplit(2));
    row("unbind", "3,2", t -> t[0].unbind(0));
  }

  private static Tensor index(long... values) {
    return Tensor.of(values, values.length);
  }

  private void indexing() {
    Tensor twice = index(1, 0, 1);
    Tensor grid = Tensor.of(new long[] {0, 2, 1, 1}, 2, 2);
    row(
        "get",
        "3,4|3,4,2",
        t -> List.of(t[0].get(1), t[0].get(twice, Index.slice(0, 3)), t[0].get(Index.ALL, grid)));
    row("indexPut", "3,4;3", t -> t[0].indexPut(new Tensor[] {twice, index(3, 2, 3)}, t[1], true));
    row("indexSelect", "3,4|2,3", t -> t[0].indexSelect(0, twice));
    row("indexAdd", "3,4;3,4", t -> t[0].indexAdd(0, twice, t[1], 2));
    row("indexCopy", "3,4;2,4", t -> t[0].indexCopy(0, index(2, 0), t[1]));
    row("indexFill", "3,4", t -> t[0].indexFill(0, index(2, 0), 1.5));
    row("indexReduce", "3,4;3,4", t -> t[0].indexReduce(0, twice, t[1], "prod", true));
    row("gather", "3,4|3,2", t -> t[0].gather(0, grid));
    row("takeAlongDim", "3,2", t -> t[0].takeAlongDim(grid, 0));
    row("take", "3,4", t -> t[0].take(grid));
    row("put", "3,4;2,2", t -> t[0].put(grid, t[1], true));
    row("scatter", "3,2;2,2", t -> t[0].scatter(0, Tensor.of(new long[] {0, 2, 1, 1}, 2, 2), t[1]));
    row("scatterAdd", "3,2;2,2", t -> t[0].scatterAdd(0, grid, t[1]));
    row("scatterReduce", "3,2;2,2", t -> t[0].scatterReduce(0, grid, t[1], "amax", true));
    row("maskedFill", "3,4|5", t -> t[0].maskedFill(t[0].detach().gt(0), 3));
    row("maskedSelect", "3,4|5", t -> t[0].maskedSelect(t[0].detach().gt(-3)));
    row("maskedScatter", "3,4;12", t -> t[0].maskedScatter(t[0].detach().gt(0), t[1]));
    fixed("nonzero", ANY, t -> t[0].floor().nonzero());
    fixed("nonzeroAsTuple", ANY, t -> t[0].floor().nonzeroAsTuple());
    fixed("argwhere", ANY, t -> t[0].floor().argwhere());
    fixed("oneHot", "3,4", t -> t[0].abs().to(DType.INT64).oneHot(3));
  }

  private void activation(String name, UnaryOperator<Tensor> f) {
    unary("F." + name, 0.1, 2, f);
  }

  private void activations() {
    activation("relu", Functional::relu);
    activation("relu6", Functional::relu6);
    activation("leakyRelu", Functional::leakyRelu);
    activation("elu", Functional::elu);
    activation("celu", x -> Functional.celu(x, 1.5));
    activation("selu", Functional::selu);
    activation("gelu", Functional::gelu);
    activation("silu", Functional::silu);
    activation("mish", Functional::mish);
    activation("sigmoid", Functional::sigmoid);
    activation("tanh", Functional::tanh);
    activation("softplus", Functional::softplus);
    activation("logsigmoid", Functional::logsigmoid);
    activation("hardtanh", x -> Functional.hardtanh(x, -3, 3));
    activation("hardsigmoid", Functional::hardsigmoid);
    activation("hardswish", Functional::hardswish);
    activation("softshrink", x -> Functional.softshrink(x, 0.05));
    activation("hardshrink", x -> Functional.hardshrink(x, 0.05));
    activation("tanhshrink", Functional::tanhshrink);
    activation("softsign", Functional::softsign);
    activation("threshold", x -> Functional.threshold(x, 0.05, 1));
    row("F.prelu", "3,4;4|3,4;1", t -> Functional.prelu(t[0], t[1]));
    row("F.glu", "3,4", t -> Functional.glu(t[0], -1));
    row("F.softmax", "3,4", t -> Functional.softmax(t[0], -1));
    row("F.softmin", "3,4", t -> Functional.softmin(t[0], -1));
    row("F.logSoftmax", "3,4", t -> Functional.logSoftmax(t[0], -1));
  }

  private static int[] ints(int... values) {
    return values;
  }

  private static Tensor fractional(int rank, Tensor x) {
    Tensor samples = Tensor.full(x.dtype(), 0.4, x.size(0), x.size(1), rank);
    return rank == 2
        ? Functional.fractionalMaxPool2d(x, ints(2), o -> o.outputSize(2).randomSamples(samples))
        : Functional.fractionalMaxPool3d(x, ints(2), o -> o.outputSize(2).randomSamples(samples));
  }

  private void layers() {
    row("F.linear", "3,4;2,4;2|0,4;2,4;2", t -> Functional.linear(t[0], t[1], t[2]));
    row("F.bilinear", "3,4;3,2;2,4,2;2", t -> Functional.bilinear(t[0], t[1], t[2], t[3]));
    fixed("F.oneHot", "3,4", t -> Functional.oneHot(t[0].abs().to(DType.INT64), 3));
    row("F.upsample", "1,2,3,4", t -> Functional.upsample(t[0], o -> o.size(5, 2)));
    row("F.adaptiveMaxPool1d", "1,2,5", t -> Functional.adaptiveMaxPool1d(t[0], 2));
    row("F.adaptiveMaxPool2d", "1,2,5,3", t -> Functional.adaptiveMaxPool2d(t[0], 2));
    row("F.adaptiveMaxPool3d", "1,2,3,2,3", t -> Functional.adaptiveMaxPool3d(t[0], 2));
    add(
        Operation.of(
                "F.gridSample",
                "2,2,3,4;2,2,3,2|1,1,2,3,2;1,1,2,2,3",
                t -> Functional.gridSample(t[0], t[1], o -> o.paddingMode("border")))
            .between(-0.6, 0.6)
            .derivatives(1));
    row("F.affineGrid", "2,2,3", t -> Functional.affineGrid(t[0], 2, 1, 3, 2));
    row(
        "F.embeddingBag",
        "5,2;2,2",
        t ->
            Functional.embeddingBag(
                Tensor.of(new long[] {1, 4, 1, 0}, 2, 2),
                t[0],
                o -> o.mode("sum").perSampleWeights(t[1])));
    row("cov", "3,4", t -> t[0].cov());
    row("corrcoef", "3,4", t -> t[0].corrcoef());
    fixed("histogram", "3,4", t -> t[0].histogram(3).hist());
    fixed("histogramdd", "4,2", t -> t[0].histogramdd(ints(2, 3), o -> {}).hist());
    fixed("nonzeroStatic", "3,4", t -> t[0].nonzeroStatic(5));
    row(
        "F.nativeLayerNorm",
        "2,3;3;3",
        t -> Functional.nativeLayerNorm(t[0], ints(3), t[1], t[2], 1e-3).output());
    row(
        "F.nativeGroupNorm",
        "2,4,3;4;4",
        t -> Functional.nativeGroupNorm(t[0], 2, t[1], t[2], 1e-3).output());
    row(
        "F.nativeBatchNorm",
        "3,2,2;2;2",
        t -> Functional.nativeBatchNorm(t[0], t[1], t[2], null, null, true, 0.1, 1e-3).output());
    row("F.fractionalMaxPool2d", "1,2,5,4", t -> fractional(2, t[0]));
    row("F.fractionalMaxPool3d", "1,1,4,3,4", t -> fractional(3, t[0]));
    row("gradient", "4,3", t -> t[0].gradient());
    row("F.embedding", "5,2", t -> Functional.embedding(index(1, 4, 1), t[0]));
    row("F.conv1d", "2,2,5;3,2,3;3", t -> Functional.conv1d(t[0], t[1], t[2]));
    row("F.conv2d", "2,2,5,4;3,2,3,2;3", t -> Functional.conv2d(t[0], t[1], t[2]));
    row("F.conv3d", "1,1,3,3,3;2,1,2,2,2;2", t -> Functional.conv3d(t[0], t[1], t[2]));
    row(
        "F.convTranspose2d",
        "2,2,3,3;2,3,2,2;3",
        t -> Functional.convTranspose2d(t[0], t[1], t[2]));
    row("F.pad", "2,3", t -> Functional.pad(t[0], 1, 2));
    row("F.maxPool2d", "1,2,4,4", t -> Functional.maxPool2d(t[0], 2));
    row("F.avgPool2d", "1,2,4,4", t -> Functional.avgPool2d(t[0], 2));
    row(
        "F.avgPool1d",
        "1,2,5",
        t ->
            Functional.avgPool1d(
                t[0], ints(2), o -> o.stride(ints(2)).padding(ints(0)).countIncludePad(true)));
    row(
        "F.avgPool3d",
        "1,1,2,4,4",
        t ->
            Functional.avgPool3d(
                t[0], ints(2), o -> o.stride(ints(2)).padding(ints(0)).countIncludePad(true)));
    row("F.adaptiveAvgPool3d", "1,1,2,4,4", t -> Functional.adaptiveAvgPool3d(t[0], 1, 2, 2));
    row(
        "F.maxPool1d",
        "1,2,5",
        t ->
            Functional.maxPool1d(
                t[0], ints(2), o -> o.stride(ints(2)).padding(ints(0)).dilation(ints(1))));
    row(
        "F.maxPool3d",
        "1,1,2,4,4",
        t ->
            Functional.maxPool3d(
                t[0], ints(2), o -> o.stride(ints(2)).padding(ints(0)).dilation(ints(1))));
    row(
        "F.convTranspose1d",
        "2,2,4;2,3,2;3",
        t ->
            Functional.convTranspose1d(
                t[0],
                t[1],
                t[2],
                o -> o.stride(ints(2)).padding(ints(1)).outputPadding(ints(0)).dilation(ints(1))));
    row(
        "F.convTranspose3d",
        "1,2,2,2,2;2,1,2,2,2",
        t ->
            Functional.convTranspose3d(
                t[0],
                t[1],
                null,
                o -> o.stride(ints(1)).padding(ints(0)).outputPadding(ints(0)).dilation(ints(1))));
    row(
        "F.instanceNorm",
        "2,3,4;3;3",
        t -> Functional.instanceNorm(t[0], null, null, t[1], t[2], true, 0.1, 1e-5));
    row(
        "F.localResponseNorm",
        "2,4,3",
        t -> Functional.localResponseNorm(t[0], 3, o -> o.alpha(1e-2).beta(0.75).k(1)));
    row(
        "F.scaledDotProductAttention",
        "2,3,4;2,5,4;2,5,2",
        t -> Functional.scaledDotProductAttention(t[0], t[1], t[2]));
    row("F.softMarginLoss", "3,4;3,4", t -> Functional.softMarginLoss(t[0], t[1].detach().sign()));
    row(
        "F.poissonNllLoss",
        "3,4;3,4",
        t -> Functional.poissonNllLoss(t[0], t[1], o -> o.logInput(true).eps(1e-8)));
    row(
        "F.marginRankingLoss",
        "4;4",
        t ->
            Functional.marginRankingLoss(
                t[0], t[1], Tensor.ones(t[0].dtype(), 4), o -> o.margin(0.5)));
    row(
        "F.tripletMarginLoss",
        "2,3;2,3;2,3",
        t -> Functional.tripletMarginLoss(t[0], t[1], t[2], o -> o.margin(1).p(2).eps(1e-6)));
    row(
        "F.fold",
        "1,8,4",
        t ->
            Functional.fold(
                t[0],
                ints(3, 3),
                ints(2, 2),
                o -> o.dilation(ints(1, 1)).padding(ints(0, 0)).stride(ints(1, 1))));
    row("F.lpPool1d", "1,2,5", t -> Functional.lpPool1d(t[0], 2, ints(2), o -> o.stride(ints(2))));
    row(
        "F.lpPool2d",
        "1,2,4,4",
        t -> Functional.lpPool2d(t[0], 2, ints(2), o -> o.stride(ints(2))));
    row(
        "F.lpPool3d",
        "1,1,2,4,4",
        t -> Functional.lpPool3d(t[0], 2, ints(2), o -> o.stride(ints(2))));
    row("fused.rnn", "2,2,3;2,3;3,3", t -> new RecurrentLayers().rnn(t[0], t[1], t[2], false));
    row("fused.gru", "2,2,6;2,2;6,2;6", t -> new RecurrentLayers().gru(t[0], t[1], t[2], t[3]));
    row(
        "fused.lstm",
        "2,2,8;2,2;2,2;8,2",
        t -> new RecurrentLayers().lstm(t[0], t[1], t[2], t[3]).get(0));
    row("F.adaptiveAvgPool1d", "2,2,5", t -> Functional.adaptiveAvgPool1d(t[0], 2));
    row("F.adaptiveAvgPool2d", "1,2,5,4", t -> Functional.adaptiveAvgPool2d(t[0], 2, 3));
    row("F.layerNorm", "3,4;4;4", t -> Functional.layerNorm(t[0], ints(4), t[1], t[2], 1e-5));
    row("F.rmsNorm", "3,4;4", t -> Functional.rmsNorm(t[0], ints(4), t[1], null));
    row("F.groupNorm", "2,4,3;4;4", t -> Functional.groupNorm(t[0], 2, t[1], t[2], 1e-5));
    row(
        "F.batchNorm",
        "4,3;3;3",
        t -> Functional.batchNorm(t[0], null, null, t[1], t[2], true, 0.1, 1e-5));
    row("F.normalize", "3,4", t -> Functional.normalize(t[0], o -> o.p(2).dim(1).eps(1e-12)));
    row(
        "F.pairwiseDistance",
        "3,4;3,4",
        t -> Functional.pairwiseDistance(t[0], t[1], o -> o.p(2).eps(1e-6)));
    row("F.cosineSimilarity", "3,4;3,4", t -> Functional.cosineSimilarity(t[0], t[1], 1, 1e-8));
    row("F.pixelShuffle", "1,4,2,2", t -> Functional.pixelShuffle(t[0], 2));
    row("F.pixelUnshuffle", "1,1,4,4", t -> Functional.pixelUnshuffle(t[0], 2));
    row("F.channelShuffle", "1,4,2,2", t -> Functional.channelShuffle(t[0], 2));
    row(
        "F.unfold",
        "1,2,4,4",
        t ->
            Functional.unfold(
                t[0],
                ints(2, 2),
                o -> o.dilation(ints(1, 1)).padding(ints(0, 0)).stride(ints(1, 1))));
    row("F.pdist", "4,3", t -> Functional.pdist(t[0], 2));
  }

  private void losses() {
    row("F.mseLoss", "3,4;3,4", t -> Functional.mseLoss(t[0], t[1]));
    row("F.l1Loss", "3,4;3,4", t -> Functional.l1Loss(t[0], t[1]));
    row("F.smoothL1Loss", "3,4;3,4", t -> Functional.smoothL1Loss(t[0], t[1]));
    row("F.huberLoss", "3,4;3,4", t -> Functional.huberLoss(t[0], t[1]));
    row("F.crossEntropy", "3,4", t -> Functional.crossEntropy(t[0], index(1, 3, 0)));
    row("F.nllLoss", "3,4", t -> Functional.nllLoss(t[0], index(1, 3, 0)));
    add(
        Operation.of(
                "F.binaryCrossEntropy", "3,4;3,4", t -> Functional.binaryCrossEntropy(t[0], t[1]))
            .between(0.2, 0.8));
    add(
        Operation.of(
                "F.binaryCrossEntropyWithLogits",
                "3,4;3,4",
                t -> Functional.binaryCrossEntropyWithLogits(t[0], t[1]))
            .between(0.2, 0.8));
    add(Operation.of("F.klDiv", "3,4;3,4", t -> Functional.klDiv(t[0], t[1])).between(0.2, 0.8));
  }
}
