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
      v.blend(0.0, v.compare(VectorOperators.LT, 0.0)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      y[yo + i] = x[xo + i] < 0.0 ? 0.0 : x[xo + i];
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
