package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise functions of one operand that gain for {@code float} alone: those by polynomials,
 * which for {@code double} are the scalar ones, and those of which the JIT makes vectors for {@code
 * double}.
 */
final class SimdFloatUnaryFunctions extends SimdFloatUnary {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final Watch exp = new Watch();
  private final Watch log = new Watch();
  private final Watch sin = new Watch();
  private final Watch cos = new Watch();
  private final Watch tanh = new Watch();
  private final Watch sigmoid = new Watch();
  private final Watch erf = new Watch();
  private final Watch gelu = new Watch();
  private final Watch silu = new Watch();

  @Override
  public void exp(float[] x, int xo, float[] y, int yo, int n) {
    exp.run(SimdFloatFunctions::exp, super::exp, x, xo, y, yo, n);
  }

  @Override
  public void log(float[] x, int xo, float[] y, int yo, int n) {
    log.run(SimdFloatFunctions::log, super::log, x, xo, y, yo, n);
  }

  @Override
  public void sin(float[] x, int xo, float[] y, int yo, int n) {
    sin.run(SimdFloatFunctions::sin, super::sin, x, xo, y, yo, n);
  }

  @Override
  public void cos(float[] x, int xo, float[] y, int yo, int n) {
    cos.run(SimdFloatFunctions::cos, super::cos, x, xo, y, yo, n);
  }

  @Override
  public void tanh(float[] x, int xo, float[] y, int yo, int n) {
    tanh.run(SimdFloatFunctions::tanh, super::tanh, x, xo, y, yo, n);
  }

  @Override
  public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    sigmoid.run(SimdFloatFunctions::sigmoid, super::sigmoid, x, xo, y, yo, n);
  }

  @Override
  public void erf(float[] x, int xo, float[] y, int yo, int n) {
    erf.run(SimdFloatFunctions::erf, super::erf, x, xo, y, yo, n);
  }

  @Override
  public void gelu(float[] x, int xo, float[] y, int yo, int n) {
    gelu.run(SimdFloatFunctions::gelu, super::gelu, x, xo, y, yo, n);
  }

  @Override
  public void silu(float[] x, int xo, float[] y, int yo, int n) {
    silu.run(SimdFloatFunctions::silu, super::silu, x, xo, y, yo, n);
  }

  /** Of the two zeros the operand, as in {@link #relu}, where the maximum has the positive one. */
  private static void clampFromZero(float high, float[] x, int xo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      v.blend(0f, v.compare(VectorOperators.LT, 0f)).min(high).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.min(x[xo + i] < 0f ? 0f : x[xo + i], high);
    }
  }

  @Override
  public void clamp(double min, double max, float[] x, int xo, float[] y, int yo, int n) {
    float low = (float) min;
    float high = (float) max;
    if (low == 0f) {
      clampFromZero(high, x, xo, y, yo, n);
      return;
    }
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      v.max(low).min(high).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
    }
  }

  @Override
  public void leakyRelu(double negativeSlope, float[] x, int xo, float[] y, int yo, int n) {
    float slope = (float) negativeSlope;
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = x[xo + i] > 0f ? x[xo + i] : x[xo + i] * slope;
    }
  }

  @Override
  public void sign(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector zero = FloatVector.zero(SPECIES);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector up = zero.blend(1f, v.compare(VectorOperators.GT, zero));
      up.blend(-1f, v.compare(VectorOperators.LT, zero)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (x[xo + i] > 0f ? 1 : 0) - (x[xo + i] < 0f ? 1 : 0);
    }
  }
}
