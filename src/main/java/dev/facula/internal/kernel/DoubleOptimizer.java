package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Steps of the optimizers over one parameter. {@code sign} is -1 where the goal is maximised, and d
 * = sign g + weightDecay p.
 *
 * <p>What the JIT turns into vectors are loops over one output in which all arrays are read at one
 * index. So arrays that do not start where the parameter does are worked on in scratch arrays, a
 * block at a time; as a rule there are none.
 */
final class DoubleOptimizer {
  private static final int BLOCK = 1024;

  private DoubleOptimizer() {}

  static void sgd(
      double[] p, int po, double[] g, int go, int n, double lr, double weightDecay, double sign) {
    if (po == go) {
      for (int i = po, end = po + n; i < end; i++) {
        p[i] -= lr * (sign * g[i] + weightDecay * p[i]);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      p[po + i] -= lr * (sign * g[go + i] + weightDecay * p[po + i]);
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
    if (po != go || po != bo) {
      DoubleScratch scratch = DoubleScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int m = Math.min(BLOCK, n - i);
        double[] a = staged(scratch, DoubleScratch.PACK_A, p, po + i, m);
        double[] b = staged(scratch, DoubleScratch.PACK_B, g, go + i, m);
        double[] c = staged(scratch, DoubleScratch.LINE, buf, bo + i, m);
        sgdMomentum(a, 0, b, 0, c, 0, m, lr, momentum, share, weightDecay, sign, nesterov);
        System.arraycopy(a, 0, p, po + i, m);
        System.arraycopy(c, 0, buf, bo + i, m);
      }
      return;
    }
    int end = po + n;
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      buf[i] = buf[i] * momentum + share * d;
    }
    if (!nesterov) {
      DoubleBinary.axpy(-lr, buf, po, p, po, n);
      return;
    }
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      p[i] -= lr * (d + momentum * buf[i]);
    }
  }

  /** A scratch array that begins with n elements of x. */
  private static double[] staged(DoubleScratch scratch, int slot, double[] x, int xo, int n) {
    double[] y = scratch.array(slot, BLOCK);
    System.arraycopy(x, xo, y, 0, n);
    return y;
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
    if (po != go || po != mo || po != vo || vmax != null && po != xo) {
      DoubleScratch scratch = DoubleScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        double[] a = staged(scratch, DoubleScratch.PACK_A, p, po + i, k);
        double[] b = staged(scratch, DoubleScratch.PACK_B, g, go + i, k);
        double[] c = staged(scratch, DoubleScratch.LINE, m, mo + i, k);
        double[] d = staged(scratch, DoubleScratch.IMAGE, v, vo + i, k);
        double[] e = vmax == null ? null : staged(scratch, DoubleScratch.OUTPUT, vmax, xo + i, k);
        adam(
            a,
            0,
            b,
            0,
            c,
            0,
            d,
            0,
            e,
            0,
            k,
            stepSize,
            share1,
            beta2,
            share2,
            correction2,
            eps,
            weightDecay,
            keep,
            sign);
        System.arraycopy(a, 0, p, po + i, k);
        System.arraycopy(c, 0, m, mo + i, k);
        System.arraycopy(d, 0, v, vo + i, k);
        if (e != null && vmax != null) {
          System.arraycopy(e, 0, vmax, xo + i, k);
        }
      }
      return;
    }
    int end = po + n;
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      m[i] += share1 * (d - m[i]);
    }
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      v[i] = v[i] * beta2 + share2 * d * d;
    }
    double[] top = v;
    if (vmax != null) {
      DoubleBinary.maximum(vmax, po, v, po, vmax, po, n);
      top = vmax;
    }
    for (int i = po; i < end; i++) {
      double root = Math.sqrt(top[i]) / correction2 + eps;
      p[i] = p[i] * keep - stepSize * m[i] / root;
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
    if (po != go || po != so || mean != null && po != mo || buf != null && po != bo) {
      DoubleScratch scratch = DoubleScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        double[] a = staged(scratch, DoubleScratch.PACK_A, p, po + i, k);
        double[] b = staged(scratch, DoubleScratch.PACK_B, g, go + i, k);
        double[] c = staged(scratch, DoubleScratch.LINE, square, so + i, k);
        double[] d = mean == null ? null : staged(scratch, DoubleScratch.IMAGE, mean, mo + i, k);
        double[] e = buf == null ? null : staged(scratch, DoubleScratch.OUTPUT, buf, bo + i, k);
        rmsprop(
            a, 0, b, 0, c, 0, d, 0, e, 0, k, lr, alpha, share, eps, momentum, weightDecay, sign);
        System.arraycopy(a, 0, p, po + i, k);
        System.arraycopy(c, 0, square, so + i, k);
        if (d != null && mean != null) {
          System.arraycopy(d, 0, mean, mo + i, k);
        }
        if (e != null && buf != null) {
          System.arraycopy(e, 0, buf, bo + i, k);
        }
      }
      return;
    }
    int end = po + n;
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      square[i] = square[i] * alpha + share * d * d;
    }
    for (int i = po; i < end && mean != null; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      mean[i] += share * (d - mean[i]);
    }
    if (buf == null) {
      for (int i = po; i < end; i++) {
        double d = sign * g[i] + weightDecay * p[i];
        double s = mean == null ? square[i] : square[i] - mean[i] * mean[i];
        p[i] -= lr * d / (Math.sqrt(s) + eps);
      }
      return;
    }
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      double s = mean == null ? square[i] : square[i] - mean[i] * mean[i];
      buf[i] = buf[i] * momentum + d / (Math.sqrt(s) + eps);
    }
    DoubleBinary.axpy(-lr, buf, po, p, po, n);
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
    if (po != go || po != so) {
      DoubleScratch scratch = DoubleScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        double[] a = staged(scratch, DoubleScratch.PACK_A, p, po + i, k);
        double[] b = staged(scratch, DoubleScratch.PACK_B, g, go + i, k);
        double[] c = staged(scratch, DoubleScratch.LINE, sum, so + i, k);
        adagrad(a, 0, b, 0, c, 0, k, lr, eps, weightDecay, sign);
        System.arraycopy(a, 0, p, po + i, k);
        System.arraycopy(c, 0, sum, so + i, k);
      }
      return;
    }
    int end = po + n;
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      sum[i] += d * d;
    }
    for (int i = po; i < end; i++) {
      double d = sign * g[i] + weightDecay * p[i];
      p[i] -= lr * d / (Math.sqrt(sum[i]) + eps);
    }
  }
}
