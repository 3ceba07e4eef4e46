package dev.facula.internal.kernel;

import java.util.Arrays;

/** Elementwise loops with two operands (see {@link DoubleUnary}), comparisons and selection. */
final class DoubleBinary {
  private DoubleBinary() {}

  static void add(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = a[i] + b[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] + b[bo + i];
    }
  }

  static void sub(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = a[i] - b[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] - b[bo + i];
    }
  }

  static void mul(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = a[i] * b[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] * b[bo + i];
    }
  }

  static void div(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = a[i] / b[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] / b[bo + i];
    }
  }

  static void maximum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.max(a[i], b[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.max(a[ao + i], b[bo + i]);
    }
  }

  static void minimum(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = Math.min(a[i], b[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.min(a[ao + i], b[bo + i]);
    }
  }

  static void lerp(
      double weight, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    boolean near = Math.abs(weight) < 0.5;
    double[] x = near ? a : b;
    int xo = near ? ao : bo;
    double part = near ? weight : weight - 1.0;
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = x[i] + (b[i] - a[i]) * part;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] + (b[bo + i] - a[ao + i]) * part;
    }
  }

  static void squaredDifference(double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        double d = a[i] - b[i];
        y[i] = d * d;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
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
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        double d = Math.abs(a[i] - b[i]);
        double c = Math.min(d, limit);
        y[i] = c * (d - c * 0.5) / divisor;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      double d = Math.abs(a[ao + i] - b[bo + i]);
      double c = Math.min(d, limit);
      y[yo + i] = c * (d - c * 0.5) / divisor;
    }
  }

  static void axpy(double alpha, double[] x, int xo, double[] y, int yo, int n) {
    if (xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] += alpha * x[i];
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] += alpha * x[xo + i];
    }
  }

  static void fill(double value, double[] y, int yo, int n) {
    Arrays.fill(y, yo, yo + n, value);
  }

  static void eq(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] == b[bo + i] ? 1 : 0);
    }
  }

  static void ne(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] != b[bo + i] ? 1 : 0);
    }
  }

  static void lt(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] < b[bo + i] ? 1 : 0);
    }
  }

  static void le(double[] a, int ao, double[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] <= b[bo + i] ? 1 : 0);
    }
  }

  static void where(
      byte[] c, int co, double[] a, int ao, double[] b, int bo, double[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoubleMath.choose(c[co + i], a[ao + i], b[bo + i]);
    }
  }
}
