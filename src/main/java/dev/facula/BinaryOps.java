package dev.facula;

import dev.facula.BinaryOp.Formula;
import dev.facula.BinaryOp.Partial;
import dev.facula.internal.kernel.ArithmeticKernels;
import dev.facula.internal.kernel.BinaryKernels;
import dev.facula.internal.kernel.LongArithmetic;
import dev.facula.internal.kernel.Loops;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise functions of two operands, each with its derivatives; rows like those of {@link
 * UnaryOps}.
 */
final class BinaryOps {
  private static final double LN2 = Math.log(2);

  private BinaryOps() {}

  static BinaryOp add() {
    return row(
        "add",
        BinaryKernels::add,
        ArithmeticKernels::add,
        free((g, a, b) -> g),
        free((g, a, b) -> g));
  }

  static BinaryOp sub() {
    return row(
        "sub",
        BinaryKernels::sub,
        ArithmeticKernels::sub,
        free((g, a, b) -> g),
        free((g, a, b) -> g.neg()));
  }

  static BinaryOp mul() {
    return row(
        "mul",
        BinaryKernels::mul,
        ArithmeticKernels::mul,
        ofB((g, a, b) -> g.mul(b)),
        ofA((g, a, b) -> g.mul(a)));
  }

  static BinaryOp div() {
    return row(
        "div",
        BinaryKernels::div,
        null,
        ofB((g, a, b) -> g.div(b)),
        ofBoth((g, a, b) -> g.neg().mul(a.div(b).div(b))));
  }

  static BinaryOp floorDivide() {
    return row("floorDivide", BinaryOps::floorDivide, BinaryOps::floorDivide, none(), none());
  }

  static BinaryOp truncDivide() {
    return row("truncDivide", BinaryOps::truncDivide, BinaryOps::checkedDivide, none(), none())
        .part();
  }

  static BinaryOp remainder() {
    return row(
        "remainder",
        BinaryOps::remainder,
        BinaryOps::checkedFloorMod,
        free((g, a, b) -> g),
        ofBoth((g, a, b) -> g.neg().mul(floorDivide().apply(a, b))));
  }

  static BinaryOp fmod() {
    return row(
        "fmod",
        BinaryOps::mod,
        BinaryOps::checkedMod,
        free((g, a, b) -> g),
        ofBoth((g, a, b) -> g.neg().mul(a.div(b).trunc())));
  }

  static BinaryOp pow() {
    return row(
        "pow",
        BinaryOps::power,
        BinaryOps::integerPower,
        ofBoth(BinaryOps::powerByBase),
        ofBoth(BinaryOps::powerByExponent));
  }

  static BinaryOp atan2() {
    return row(
        "atan2",
        Math::atan2,
        null,
        ofBoth((g, a, b) -> g.mul(b.mul(inverseSquare(a, b)))),
        ofBoth((g, a, b) -> g.neg().mul(a.mul(inverseSquare(a, b)))));
  }

  static BinaryOp lerp(double weight) {
    return new BinaryOp(
            "lerp",
            (k, a, ao, b, bo, y, yo, n) -> k.lerp(weight, a, ao, b, bo, y, yo, n),
            null,
            free((g, a, b) -> g.mul(1 - weight)),
            free((g, a, b) -> g.mul(weight)))
        .part();
  }

  static BinaryOp squaredDifference() {
    Formula byA = (g, a, b) -> Blocks.elementwise(t -> t[0].mul(t[1].sub(t[2]).mul(2)), g, a, b);
    return row(
            "mseLoss",
            BinaryKernels::squaredDifference,
            null,
            ofBoth(byA),
            ofBoth((g, a, b) -> byA.apply(g, b, a)))
        .part();
  }

  /** c (d - c / 2) / divisor, where d = |a - b| and c = min(d, limit). */
  static BinaryOp huber(String name, double limit, double divisor) {
    Formula byA =
        (g, a, b) ->
            Blocks.elementwise(
                t -> t[0].mul(t[1].sub(t[2]).clamp(-limit, limit).div(divisor)), g, a, b);
    return new BinaryOp(
            name,
            (k, a, ao, b, bo, y, yo, n) -> k.huber(limit, divisor, a, ao, b, bo, y, yo, n),
            null,
            ofBoth(byA),
            ofBoth((g, a, b) -> byA.apply(g, b, a)))
        .part();
  }

