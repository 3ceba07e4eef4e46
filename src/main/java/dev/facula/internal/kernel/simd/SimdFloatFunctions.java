package dev.facula.internal.kernel.simd;

import static dev.facula.internal.kernel.FloatMath.*;

import dev.facula.internal.kernel.FloatMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Elementwise functions; the rest of a row goes to {@link FloatMath}, with the same bits. */
final class SimdFloatFunctions {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private SimdFloatFunctions() {}

  static void exp(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVectorMath.exp(v).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.exp(x[xo + i]);
    }
  }

  static void log(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVectorMath.log(v).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.log(x[xo + i]);
    }
  }

  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVectorMath.tanh(v).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.tanh(x[xo + i]);
    }
  }

  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVectorMath.sigmoid(v).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.sigmoid(x[xo + i]);
    }
  }

  /**
   * In the loop, and not a method on vectors: it is long enough for the JIT to refuse to inline it
   * once it has been compiled by itself, and then every vector would be boxed.
   */
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
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector a = v.abs();
      a = a.blend(TAIL_MAX, a.compare(VectorOperators.GT, TAIL_MAX));
      FloatVector e = FloatVectorMath.expMinusHalfSquare(a);
      v.mul(FloatVectorMath.phi(v, a, e)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.gelu(x[xo + i]);
    }
  }

  static void silu(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVectorMath.silu(v).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.silu(x[xo + i]);
    }
  }

  /** A vector with an argument too large for the quick reduction is left to the scalar method. */
  static void sin(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      if (v.abs().compare(VectorOperators.LE, TRIG_MAX).allTrue()) {
        FloatVectorMath.sinQuadrant(v, 0).intoArray(y, yo + i);
      } else {
        for (int j = i; j < i + LANES; j++) {
          y[yo + j] = FloatMath.sin(x[xo + j]);
        }
      }
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.sin(x[xo + i]);
    }
  }

  /** A vector with an argument too large for the quick reduction is left to the scalar method. */
  static void cos(float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      if (v.abs().compare(VectorOperators.LE, TRIG_MAX).allTrue()) {
        FloatVectorMath.sinQuadrant(v, 1).intoArray(y, yo + i);
      } else {
        for (int j = i; j < i + LANES; j++) {
          y[yo + j] = FloatMath.cos(x[xo + j]);
        }
      }
    }
    for (; i < n; i++) {
      y[yo + i] = FloatMath.cos(x[xo + i]);
    }
  }

  static void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector w = FloatVector.fromArray(SPECIES, g, go + i);
      FloatVector a = v.abs();
      a = a.blend(TAIL_MAX, a.compare(VectorOperators.GT, TAIL_MAX));
      FloatVector e = FloatVectorMath.expMinusHalfSquare(a);
      FloatVector f = FloatVectorMath.phi(v, a, e);
      w.mul(v.mul(INV_SQRT_TWO_PI).fma(e, f)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.geluDerivative(x[xo + i]);
    }
  }

  static void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector w = FloatVector.fromArray(SPECIES, g, go + i);
      w.mul(FloatVectorMath.siluDerivative(v)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.siluDerivative(x[xo + i]);
    }
  }
}
