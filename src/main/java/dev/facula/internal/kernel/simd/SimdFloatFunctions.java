package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.FloatMath.*;

import dev.facula.internal.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link FloatMath} on vectors, step for step and so bit for bit; the rest of a
 * row goes there.
 *
 * <p>Each loop holds all of its function. A method on vectors would be shared, but is long enough
 * for the JIT to refuse to inline it once it has been compiled by itself, which is a matter of
 * chance, and then every vector would be boxed.
 */
final class SimdFloatFunctions {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private SimdFloatFunctions() {}

  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, xo + i);
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      c = c.blend(EXP_MAX, c.compare(VectorOperators.GT, EXP_MAX));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector r = k.fma(c.broadcast(-LN2_HI), c);
      r = k.fma(c.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, c.broadcast(E4)).fma(r, c.broadcast(E3));
      p = p.fma(r, c.broadcast(E2)).fma(r, c.broadcast(1f)).fma(r, c.broadcast(1f));
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
          .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
          .intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.exp(x[xo + i]);
    }
  }

  static void log(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      VectorMask<Float> subnormal = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      IntVector bits = v.blend(v.mul(8388608f), subnormal).reinterpretAsInts();
      IntVector e = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector k = (FloatVector) e.convert(VectorOperators.I2F, 0);
      k = k.blend(k.sub(23f), subnormal);
      FloatVector f = bits.sub(e.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
      FloatVector p = f.fma(L10, L9).fma(f, v.broadcast(L8)).fma(f, v.broadcast(L7));
      p = p.fma(f, v.broadcast(L6)).fma(f, v.broadcast(L5)).fma(f, v.broadcast(L4));
      p = p.fma(f, v.broadcast(L3)).fma(f, v.broadcast(-0.5f));
      FloatVector s = p.fma(f.mul(f), k.mul(LOG_LN2_LO));
      FloatVector w = k.fma(v.broadcast(LOG_LN2_HI), f.add(s));
      w = w.blend(v, v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY).not());
      w = w.blend(Float.NaN, v.compare(VectorOperators.LT, 0f));
      w.blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector a = v.abs();
      a = a.blend(TANH_MAX, a.compare(VectorOperators.GT, TANH_MAX));
      FloatVector c = a.add(a);
      FloatVector t = c.fma(LOG2_E, ROUND);
      FloatVector k = t.sub(ROUND);
      FloatVector r = k.fma(v.broadcast(-LN2_HI), c);
      r = k.fma(v.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, v.broadcast(E4)).fma(r, v.broadcast(E3));
      p = p.fma(r, v.broadcast(E2)).fma(r.mul(r), r);
      IntVector bits = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(0x3f800000);
      FloatVector scale = bits.reinterpretAsFloats();
      FloatVector m = p.fma(scale, scale.sub(one));
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      m.div(m.add(2f)).reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.tanh(x[xo + i]);
    }
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector c = v.abs().neg();
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector r = k.fma(v.broadcast(-LN2_HI), c);
      r = k.fma(v.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, v.broadcast(E4)).fma(r, v.broadcast(E3));
      p = p.fma(r, v.broadcast(E2)).fma(r, one).fma(r, one);
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      FloatVector e =
          p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
              .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      FloatVector s = one.blend(e, v.compare(VectorOperators.LT, 0f)).div(one.add(e));
      s.intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }
  }

  static void erf(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector a = v.abs();
      a = a.blend(ERF_MAX, a.compare(VectorOperators.GT, ERF_MAX));
      FloatVector u = a.mul(a);
      FloatVector f = u.fma(F6, F5).fma(u, a.broadcast(F4)).fma(u, a.broadcast(F3));
      f = f.fma(u, a.broadcast(F2)).fma(u, a.broadcast(F1)).fma(u, a.broadcast(F0));
      FloatVector g = a.fma(G6, G5).fma(a, a.broadcast(G4)).fma(a, a.broadcast(G3));
      g = g.fma(a, a.broadcast(G2)).fma(a, a.broadcast(G1)).fma(a, a.broadcast(G0));
      FloatVector one = a.broadcast(1f);
      FloatVector t = g.fma(LOG2_E, ROUND);
      FloatVector r = t.sub(ROUND).fma(a.broadcast(-LN2_HI), g);
      FloatVector p = r.fma(E6, E5).fma(r, a.broadcast(E4)).fma(r, a.broadcast(E3));
      p = p.fma(r, a.broadcast(E2)).fma(r, one).fma(r, one);
      IntVector bits = t.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(0x3f800000);
      FloatVector large = p.neg().fma(bits.reinterpretAsFloats(), one);
      FloatVector m = f.fma(a, a).blend(large, a.compare(VectorOperators.GE, ERF_SPLIT));
      IntVector magnitude = m.reinterpretAsInts();
      IntVector sign = v.reinterpretAsInts().and(Integer.MIN_VALUE);
      magnitude.or(sign).reinterpretAsFloats().intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.erf(x[xo + i]);
    }
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector a = v.abs();
      a = a.blend(TAIL_MAX, a.compare(VectorOperators.GT, TAIL_MAX));
      FloatVector u = a.mul(a);
      FloatVector c = u.mul(-0.5f);
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector r = k.fma(v.broadcast(-LN2_HI), c);
      r = k.fma(v.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, v.broadcast(E4)).fma(r, v.broadcast(E3));
      p = p.fma(r, v.broadcast(E2)).fma(r, one).fma(r, one);
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      FloatVector e =
          p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
              .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      e = e.fma(a.fma(a, u.neg()).mul(-0.5f), e);
      FloatVector near = u.fma(P5, P4).fma(u, v.broadcast(P3)).fma(u, v.broadcast(P2));
      near = near.fma(u, v.broadcast(P1)).fma(u, v.broadcast(P0)).fma(v, v.broadcast(0.5f));
      FloatVector w = one.div(a.fma(0.25f, 1f));
      FloatVector q = w.fma(Q8, Q7).fma(w, v.broadcast(Q6)).fma(w, v.broadcast(Q5));
      q = q.fma(w, v.broadcast(Q4)).fma(w, v.broadcast(Q3)).fma(w, v.broadcast(Q2));
      FloatVector tail = q.fma(w, v.broadcast(Q1)).fma(w, v.broadcast(Q0)).mul(e);
      FloatVector phi = one.sub(tail).blend(tail, v.compare(VectorOperators.LT, 0f));
      phi = phi.blend(near, a.compare(VectorOperators.LT, PHI_SPLIT));
      v.mul(phi).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.gelu(x[xo + i]);
    }
  }

  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector c = v.abs().neg();
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector r = k.fma(v.broadcast(-LN2_HI), c);
      r = k.fma(v.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, v.broadcast(E4)).fma(r, v.broadcast(E3));
      p = p.fma(r, v.broadcast(E2)).fma(r, one).fma(r, one);
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      FloatVector e =
          p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
              .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      FloatVector s = one.blend(e, v.compare(VectorOperators.LT, 0f)).div(one.add(e));
      v.mul(s).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.silu(x[xo + i]);
    }
  }

  static void sin(float[] x, int xo, float[] y, int yo, int n) {
    sinQuadrant(x, xo, y, yo, n, 0);
  }

  static void cos(float[] x, int xo, float[] y, int yo, int n) {
    sinQuadrant(x, xo, y, yo, n, 1);
  }

  /**
   * sin(x + shift pi / 2). A vector with an argument too large for the quick reduction is left to
   * the scalar method.
   */
  private static void sinQuadrant(float[] x, int xo, float[] y, int yo, int n, int shift) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      if (v.abs().compare(VectorOperators.LE, TRIG_MAX).allTrue()) {
        FloatVector t = v.fma(TWO_OVER_PI, ROUND);
        FloatVector k = t.sub(ROUND);
        IntVector q = t.reinterpretAsInts().add(shift);
        FloatVector r = k.fma(v.broadcast(-HALF_PI_1), v);
        r = k.fma(v.broadcast(-HALF_PI_2), r);
        r = k.fma(v.broadcast(-HALF_PI_3), r);
        FloatVector u = r.mul(r);
        FloatVector s = r.mul(u).fma(u.fma(S7, S5).fma(u, v.broadcast(S3)), r);
        s = s.blend(v, v.compare(VectorOperators.EQ, 0f)); // for its sign
        FloatVector c = u.mul(u).fma(u.fma(C8, C6).fma(u, v.broadcast(C4)), u.fma(-0.5f, 1f));
        IntVector odd = q.lanewise(VectorOperators.LSHL, 31);
        FloatVector w = s.blend(c, odd.compare(VectorOperators.LT, 0).cast(SPECIES));
        IntVector sign = q.and(2).lanewise(VectorOperators.LSHL, 30);
        w.reinterpretAsInts()
            .lanewise(VectorOperators.XOR, sign)
            .reinterpretAsFloats()
            .intoArray(y, yo + i);
      } else {
        for (int j = i; j < i + LANES; j++) {
          y[yo + j] = shift == 0 ? FloatMath.sin(x[xo + j]) : FloatMath.cos(x[xo + j]);
        }
      }
    }
    for (; i < n; i++) {
      y[yo + i] = shift == 0 ? FloatMath.sin(x[xo + i]) : FloatMath.cos(x[xo + i]);
    }
  }

  static void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector a = v.abs();
      a = a.blend(TAIL_MAX, a.compare(VectorOperators.GT, TAIL_MAX));
      FloatVector u = a.mul(a);
      FloatVector c = u.mul(-0.5f);
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector r = k.fma(v.broadcast(-LN2_HI), c);
      r = k.fma(v.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, v.broadcast(E4)).fma(r, v.broadcast(E3));
      p = p.fma(r, v.broadcast(E2)).fma(r, one).fma(r, one);
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      FloatVector e =
          p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
              .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      e = e.fma(a.fma(a, u.neg()).mul(-0.5f), e);
      FloatVector near = u.fma(P5, P4).fma(u, v.broadcast(P3)).fma(u, v.broadcast(P2));
      near = near.fma(u, v.broadcast(P1)).fma(u, v.broadcast(P0)).fma(v, v.broadcast(0.5f));
      FloatVector w = one.div(a.fma(0.25f, 1f));
      FloatVector q = w.fma(Q8, Q7).fma(w, v.broadcast(Q6)).fma(w, v.broadcast(Q5));
      q = q.fma(w, v.broadcast(Q4)).fma(w, v.broadcast(Q3)).fma(w, v.broadcast(Q2));
      FloatVector tail = q.fma(w, v.broadcast(Q1)).fma(w, v.broadcast(Q0)).mul(e);
      FloatVector phi = one.sub(tail).blend(tail, v.compare(VectorOperators.LT, 0f));
      phi = phi.blend(near, a.compare(VectorOperators.LT, PHI_SPLIT));
      FloatVector s = v.mul(INV_SQRT_TWO_PI).fma(e, phi);
      FloatVector.fromArray(SPECIES, g, go + i).mul(s).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.geluDerivative(x[xo + i]);
    }
  }

  static void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector c = v.abs().neg();
      c = c.blend(EXP_MIN, c.compare(VectorOperators.LT, EXP_MIN));
      FloatVector t = c.fma(LOG2_E, ROUND_BIASED);
      FloatVector k = t.sub(ROUND_BIASED);
      FloatVector r = k.fma(v.broadcast(-LN2_HI), c);
      r = k.fma(v.broadcast(-LN2_LO), r);
      FloatVector p = r.fma(E6, E5).fma(r, v.broadcast(E4)).fma(r, v.broadcast(E3));
      p = p.fma(r, v.broadcast(E2)).fma(r, one).fma(r, one);
      IntVector h = t.reinterpretAsInts();
      IntVector half = h.lanewise(VectorOperators.ASHR, 1);
      FloatVector e =
          p.mul(half.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
              .mul(h.sub(half).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
      FloatVector d = one.div(one.add(e));
      FloatVector ed = e.mul(d);
      VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
      FloatVector s = d.blend(ed, negative).mul(v.fma(ed.blend(d, negative), one));
      FloatVector.fromArray(SPECIES, g, go + i).mul(s).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.siluDerivative(x[xo + i]);
    }
  }
}
