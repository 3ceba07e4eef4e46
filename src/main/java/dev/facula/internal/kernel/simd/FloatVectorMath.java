package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.FloatMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The functions of {@link dev.facula.internal.kernel.FloatMath} on all lanes of a vector, step for
 * step and so bit for bit. A vector is boxed wherever the JIT does not inline the method it is
 * passed to. It stops inlining (but not the methods of the Vector API) some forty vector operations
 * into a loop, so a loop calls these first of all, and they call little themselves.
 */
final class FloatVectorMath {
  private static final int ONE_BITS = 0x3f800000;

  private FloatVectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector c = x.blend(EXP_MIN, x.compare(VectorOperators.LT, EXP_MIN));
    c = c.blend(EXP_MAX, c.compare(VectorOperators.GT, EXP_MAX));
    return expInRange(c);
  }

  /** exp of a negative number, zero or NaN. */
  static FloatVector expOfNegative(FloatVector x) {
    return expInRange(x.blend(EXP_MIN, x.compare(VectorOperators.LT, EXP_MIN)));
  }

  private static FloatVector expInRange(FloatVector c) {
    FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
    FloatVector k = t.sub(ROUND_BIASED);
    FloatVector r = k.fma(c.broadcast(-LN2_HI), c);
    r = k.fma(c.broadcast(-LN2_LO), r);
    FloatVector p = r.fma(E6, E5).fma(r, c.broadcast(E4)).fma(r, c.broadcast(E3));
    p = p.fma(r, c.broadcast(E2)).fma(r, c.broadcast(1f)).fma(r, c.broadcast(1f));
    IntVector h = t.reinterpretAsInts();
    IntVector half = h.lanewise(VectorOperators.ASHR, 1);
    return p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
        .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
  }

  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(8388608f), subnormal).reinterpretAsInts();
    IntVector e = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
    FloatVector k = (FloatVector) e.convert(VectorOperators.I2F, 0);
    k = k.blend(k.sub(23f), subnormal);
    FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
    FloatVector p = f.fma(L10, L9).fma(f, x.broadcast(L8)).fma(f, x.broadcast(L7));
    p = p.fma(f, x.broadcast(L6)).fma(f, x.broadcast(L5)).fma(f, x.broadcast(L4));
    p = p.fma(f, x.broadcast(L3)).fma(f, x.broadcast(-0.5f));
    FloatVector s = p.fma(f.mul(f), k.mul(LOG_LN2_LO));
    FloatVector y = k.fma(x.broadcast(LOG_LN2_HI), f.add(s));
    y = y.blend(x, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
    y = y.blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
    return y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
  }

  /** sin(x + shift pi / 2) for |x| up to TRIG_MAX. */
  static FloatVector sinQuadrant(FloatVector x, int shift) {
    FloatVector t = x.fma(TWO_OVER_PI, ROUND);
    FloatVector k = t.sub(ROUND);
    IntVector q = t.reinterpretAsInts().add(shift);
    FloatVector r = k.fma(x.broadcast(-HALF_PI_1), x);
    r = k.fma(x.broadcast(-HALF_PI_2), r);
    r = k.fma(x.broadcast(-HALF_PI_3), r);
    FloatVector u = r.mul(r);
    FloatVector s = r.mul(u).fma(u.fma(S7, S5).fma(u, x.broadcast(S3)), r);
    FloatVector c = u.mul(u).fma(u.fma(C8, C6).fma(u, x.broadcast(C4)), u.fma(-0.5f, 1f));
    IntVector odd = q.lanewise(VectorOperators.LSHL, 31);
    FloatVector v = s.blend(c, odd.compare(VectorOperators.LT, 0).cast(x.species()));
    IntVector sign = q.and(2).lanewise(VectorOperators.LSHL, 30);
    return v.reinterpretAsInts().lanewise(VectorOperators.XOR, sign).reinterpretAsFloats();
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs();
    a = a.blend(TANH_MAX, a.compare(VectorOperators.GT, TANH_MAX));
    FloatVector c = a.add(a);
    FloatVector t = c.fma(LOG2_E, ROUND);
    FloatVector k = t.sub(ROUND);
    FloatVector r = k.fma(c.broadcast(-LN2_HI), c);
    r = k.fma(c.broadcast(-LN2_LO), r);
    FloatVector p = r.fma(E6, E5).fma(r, c.broadcast(E4)).fma(r, c.broadcast(E3));
    p = p.fma(r, c.broadcast(E2)).fma(r.mul(r), r);
    IntVector bits = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(ONE_BITS);
    FloatVector scale = bits.reinterpretAsFloats();
    FloatVector m = p.fma(scale, scale.sub(1f));
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    return m.div(m.add(2f)).reinterpretAsInts().or(sign).reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    FloatVector one = x.broadcast(1f);
    return one.blend(e, x.compare(VectorOperators.LT, 0f)).div(one.add(e));
  }

  /** exp(-a a / 2). */
  static FloatVector expMinusHalfSquare(FloatVector a) {
    FloatVector h = a.mul(a);
    FloatVector e = expOfNegative(h.mul(-0.5f));
    return e.fma(a.fma(a, h.neg()).mul(-0.5f), e);
  }

  /** The normal distribution function of x, with a = |x| and e = exp(-a a / 2). */
  static FloatVector phi(FloatVector x, FloatVector a, FloatVector e) {
    FloatVector u = a.mul(a);
    FloatVector p = u.fma(P5, P4).fma(u, a.broadcast(P3)).fma(u, a.broadcast(P2));
    p = p.fma(u, a.broadcast(P1)).fma(u, a.broadcast(P0)).fma(x, a.broadcast(0.5f));
    FloatVector one = a.broadcast(1f);
    FloatVector t = one.div(a.fma(0.25f, 1f));
    FloatVector q = t.fma(Q8, Q7).fma(t, a.broadcast(Q6)).fma(t, a.broadcast(Q5));
    q = q.fma(t, a.broadcast(Q4)).fma(t, a.broadcast(Q3)).fma(t, a.broadcast(Q2));
    FloatVector tail = q.fma(t, a.broadcast(Q1)).fma(t, a.broadcast(Q0)).mul(e);
    FloatVector far = one.sub(tail).blend(tail, x.compare(VectorOperators.LT, 0f));
    return far.blend(p, a.compare(VectorOperators.LT, PHI_SPLIT));
  }

  static FloatVector silu(FloatVector x) {
    return x.mul(sigmoid(x));
  }

  static FloatVector siluDerivative(FloatVector x) {
    FloatVector e = expOfNegative(x.abs().neg());
    FloatVector one = x.broadcast(1f);
    FloatVector d = one.div(one.add(e));
    FloatVector ed = e.mul(d);
    VectorMask<Float> negative = x.compare(VectorOperators.LT, 0f);
    return d.blend(ed, negative).mul(x.fma(ed.blend(d, negative), one));
  }
}
