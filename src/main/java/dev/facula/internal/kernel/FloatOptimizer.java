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
final class FloatOptimizer {
  private static final int BLOCK = 1024;

  private FloatOptimizer() {}

  static void sgd(
      float[] p, int po, float[] g, int go, int n, float lr, float weightDecay, float sign) {
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
    if (po != go || po != bo) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int m = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, m);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, m);
        float[] c = staged(scratch, FloatScratch.LINE, buf, bo + i, m);
        sgdMomentum(a, 0, b, 0, c, 0, m, lr, momentum, share, weightDecay, sign, nesterov);
        System.arraycopy(a, 0, p, po + i, m);
        System.arraycopy(c, 0, buf, bo + i, m);
      }
      return;
    }
    int end = po + n;
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      buf[i] = buf[i] * momentum + share * d;
    }
    if (!nesterov) {
      FloatBinary.axpy(-lr, buf, po, p, po, n);
      return;
    }
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      p[i] -= lr * (d + momentum * buf[i]);
    }
  }

  /** A scratch array that begins with n elements of x. */
  private static float[] staged(FloatScratch scratch, int slot, float[] x, int xo, int n) {
    float[] y = scratch.array(slot, BLOCK);
    System.arraycopy(x, xo, y, 0, n);
    return y;
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
    if (po != go || po != mo || po != vo || vmax != null && po != xo) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, k);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, k);
        float[] c = staged(scratch, FloatScratch.LINE, m, mo + i, k);
        float[] d = staged(scratch, FloatScratch.IMAGE, v, vo + i, k);
        float[] e = vmax == null ? null : staged(scratch, FloatScratch.OUTPUT, vmax, xo + i, k);
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
      float d = sign * g[i] + weightDecay * p[i];
      m[i] += share1 * (d - m[i]);
    }
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      v[i] = v[i] * beta2 + share2 * d * d;
    }
    float[] top = v;
    if (vmax != null) {
      FloatBinary.maximum(vmax, po, v, po, vmax, po, n);
      top = vmax;
    }
    for (int i = po; i < end; i++) {
      float root = (float) Math.sqrt(top[i]) / correction2 + eps;
      p[i] = p[i] * keep - stepSize * m[i] / root;
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
    if (po != go || po != so || mean != null && po != mo || buf != null && po != bo) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, k);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, k);
        float[] c = staged(scratch, FloatScratch.LINE, square, so + i, k);
        float[] d = mean == null ? null : staged(scratch, FloatScratch.IMAGE, mean, mo + i, k);
        float[] e = buf == null ? null : staged(scratch, FloatScratch.OUTPUT, buf, bo + i, k);
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
      float d = sign * g[i] + weightDecay * p[i];
      square[i] = square[i] * alpha + share * d * d;
    }
    for (int i = po; i < end && mean != null; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      mean[i] += share * (d - mean[i]);
    }
    if (buf == null) {
      for (int i = po; i < end; i++) {
        float d = sign * g[i] + weightDecay * p[i];
        float s = mean == null ? square[i] : square[i] - mean[i] * mean[i];
        p[i] -= lr * d / ((float) Math.sqrt(s) + eps);
      }
      return;
    }
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      float s = mean == null ? square[i] : square[i] - mean[i] * mean[i];
      buf[i] = buf[i] * momentum + d / ((float) Math.sqrt(s) + eps);
    }
    FloatBinary.axpy(-lr, buf, po, p, po, n);
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
    if (po != go || po != so) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, k);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, k);
        float[] c = staged(scratch, FloatScratch.LINE, sum, so + i, k);
        adagrad(a, 0, b, 0, c, 0, k, lr, eps, weightDecay, sign);
        System.arraycopy(a, 0, p, po + i, k);
        System.arraycopy(c, 0, sum, so + i, k);
      }
      return;
    }
    int end = po + n;
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      sum[i] += d * d;
    }
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      p[i] -= lr * d / ((float) Math.sqrt(sum[i]) + eps);
    }
  }
}
