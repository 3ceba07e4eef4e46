package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatOptimizer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Steps of the optimizers whose plain loops are slower, one pass over the parameter and its state.
 */
final class SimdFloatOptimizer extends FloatOptimizer {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final WarmUp ADAM = new WarmUp();
  private static final WarmUp RMSPROP = new WarmUp();
  private static final WarmUp ADAGRAD = new WarmUp();

  @Override
  public void adam(
      Adam step,
      float[] p,
      int po,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      float @Nullable [] vmax,
      int xo,
      int n) {
    float stepSize = (float) step.stepSize();
    float share1 = (float) step.share1();
    float beta2 = (float) step.beta2();
    float share2 = (float) step.share2();
    float correction2 = (float) step.correction2();
    float eps = (float) step.eps();
    float weightDecay = (float) step.weightDecay();
    float keep = (float) step.keep();
    float sign = step.sign();
    int rounds = ADAM.rounds(n / LANES);
    long start = ADAM.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      FloatVector w = FloatVector.fromArray(SPECIES, p, po + i);
      FloatVector d = FloatVector.fromArray(SPECIES, g, go + i).mul(sign).add(w.mul(weightDecay));
      FloatVector first = FloatVector.fromArray(SPECIES, m, mo + i);
      first = first.add(d.sub(first).mul(share1));
      first.intoArray(m, mo + i);
      FloatVector second =
          FloatVector.fromArray(SPECIES, v, vo + i).mul(beta2).add(d.mul(share2).mul(d));
      second.intoArray(v, vo + i);
      if (vmax != null) {
        second = FloatVector.fromArray(SPECIES, vmax, xo + i).max(second);
        second.intoArray(vmax, xo + i);
      }
      FloatVector root = second.sqrt().div(correction2).add(eps);
      w.mul(keep).sub(first.mul(stepSize).div(root)).intoArray(p, po + i);
    }
    ADAM.vectors(start, rounds);
    for (; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      m[mo + i] += share1 * (d - m[mo + i]);
      float second = v[vo + i] * beta2 + share2 * d * d;
      v[vo + i] = second;
      if (vmax != null) {
        second = Math.max(vmax[xo + i], second);
        vmax[xo + i] = second;
      }
      float root = (float) Math.sqrt(second) / correction2 + eps;
      p[po + i] = p[po + i] * keep - stepSize * m[mo + i] / root;
    }
  }

  @Override
  public void rmsprop(
      Rmsprop step,
      float[] p,
      int po,
      float[] g,
      int go,
      float[] square,
      int so,
      float @Nullable [] mean,
      int mo,
      float @Nullable [] buf,
      int bo,
      int n) {
    float lr = (float) step.lr();
    float alpha = (float) step.alpha();
    float share = (float) step.share();
    float eps = (float) step.eps();
    float momentum = (float) step.momentum();
    float weightDecay = (float) step.weightDecay();
    float sign = step.sign();
    int rounds = RMSPROP.rounds(n / LANES);
    long start = RMSPROP.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      FloatVector w = FloatVector.fromArray(SPECIES, p, po + i);
      FloatVector d = FloatVector.fromArray(SPECIES, g, go + i).mul(sign).add(w.mul(weightDecay));
      FloatVector s =
          FloatVector.fromArray(SPECIES, square, so + i).mul(alpha).add(d.mul(share).mul(d));
      s.intoArray(square, so + i);
      if (mean != null) {
        FloatVector a = FloatVector.fromArray(SPECIES, mean, mo + i);
        a = a.add(d.sub(a).mul(share));
        a.intoArray(mean, mo + i);
        s = s.sub(a.mul(a));
      }
      FloatVector root = s.sqrt().add(eps);
      if (buf != null) {
        FloatVector b = FloatVector.fromArray(SPECIES, buf, bo + i).mul(momentum).add(d.div(root));
        b.intoArray(buf, bo + i);
        w.sub(b.mul(lr)).intoArray(p, po + i);
      } else {
        w.sub(d.mul(lr).div(root)).intoArray(p, po + i);
      }
    }
    RMSPROP.vectors(start, rounds);
    for (; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      float s = square[so + i] * alpha + share * d * d;
      square[so + i] = s;
      if (mean != null) {
        mean[mo + i] += share * (d - mean[mo + i]);
        s -= mean[mo + i] * mean[mo + i];
      }
      float root = (float) Math.sqrt(s) + eps;
      if (buf != null) {
        buf[bo + i] = buf[bo + i] * momentum + d / root;
        p[po + i] -= lr * buf[bo + i];
      } else {
        p[po + i] -= lr * d / root;
      }
    }
  }

  @Override
  public void adagrad(
      Adagrad step, float[] p, int po, float[] g, int go, float[] sum, int so, int n) {
    float lr = (float) step.lr();
    float eps = (float) step.eps();
    float weightDecay = (float) step.weightDecay();
    float sign = step.sign();
    int rounds = ADAGRAD.rounds(n / LANES);
    long start = ADAGRAD.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      FloatVector w = FloatVector.fromArray(SPECIES, p, po + i);
      FloatVector d = FloatVector.fromArray(SPECIES, g, go + i).mul(sign).add(w.mul(weightDecay));
      FloatVector s = FloatVector.fromArray(SPECIES, sum, so + i).add(d.mul(d));
      s.intoArray(sum, so + i);
      w.sub(d.mul(lr).div(s.sqrt().add(eps))).intoArray(p, po + i);
    }
    ADAGRAD.vectors(start, rounds);
    for (; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      float s = sum[so + i] + d * d;
      sum[so + i] = s;
      p[po + i] -= lr * d / ((float) Math.sqrt(s) + eps);
    }
  }
}
