package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Steps of the optimizers over one parameter. {@code sign} is -1 where the goal is maximised, and d
 * = sign g + weightDecay p. Loops over one output are what the JIT turns into vectors.
 */
final class FloatOptimizer {
  private FloatOptimizer() {}

  static void sgd(
      float[] p, int po, float[] g, int go, int n, float lr, float weightDecay, float sign) {
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      p[po + i] -= lr * d;
    }
  }

  static void sgdMomentum(
      float[] p,
      int po,
      float[] g,
      int go,
      float[] buf,
      int bo,
      int n,
      float lr,
      float momentum,
      float share,
      float weightDecay,
      float sign,
      boolean nesterov) {
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      buf[bo + i] = buf[bo + i] * momentum + share * d;
    }
    if (!nesterov) {
      FloatBinary.axpy(-lr, buf, bo, p, po, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      p[po + i] -= lr * (d + momentum * buf[bo + i]);
    }
  }

  static void adam(
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
      int n,
      float stepSize,
      float share1,
      float beta2,
      float share2,
      float correction2,
      float eps,
      float weightDecay,
      float keep,
      float sign) {
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      m[mo + i] += share1 * (d - m[mo + i]);
    }
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      v[vo + i] = v[vo + i] * beta2 + share2 * d * d;
    }
    float[] top = v;
    int t = vo;
    if (vmax != null) {
      FloatBinary.maximum(vmax, xo, v, vo, vmax, xo, n);
      top = vmax;
      t = xo;
    }
    for (int i = 0; i < n; i++) {
      float root = (float) Math.sqrt(top[t + i]) / correction2 + eps;
      p[po + i] = p[po + i] * keep - stepSize * m[mo + i] / root;
    }
  }

  static void rmsprop(
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
      int n,
      float lr,
      float alpha,
      float share,
      float eps,
      float momentum,
      float weightDecay,
      float sign) {
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      float s = square[so + i] * alpha + share * d * d;
      square[so + i] = s;
      if (mean != null) {
        float a = mean[mo + i];
        a += share * (d - a);
        mean[mo + i] = a;
        s -= a * a;
      }
      float root = (float) Math.sqrt(s) + eps;
      if (buf != null) {
        float b = buf[bo + i] * momentum + d / root;
        buf[bo + i] = b;
        p[po + i] -= lr * b;
      } else {
        p[po + i] -= lr * d / root;
      }
    }
  }

  static void adagrad(
      float[] p,
      int po,
      float[] g,
      int go,
      float[] sum,
      int so,
      int n,
      float lr,
      float eps,
      float weightDecay,
      float sign) {
    for (int i = 0; i < n; i++) {
      float d = sign * g[go + i] + weightDecay * p[po + i];
      float s = sum[so + i] + d * d;
      sum[so + i] = s;
      p[po + i] -= lr * d / ((float) Math.sqrt(s) + eps);
    }
  }
}