  static BinaryOp maximum() {
    return row(
        "maximum",
        BinaryKernels::maximum,
        ArithmeticKernels::maximum,
        ofBoth((g, a, b) -> share(g, a, b, a.lt(b))),
        ofBoth((g, a, b) -> share(g, a, b, a.gt(b))));
  }

  static BinaryOp minimum() {
    return row(
        "minimum",
        BinaryKernels::minimum,
        ArithmeticKernels::minimum,
        ofBoth((g, a, b) -> share(g, a, b, a.gt(b))),
        ofBoth((g, a, b) -> share(g, a, b, a.lt(b))));
  }

  static BinaryOp fmax() {
    return row(
        "fmax",
        BinaryOps::fmax,
        Math::max,
        ofBoth((g, a, b) -> kept(g, a.ge(b).logicalOr(b.isnan()))),
        ofBoth((g, a, b) -> kept(g, a.ge(b).logicalOr(b.isnan()).logicalNot())));
  }

  static BinaryOp fmin() {
    return row(
        "fmin",
        BinaryOps::fmin,
        Math::min,
        ofBoth((g, a, b) -> kept(g, a.le(b).logicalOr(b.isnan()))),
        ofBoth((g, a, b) -> kept(g, a.le(b).logicalOr(b.isnan()).logicalNot())));
  }

  static BinaryOp copysign() {
    return row(
        "copysign", BinaryOps::copySign, null, ofBoth(BinaryOps::copySignByMagnitude), none());
  }

  static BinaryOp hypot() {
    return row(
        "hypot",
        BinaryKernels::hypot,
        null,
        ofBoth((g, a, b) -> g.mul(a.div(a.hypot(b)))),
        ofBoth((g, a, b) -> g.mul(b.div(a.hypot(b)))));
  }

  static BinaryOp logaddexp() {
    return row(
        "logaddexp",
        BinaryOps::logAddExp,
        null,
        ofBoth((g, a, b) -> g.div(b.sub(a).exp().add(1))),
        ofBoth((g, a, b) -> g.div(a.sub(b).exp().add(1))));
  }

  static BinaryOp logaddexp2() {
    return row(
        "logaddexp2",
        (a, b) -> logAddExp(a * LN2, b * LN2) / LN2,
        null,
        ofBoth((g, a, b) -> g.div(b.sub(a).exp2().add(1))),
        ofBoth((g, a, b) -> g.div(a.sub(b).exp2().add(1))));
  }

  static BinaryOp xlogy() {
    return row(
        "xlogy",
        BinaryOps::xlogy,
        null,
        ofBoth((g, a, b) -> kept(g.xlogy(b), a.eq(0).logicalAnd(b.le(0)).logicalNot())),
        ofBoth((g, a, b) -> g.mul(a.div(b))));
  }

  static BinaryOp heaviside() {
    return row("heaviside", BinaryOps::heaviside, BinaryOps::heaviside, none(), none());
  }

  // integers and bits
  static BinaryOp gcd() {
    return integers("gcd", BinaryOps::gcd);
  }

  static BinaryOp lcm() {
    return integers("lcm", BinaryOps::lcm);
  }

  static BinaryOp bitwiseAnd() {
    return integers("bitwiseAnd", (a, b) -> a & b);
  }

  static BinaryOp bitwiseOr() {
    return integers("bitwiseOr", (a, b) -> a | b);
  }

  static BinaryOp bitwiseXor() {
    return integers("bitwiseXor", (a, b) -> a ^ b);
  }

  static BinaryOp leftShift() {
    return integers("bitwiseLeftShift", (a, b) -> b < 0 || b > 63 ? 0 : a << b);
  }

  static BinaryOp rightShift() {
    return integers("bitwiseRightShift", (a, b) -> a >> (b < 0 || b > 63 ? 63 : b));
  }

  // derivatives of activations: fused, with derivatives of their own
  static BinaryOp reluBackward() {
    return row(
        "reluBackward",
        BinaryKernels::reluBackward,
        null,
        ofB((g, a, y) -> BinaryOps.reluBackward().apply(g, y)),
        free((g, a, y) -> Tensor.zerosLike(g)));
  }

  static BinaryOp sigmoidBackward() {
    return row(
        "sigmoidBackward",
        BinaryKernels::sigmoidBackward,
        null,
        ofB((g, a, y) -> BinaryOps.sigmoidBackward().apply(g, y)),
        ofBoth((g, a, y) -> g.mul(a).mul(y.mul(-2).add(1))));
  }

