package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementwise arithmetic. The JIT vectorises these loops by itself only where all operands start at
 * one offset; a row with a bias added, say, does not.
 */
final class SimdDoubleArithmetic {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private SimdDoubleArithmetic() {}

  static void neg(double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.neg().intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = -x[xo + i];
    }
  }

  static void square(double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.mul(v).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = x[xo + i] * x[xo + i];
    }
  }

  static void sqrt(double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.sqrt().intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.sqrt(x[xo + i]);
    }
  }

  static void relu(double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.max(0.0).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.max(x[xo + i], 0.0);
    }
  }

  static void clamp(double low, double high, double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.max(low).min(high).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.min(Math.max(x[xo + i], low), high);
    }
  }

  static void leakyRelu(double slope, double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0.0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = x[xo + i] > 0.0 ? x[xo + i] : x[xo + i] * slope;
    }
  }

  static void lerp(
      double weight, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    boolean near = Math.abs(weight) < 0.5;
    double part = near ? weight : weight - 1.0;
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      DoubleVector start = near ? v : w;
      start.add(w.sub(v).mul(part)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = (near ? a[ao + i] : b[bo + i]) + (b[bo + i] - a[ao + i]) * part;
    }
  }

  static void squaredDifference(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = v.sub(DoubleVector.fromArray(SPECIES, b, bo + i));
      w.mul(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      double d = a[ao + i] - b[bo + i];
      y[yo + i] = d * d;
    }
  }

  static void huber(
      double limit,
      double divisor,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] y,
      int yo,
      int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector d = v.sub(DoubleVector.fromArray(SPECIES, b, bo + i)).abs();
      DoubleVector c = d.min(limit);
      c.mul(d.sub(c.mul(0.5))).div(divisor).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      double d = Math.abs(a[ao + i] - b[bo + i]);
      double c = Math.min(d, limit);
      y[yo + i] = c * (d - c * 0.5) / divisor;
    }
  }

  static void add(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      v.add(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = a[ao + i] + b[bo + i];
    }
  }

  static void sub(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      v.sub(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = a[ao + i] - b[bo + i];
    }
  }

  static void mul(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      v.mul(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = a[ao + i] * b[bo + i];
    }
  }

  static void div(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      v.div(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = a[ao + i] / b[bo + i];
    }
  }

  static void maximum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      v.max(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.max(a[ao + i], b[bo + i]);
    }
  }

  static void minimum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, a, ao + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, b, bo + i);
      v.min(w).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = Math.min(a[ao + i], b[bo + i]);
    }
  }

  static void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, y, yo + i);
      w.add(v.mul(alpha)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] += alpha * x[xo + i];
    }
  }

  static void reluBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + i);
      w.blend(0.0, v.compare(VectorOperators.LE, 0.0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = x[xo + i] <= 0.0 ? 0.0 : g[go + i];
    }
  }

  static void sigmoidBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + i);
      w.mul(one.sub(v).mul(v)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = g[go + i] * ((1.0 - x[xo + i]) * x[xo + i]);
    }
  }

  static void tanhBackward(double[] g, int go, double[] x, int xo, double[] y, int yo, int n) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xo + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, g, go + i);
      w.mul(one.sub(v.mul(v))).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = g[go + i] * (1.0 - x[xo + i] * x[xo + i]);
    }
  }
}
