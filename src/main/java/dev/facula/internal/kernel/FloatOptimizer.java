package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Steps of the optimizers over one parameter. What the JIT turns into vectors are loops over one
 * output in which all arrays are read at one index. So arrays that do not start where the parameter
 * does are worked on in scratch arrays, a block at a time; as a rule there are none.
 */
public class FloatOptimizer implements OptimizerKernels<float[]> {
  private static final FloatBinary BINARY = new FloatBinary();

  private static final int BLOCK = 1024;

  @Override
  public void sgd(
      Sgd s, float[] p, int po, float[] g, int go, float @Nullable [] buf, int bo, int n) {
    float lr = (float) s.lr();
    float weightDecay = (float) s.weightDecay();
    float sign = s.sign();
    if (buf == null) {
      if (po == go) {
        for (int i = po, end = po + n; i < end; i++) {
          p[i] -= lr * (sign * g[i] + weightDecay * p[i]);
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        p[po + i] -= lr * (sign * g[go + i] + weightDecay * p[po + i]);
      }
      return;
    }
    if (po != go || po != bo) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int m = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, m);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, m);
        float[] c = staged(scratch, FloatScratch.LINE, buf, bo + i, m);
        sgd(s, a, 0, b, 0, c, 0, m);
        System.arraycopy(a, 0, p, po + i, m);
        System.arraycopy(c, 0, buf, bo + i, m);
      }
      return;
    }
    float momentum = (float) s.momentum();
    float share = (float) s.share();
    int end = po + n;
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      buf[i] = buf[i] * momentum + share * d;
    }
    if (!s.nesterov()) {
      FloatBinary.addMultiple(-lr, buf, po, p, po, n);
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

  @Override
  public void adam(
      Adam s,
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
      int n) {
    if (po != go || po != mo || po != vo || vmax != null && po != xo) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, k);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, k);
        float[] c = staged(scratch, FloatScratch.LINE, m, mo + i, k);
        float[] d = staged(scratch, FloatScratch.IMAGE, v, vo + i, k);
        float[] e = vmax == null ? null : staged(scratch, FloatScratch.OUTPUT, vmax, xo + i, k);
        adam(s, a, 0, b, 0, c, 0, d, 0, e, 0, k);
        System.arraycopy(a, 0, p, po + i, k);
        System.arraycopy(c, 0, m, mo + i, k);
        System.arraycopy(d, 0, v, vo + i, k);
        if (e != null && vmax != null) {
          System.arraycopy(e, 0, vmax, xo + i, k);
        }
      }
      return;
    }
    float stepSize = (float) s.stepSize();
    float share1 = (float) s.share1();
    float beta2 = (float) s.beta2();
    float share2 = (float) s.share2();
    float correction2 = (float) s.correction2();
    float eps = (float) s.eps();
    float weightDecay = (float) s.weightDecay();
    float keep = (float) s.keep();
    float sign = s.sign();
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
      BINARY.maximum(vmax, po, v, po, vmax, po, n);
      top = vmax;
    }
    for (int i = po; i < end; i++) {
      float root = (float) Math.sqrt(top[i]) / correction2 + eps;
      p[i] = p[i] * keep - stepSize * m[i] / root;
    }
  }

  @Override
  public void rmsprop(
      Rmsprop s,
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
      int n) {
    if (po != go || po != so || mean != null && po != mo || buf != null && po != bo) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, k);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, k);
        float[] c = staged(scratch, FloatScratch.LINE, square, so + i, k);
        float[] d = mean == null ? null : staged(scratch, FloatScratch.IMAGE, mean, mo + i, k);
        float[] e = buf == null ? null : staged(scratch, FloatScratch.OUTPUT, buf, bo + i, k);
        rmsprop(s, a, 0, b, 0, c, 0, d, 0, e, 0, k);
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
    float lr = (float) s.lr();
    float alpha = (float) s.alpha();
    float share = (float) s.share();
    float eps = (float) s.eps();
    float momentum = (float) s.momentum();
    float weightDecay = (float) s.weightDecay();
    float sign = s.sign();
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
        float variance = mean == null ? square[i] : square[i] - mean[i] * mean[i];
        p[i] -= lr * d / ((float) Math.sqrt(variance) + eps);
      }
      return;
    }
    for (int i = po; i < end; i++) {
      float d = sign * g[i] + weightDecay * p[i];
      float variance = mean == null ? square[i] : square[i] - mean[i] * mean[i];
      buf[i] = buf[i] * momentum + d / ((float) Math.sqrt(variance) + eps);
    }
    FloatBinary.addMultiple(-lr, buf, po, p, po, n);
  }

  @Override
  public void adagrad(Adagrad s, float[] p, int po, float[] g, int go, float[] sum, int so, int n) {
    if (po != go || po != so) {
      FloatScratch scratch = FloatScratch.get();
      for (int i = 0; i < n; i += BLOCK) {
        int k = Math.min(BLOCK, n - i);
        float[] a = staged(scratch, FloatScratch.PACK_A, p, po + i, k);
        float[] b = staged(scratch, FloatScratch.PACK_B, g, go + i, k);
        float[] c = staged(scratch, FloatScratch.LINE, sum, so + i, k);
        adagrad(s, a, 0, b, 0, c, 0, k);
        System.arraycopy(a, 0, p, po + i, k);
        System.arraycopy(c, 0, sum, so + i, k);
      }
      return;
    }
    float lr = (float) s.lr();
    float eps = (float) s.eps();
    float weightDecay = (float) s.weightDecay();
    float sign = s.sign();
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