  static BinaryOp tanhBackward() {
    return row(
        "tanhBackward",
        BinaryKernels::tanhBackward,
        null,
        ofB((g, a, y) -> BinaryOps.tanhBackward().apply(g, y)),
        ofBoth((g, a, y) -> g.mul(a).mul(y).mul(-2)));
  }

  static BinaryOp geluBackward() {
    return row(
        "geluBackward",
        BinaryKernels::geluBackward,
        null,
        ofB((g, a, x) -> BinaryOps.geluBackward().apply(g, x)),
        ofBoth(
            (g, a, x) ->
                g.mul(a)
                    .mul(x.square().neg().add(2))
                    .mul(x.square().mul(-0.5).exp())
                    .mul(1 / Math.sqrt(2 * Math.PI))));
  }

  static BinaryOp siluBackward() {
    return row(
        "siluBackward",
        BinaryKernels::siluBackward,
        null,
        ofB((g, a, x) -> BinaryOps.siluBackward().apply(g, x)),
        ofBoth(BinaryOps::siluSecond));
  }

  // relations
  static CompareOp eq() {
    return new CompareOp("eq", ArithmeticKernels::eq);
  }

  static CompareOp ne() {
    return new CompareOp("ne", ArithmeticKernels::ne);
  }

  static CompareOp lt() {
    return new CompareOp("lt", ArithmeticKernels::lt);
  }

  static CompareOp le() {
    return new CompareOp("le", ArithmeticKernels::le);
  }

  /** The gradient unless the other operand won, half of it where the two are equal. */
  private static Tensor share(Tensor g, Tensor a, Tensor b, Tensor lost) {
    return Tensor.where(a.eq(b), g.mul(0.5), g).maskedFill(lost, 0);
  }

  /** 1 / (a a + b b), 0 at the origin. */
  private static Tensor inverseSquare(Tensor a, Tensor b) {
    Tensor square = a.square().add(b.square());
    return square.reciprocal().maskedFill(square.eq(0), 0);
  }

  /** The gradient where the condition holds, zero elsewhere. */
  private static Tensor kept(Tensor g, Tensor condition) {
    return Tensor.where(condition, g, Tensor.scalar(g.dtype(), 0));
  }

  private static Tensor copySignByMagnitude(Tensor g, Tensor a, Tensor b) {
    Tensor ratio = a.copysign(b).div(a);
    return g.mul(kept(ratio, a.ne(0)));
  }

  private static Tensor powerByBase(Tensor g, Tensor a, Tensor b) {
    return g.mul(b.mul(a.pow(b.sub(1)))).maskedFill(b.eq(0), 0);
  }

  private static Tensor powerByExponent(Tensor g, Tensor a, Tensor b) {
    return g.mul(a.pow(b).mul(a.log())).maskedFill(a.eq(0).logicalAnd(b.ge(0)), 0);
  }

  private static Tensor siluSecond(Tensor g, Tensor a, Tensor x) {
    Tensor s = x.sigmoid();
    Tensor slope = s.mul(s.neg().add(1));
    return g.mul(a).mul(slope).mul(x.mul(s.mul(-2).add(1)).add(2));
  }

  /** As in C: 1 to any power is 1, and so is -1 to an infinite one; Math.pow has NaN there. */
  static double power(double a, double b) {
    return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : Math.pow(a, b);
  }

