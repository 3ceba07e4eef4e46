package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Steps of the optimizers over one parameter. {@code sign} is -1 where the goal is maximised, and d
 * = sign g + weightDecay p. Loops over one output are what the JIT turns into vectors.
 */
final class DoubleOptimizer {
  private DoubleOptimizer() {}

  static void sgd(
      double[] p, int po, double[] g, int go, int n, double lr, double weightDecay, double sign) {
    for (int i = 0; i < n; i++) {
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
    for (int i = 0; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      buf[bo + i] = buf[bo + i] * momentum + share * d;
    }
    if (!nesterov) {
      DoubleBinary.axpy(-lr, buf, bo, p, po, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      p[po + i] -= lr * (d + momentum * buf[bo + i]);
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
    for (int i = 0; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      m[mo + i] += share1 * (d - m[mo + i]);
    }
    for (int i = 0; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      v[vo + i] = v[vo + i] * beta2 + share2 * d * d;
    }
    double[] top = v;
    int t = vo;
    if (vmax != null) {
      DoubleBinary.maximum(vmax, xo, v, vo, vmax, xo, n);
      top = vmax;
      t = xo;
    }
    for (int i = 0; i < n; i++) {
      double root = Math.sqrt(top[t + i]) / correction2 + eps;
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
    for (int i = 0; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      double s = square[so + i] * alpha + share * d * d;
      square[so + i] = s;
      if (mean != null) {
        double a = mean[mo + i];
        a += share * (d - a);
        mean[mo + i] = a;
        s -= a * a;
      }
      double root = Math.sqrt(s) + eps;
      if (buf != null) {
        double b = buf[bo + i] * momentum + d / root;
        buf[bo + i] = b;
        p[po + i] -= lr * b;
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
    for (int i = 0; i < n; i++) {
      double d = sign * g[go + i] + weightDecay * p[po + i];
      double s = sum[so + i] + d * d;
      sum[so + i] = s;
      p[po + i] -= lr * d / (Math.sqrt(s) + eps);
    }
  }
}
