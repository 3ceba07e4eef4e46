package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** Steps of the optimizers, one pass over the parameter and its state. */
final class SimdDoubleOptimizer {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final WarmUp SGD = new WarmUp();
  private static final WarmUp SGD_MOMENTUM = new WarmUp();
  private static final WarmUp ADAM = new WarmUp();
  private static final WarmUp RMSPROP = new WarmUp();
  private static final WarmUp ADAGRAD = new WarmUp();

  private SimdDoubleOptimizer() {}

  static void sgd(
      double[] p, int po, double[] g, int go, int n, double lr, double weightDecay, double sign) {
    int rounds = SGD.rounds(n / LANES);
    long start = SGD.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, p, po + i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, g, go + i).mul(sign).add(v.mul(weightDecay));
      v.sub(d.mul(lr)).intoArray(p, po + i);
    }
    SGD.vectors(start, rounds);
    for (; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      p[po + i] -= lr * d;
    }
  }

  static void sgdMomentum(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] buf,
      int bo,
      int n,
      double lr,
      double momentum,
      double share,
      double weightDecay,
      double sign,
      boolean nesterov) {
    int rounds = SGD_MOMENTUM.rounds(n / LANES);
    long start = SGD_MOMENTUM.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, p, po + i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, g, go + i).mul(sign).add(v.mul(weightDecay));
      DoubleVector b = DoubleVector.fromArray(SPECIES, buf, bo + i).mul(momentum).add(d.mul(share));
      b.intoArray(buf, bo + i);
      DoubleVector step = nesterov ? d.add(b.mul(momentum)) : b;
      v.sub(step.mul(lr)).intoArray(p, po + i);
    }
    SGD_MOMENTUM.vectors(start, rounds);
    for (; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      double b = buf[bo + i] * momentum + share * d;
      buf[bo + i] = b;
      p[po + i] -= lr * (nesterov ? d + momentum * b : b);
    }
  }

  static void adam(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] m,
      int mo,
      double[] v,
      int vo,
      double @Nullable [] vmax,
      int xo,
      int n,
      double stepSize,
      double share1,
      double beta2,
      double share2,
      double correction2,
      double eps,
      double weightDecay,
      double keep,
      double sign) {
    int rounds = ADAM.rounds(n / LANES);
    long start = ADAM.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      DoubleVector w = DoubleVector.fromArray(SPECIES, p, po + i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, g, go + i).mul(sign).add(w.mul(weightDecay));
      DoubleVector first = DoubleVector.fromArray(SPECIES, m, mo + i);
      first = first.add(d.sub(first).mul(share1));
      first.intoArray(m, mo + i);
      DoubleVector second =
          DoubleVector.fromArray(SPECIES, v, vo + i).mul(beta2).add(d.mul(share2).mul(d));
      second.intoArray(v, vo + i);
      if (vmax != null) {
        second = DoubleVector.fromArray(SPECIES, vmax, xo + i).max(second);
        second.intoArray(vmax, xo + i);
      }
      DoubleVector root = second.sqrt().div(correction2).add(eps);
      w.mul(keep).sub(first.mul(stepSize).div(root)).intoArray(p, po + i);
    }
    ADAM.vectors(start, rounds);
    for (; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      m[mo + i] += share1 * (d - m[mo + i]);
      double second = v[vo + i] * beta2 + share2 * d * d;
      v[vo + i] = second;
      if (vmax != null) {
        second = Math.max(vmax[xo + i], second);
        vmax[xo + i] = second;
      }
      double root = Math.sqrt(second) / correction2 + eps;
      p[po + i] = p[po + i] * keep - stepSize * m[mo + i] / root;
    }
  }

  static void rmsprop(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] square,
      int so,
      double @Nullable [] mean,
      int mo,
      double @Nullable [] buf,
      int bo,
      int n,
      double lr,
      double alpha,
      double share,
      double eps,
      double momentum,
      double weightDecay,
      double sign) {
    int rounds = RMSPROP.rounds(n / LANES);
    long start = RMSPROP.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      DoubleVector w = DoubleVector.fromArray(SPECIES, p, po + i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, g, go + i).mul(sign).add(w.mul(weightDecay));
      DoubleVector s =
          DoubleVector.fromArray(SPECIES, square, so + i).mul(alpha).add(d.mul(share).mul(d));
      s.intoArray(square, so + i);
      if (mean != null) {
        DoubleVector a = DoubleVector.fromArray(SPECIES, mean, mo + i);
        a = a.add(d.sub(a).mul(share));
        a.intoArray(mean, mo + i);
        s = s.sub(a.mul(a));
      }
      DoubleVector root = s.sqrt().add(eps);
      if (buf != null) {
        DoubleVector b =
            DoubleVector.fromArray(SPECIES, buf, bo + i).mul(momentum).add(d.div(root));
        b.intoArray(buf, bo + i);
        w.sub(b.mul(lr)).intoArray(p, po + i);
      } else {
        w.sub(d.mul(lr).div(root)).intoArray(p, po + i);
      }
    }
    RMSPROP.vectors(start, rounds);
    for (; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      double s = square[so + i] * alpha + share * d * d;
      square[so + i] = s;
      if (mean != null) {
        mean[mo + i] += share * (d - mean[mo + i]);
        s -= mean[mo + i] * mean[mo + i];
      }
      double root = Math.sqrt(s) + eps;
      if (buf != null) {
        buf[bo + i] = buf[bo + i] * momentum + d / root;
        p[po + i] -= lr * buf[bo + i];
      } else {
        p[po + i] -= lr * d / root;
      }
    }
  }

  static void adagrad(
      double[] p,
      int po,
      double[] g,
      int go,
      double[] sum,
      int so,
      int n,
      double lr,
      double eps,
      double weightDecay,
      double sign) {
    int rounds = ADAGRAD.rounds(n / LANES);
    long start = ADAGRAD.clock();
    int i = 0;
    for (; i < rounds * LANES; i += LANES) {
      DoubleVector w = DoubleVector.fromArray(SPECIES, p, po + i);
      DoubleVector d = DoubleVector.fromArray(SPECIES, g, go + i).mul(sign).add(w.mul(weightDecay));
      DoubleVector s = DoubleVector.fromArray(SPECIES, sum, so + i).add(d.mul(d));
      s.intoArray(sum, so + i);
      w.sub(d.mul(lr).div(s.sqrt().add(eps))).intoArray(p, po + i);
    }
    ADAGRAD.vectors(start, rounds);
    for (; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      double s = sum[so + i] + d * d;
      sum[so + i] = s;
      p[po + i] -= lr * d / (Math.sqrt(s) + eps);
    }
  }
}