  private static double fmax(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) || a >= b ? a : b;
  }

  private static double fmin(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) || a <= b ? a : b;
  }

  private static double copySign(double a, double b) {
    return Math.copySign(a, b);
  }

  private static double logAddExp(double a, double b) {
    if (Double.isInfinite(a) && a == b) {
      return a;
    }
    double larger = Math.max(a, b);
    return larger + Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  private static double xlogy(double a, double b) {
    return Double.isNaN(b) ? b : a == 0 ? 0 : a * Math.log(b);
  }

  private static double heaviside(double a, double b) {
    return a == 0 ? b : a < 0 || Double.isNaN(a) ? 0 : 1;
  }

  private static long heaviside(long a, long b) {
    return a == 0 ? b : a < 0 ? 0 : 1;
  }

  private static long gcd(long a, long b) {
    long x = Math.abs(a);
    long y = Math.abs(b);
    while (y != 0) {
      long rest = x % y;
      x = y;
      y = rest;
    }
    return x;
  }

  private static long lcm(long a, long b) {
    long g = gcd(a, b);
    return g == 0 ? 0 : Math.abs(a / g * b);
  }

  /**
   * a % b. Of two floats it is exact by the cut off quotient, as long as that has few digits; the
   * processor's remainder takes ten times longer.
   */
  private static double mod(double a, double b) {
    double q = a / b;
    boolean floats = (float) a == a && (float) b == b && Math.abs(b) <= Float.MAX_VALUE;
    if (floats && Math.abs(q) < 1 << 28) {
      return Math.copySign(a - (double) (long) q * b, a);
    }
    return a % b;
  }

  private static double floorDivide(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double mod = mod(a, b);
    double quotient = (a - mod) / b;
    if (mod != 0 && (b < 0) != (mod < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, a / b);
    }
    double whole = Math.floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
  }

  private static double truncDivide(double a, double b) {
    double q = a / b;
    return q < 0 ? Math.ceil(q) : Math.floor(q);
  }

  /** By the bits of the signs, as no processor can foresee them. */
  private static double remainder(double a, double b) {
    double mod = mod(a, b);
    long bits = Double.doubleToRawLongBits(b);
    long opposite = (Double.doubleToRawLongBits(mod) ^ bits) >> 63;
    return mod == 0 ? mod : mod + Double.longBitsToDouble(bits & opposite);
  }

  private static long floorDivide(long a, long b) {
    return Math.floorDiv(a, divisor("floorDivide", b));
  }

  private static long checkedDivide(long a, long b) {
    return a / divisor("div", b);
  }

  private static long checkedFloorMod(long a, long b) {
    return Math.floorMod(a, divisor("remainder", b));
  }

  private static long checkedMod(long a, long b) {
    return a % divisor("fmod", b);
  }

  private static long divisor(String op, long b) {
    if (b == 0) {
      throw new ArithmeticException(
          op + ": integer division by zero; take care of zeros before, or divide float tensors");
    }
    return b;
  }

  private static long integerPower(long base, long exponent) {
    if (exponent < 0) {
      return base == 1 ? 1 : base == -1 ? (exponent & 1) == 0 ? 1 : -1 : 0;
    }
    long result = 1;
    for (long e = exponent, b = base; e > 0; e >>= 1, b *= b) {
      if ((e & 1) == 1) {
        result *= b;
      }
    }
    return result;
  }

  private static Partial free(Formula f) {
    return new Partial(false, false, f);
  }

  private static Partial ofA(Formula f) {
    return new Partial(true, false, f);
  }

  private static Partial ofB(Formula f) {
    return new Partial(false, true, f);
  }

  private static Partial ofBoth(Formula f) {
    return new Partial(true, true, f);
  }

  /** Constant almost everywhere. */
  private static Partial none() {
    return free((g, a, b) -> Tensor.zerosLike(g));
  }

  /** A function of integers alone: only {@link #applyToIntegers} calls it. */
  private static BinaryOp integers(String name, LongBinaryOperator f) {
    return new BinaryOp(name, null, map(f), null, null);
  }

  /** Two integer operands (or, where they are allowed, boolean ones) of an operation on bits. */
  static Tensor applyToIntegers(BinaryOp op, Tensor a, Tensor b, boolean booleans) {
    for (Tensor t : new Tensor[] {a, b}) {
      DType type = Objects.requireNonNull(t, "other").dtype();
      if (type.isFloatingPoint() || type == DType.BOOL && !booleans) {
        throw new DTypeException(op.name() + ": not defined for " + type + " tensors");
      }
    }
    return op.apply(a, b);
  }

  private static BinaryOp row(
      String name,
      Loops.Binary<BinaryKernels<Object>> floating,
      Loops.@Nullable Binary<ArithmeticKernels<Object>> integer,
      Partial byA,
      Partial byB) {
    return new BinaryOp(name, floating, integer, byA, byB);
  }

  /** A function without a kernel of its own. */
  private static BinaryOp row(
      String name,
      DoubleBinaryOperator f,
      @Nullable LongBinaryOperator integer,
      Partial byA,
      Partial byB) {
    return row(
        name,
        (k, a, ao, b, bo, y, yo, n) -> k.map(f, a, ao, b, bo, y, yo, n),
        integer == null ? null : map(integer),
        byA,
        byB);
  }

  private static Loops.Binary<ArithmeticKernels<Object>> map(LongBinaryOperator f) {
    return (k, a, ao, b, bo, y, yo, n) ->
        LongArithmetic.map(f, (long[]) a, ao, (long[]) b, bo, (long[]) y, yo, n);
  }
}
