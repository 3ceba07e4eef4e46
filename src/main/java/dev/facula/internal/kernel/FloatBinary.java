package dev.facula.internal.kernel;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/** Elementwise loops with two operands (see {@link FloatUnary}), comparisons and selection. */
public class FloatBinary implements BinaryKernels<float[]> {
  @Override
  public void add(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void sub(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void mul(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void div(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void maximum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void minimum(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void lerp(double share, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    float weight = (float) share;
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

  @Override
  public void squaredDifference(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
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

  @Override
  public void huber(
      double delta, double scale, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    float limit = (float) delta;
    float divisor = (float) scale;
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

  @Override
  public void axpy(double alpha, float[] x, int xo, float[] y, int yo, int n) {
    addMultiple((float) alpha, x, xo, y, yo, n);
  }

  /** y[i] += alpha x[i]. */
  static void addMultiple(float alpha, float[] x, int xo, float[] y, int yo, int n) {
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

  @Override
  public void eq(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] == b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void ne(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] != b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void lt(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] < b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void le(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] <= b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void where(
      byte[] c, int co, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.choose(c[co + i], a[ao + i], b[bo + i]);
    }
  }

  @Override
  public void sigmoidBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    if (go == yo && xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = g[i] * ((1f - x[i]) * x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * ((1f - x[xo + i]) * x[xo + i]);
    }
  }

  @Override
  public void tanhBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    if (go == yo && xo == yo) {
      for (int i = yo, end = yo + n; i < end; i++) {
        y[i] = g[i] * (1f - x[i] * x[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * (1f - x[xo + i] * x[xo + i]);
    }
  }

  @Override
  public void reluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = x[xo + i] <= 0f ? 0f : g[go + i];
    }
  }

  @Override
  public void geluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.geluDerivative(x[xo + i]);
    }
  }

  @Override
  public void siluBackward(float[] g, int go, float[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = g[go + i] * FloatMath.siluDerivative(x[xo + i]);
    }
  }

  @Override
  public void hypot(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = FloatMath.hypot(a[ao + i], b[bo + i]);
    }
  }

  @Override
  public void map(
      DoubleBinaryOperator f, float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (float) f.applyAsDouble(a[ao + i], b[bo + i]);
    }
  }
}
