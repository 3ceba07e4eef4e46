package dev.facula.internal.kernel;

import java.util.Arrays;

/** Elementwise loops with two operands (see {@link FloatUnary}), comparisons and selection. */
final class FloatBinary {
  private FloatBinary() {}

  static void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  static void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  static void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  static void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  static void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  static void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  static void lerp(float weight, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    boolean near = Math.abs(weight) < 0.5f;
    float[] x = near ? a : b;
    int xo = near ? ao : bo;
    float part = near ? weight : weight - 1f;
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

  static void squaredDifference(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        float d = a[i] - b[i];
        y[i] = d * d;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      float d = a[ao + i] - b[bo + i];
      y[yo + i] = d * d;
    }
  }

  static void huber(
      float limit, float divisor, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    if (ao == yo && bo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        float d = Math.abs(a[i] - b[i]);
        float c = Math.min(d, limit);
        y[i] = c * (d - c * 0.5f) / divisor;
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      float d = Math.abs(a[ao + i] - b[bo + i]);
      float c = Math.min(d, limit);
      y[yo + i] = c * (d - c * 0.5f) / divisor;
    }
  }

  static void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
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

  static void fill(float value, float[] y, int yo, int n) {
    Arrays.fill(y, yo, yo + n, value);
  }

  static void eq(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] == b[bo + i] ? 1 : 0);
    }
  }

  static void ne(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] != b[bo + i] ? 1 : 0);
    }
  }

  static void lt(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] < b[bo + i] ? 1 : 0);
    }
  }

  static void le(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] <= b[bo + i] ? 1 : 0);
    }
  }

  static void where(
      byte[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.choose(c[co + i], a[ao + i], b[bo + i]);
    }
  }
}
