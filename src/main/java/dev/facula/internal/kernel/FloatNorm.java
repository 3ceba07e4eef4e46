package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Normalisation: of rows (layer and group norm) and of channels (batch norm, arrays of the shape
 * [batch, channels, inner]). Variances take a second pass over the differences from the mean, so
 * that a large mean costs no digits.
 */
public class FloatNorm implements NormKernels<float[]> {
  private static final int BLOCK = 1024;

  @Override
  public void layerNormRows(
      float[] x,
      int xo,
      int rows,
      int n,
      float @Nullable [] gamma,
      int gammaO,
      float @Nullable [] beta,
      int betaO,
      double eps,
      float[] y,
      int yo,
      float[] mean,
      int mo,
      float[] rstd,
      int ro) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      float m = FloatReduce.sum(x, p, n) / n;
      float s = 1f / (float) Math.sqrt(FloatReduce.squaredDistance(x, p, n, m) / n + (float) eps);
      mean[mo + r] = m;
      rstd[ro + r] = s;
      float[] a = FloatUnary.at(x, p, y, q, n);
      for (int i = q, end = q + n; i < end; i++) {
        y[i] = (a[i] - m) * s;
      }
      if (gamma != null) {
        multiply(y, q, gamma, gammaO, y, q, n);
      }
      if (beta != null) {
        add(beta, betaO, y, q, n);
      }
    }
  }

  @Override
  public void layerNormRowsBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      float @Nullable [] gamma,
      int gammaO,
      float[] mean,
      int mo,
      float[] rstd,
      int ro,
      float[] dx,
      int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = xo + r * n;
      int out = dxo + r * n;
      if (gamma != null) {
        multiply(g, p, gamma, gammaO, dx, out, n);
      } else {
        System.arraycopy(g, p, dx, out, n);
      }
      float m = mean[mo + r];
      float s = rstd[ro + r];
      float a = FloatReduce.sum(dx, out, n) / n;
      float b = FloatReduce.centredDot(dx, out, x, q, n, m) * s * s / n;
      for (int i = 0; i < n; i++) {
        dx[out + i] = s * (dx[out + i] - a - b * (x[q + i] - m));
      }
    }
  }

  @Override
  public void layerNormRowsParameters(
      float[] g,
      int go,
      float[] x,
      int xo,
      int rows,
      int n,
      float[] mean,
      int mo,
      float[] rstd,
      int ro,
      float[] dgamma,
      int dgo,
      float[] dbeta,
      int dbo) {
    int width = Math.min(n, FloatCascade.COLUMNS / 2);
    float[][] stack = FloatCascade.stack(rows, 2 * width);
    for (int j = 0; j < n; j += width) {
      int m = Math.min(width, n - j);
      int depth = 0;
      for (int r = 0, block = 1; r < rows; r += FloatCascade.ROWS, block++) {
        float[] sums = stack[depth];
        FloatBinary.fill(0f, sums, 0, 2 * m);
        for (int i = r, end = Math.min(rows, r + FloatCascade.ROWS); i < end; i++) {
          float s = rstd[ro + i];
          addRow(g, go + i * n + j, x, xo + i * n + j, s, -s * mean[mo + i], sums, m);
        }
        depth = FloatCascade.fold(stack, 2 * m, depth + 1, block);
      }
      float[] sums = FloatCascade.total(stack, 2 * m, depth);
      System.arraycopy(sums, 0, dgamma, dgo + j, m);
      System.arraycopy(sums, m, dbeta, dbo + j, m);
    }
  }

  /**
   * Adds g z to the first n sums and g to the next. z is x s - m s, as PyTorch has it: where a row
   * has no spread, the rounding of m s remains.
   */
  private static void addRow(
      float[] g, int go, float[] x, int xo, float s, float shift, float[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += g[go + i] * Fma.of(x[xo + i], s, shift);
    }
    add(g, go, sums, n, n);
  }

  @Override
  public void channelStatistics(
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      float[] mean,
      int mo,
      float[] var,
      int vo) {
    float count = (float) batch * inner;
    addUp(x, xo, batch, channels, inner, from, to, null, 0, mean, mo);
    for (int c = from; c < to; c++) {
      mean[mo + c] /= count;
    }
    addUp(x, xo, batch, channels, inner, from, to, mean, mo, var, vo);
    for (int c = from; c < to; c++) {
      var[vo + c] /= count;
    }
  }

  /** The sums of channels, or those of squared distances from means. */
  private static void addUp(
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      float @Nullable [] mean,
      int mo,
      float[] y,
      int yo) {
    int width = Math.min(to - from, FloatCascade.COLUMNS);
    float[][] stack = FloatCascade.stack(batch, width);
    for (int first = from; first < to; first += width) {
      int m = Math.min(width, to - first);
      int depth = 0;
      for (int r = 0, block = 1; r < batch; r += FloatCascade.ROWS, block++) {
        float[] sums = stack[depth];
        FloatBinary.fill(0f, sums, 0, m);
        for (int b = r, end = Math.min(batch, r + FloatCascade.ROWS); b < end; b++) {
          int p = xo + (b * channels + first) * inner;
          for (int c = 0; c < m; c++, p += inner) {
            sums[c] +=
                mean == null
                    ? FloatReduce.sum(x, p, inner)
                    : FloatReduce.squaredDistance(x, p, inner, mean[mo + first + c]);
          }
        }
        depth = FloatCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(FloatCascade.total(stack, m, depth), 0, y, yo + first, m);
    }
  }

  @Override
  public void scaleShiftChannels(
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      float[] scale,
      int so,
      float[] shift,
      int to,
      float[] y,
      int yo) {
    for (int b = 0; b < batch; b++) {
      for (int c = 0; c < channels; c++) {
        int p = xo + (b * channels + c) * inner;
        int q = yo + (b * channels + c) * inner;
        float s = scale[so + c];
        float t = shift[to + c];
        float[] a = FloatUnary.at(x, p, y, q, inner);
        for (int i = q, end = q + inner; i < end; i++) {
          y[i] = a[i] * s + t;
        }
      }
    }
  }

  @Override
  public void batchNormBackward(
      float[] g,
      int go,
      float[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      float @Nullable [] gamma,
      int gammaO,
      float[] mean,
      int mo,
      float[] rstd,
      int ro,
      float[] dx,
      int dxo,
      float[] dgamma,
      int dgo,
      float[] dbeta,
      int dbo) {
    float count = (float) batch * inner;
    int width = Math.min(to - from, FloatCascade.COLUMNS / 2);
    float[][] stack = FloatCascade.stack(batch, 2 * width);
    for (int first = from; first < to; first += width) {
      int m = Math.min(width, to - first);
      int depth = 0;
      for (int r = 0, block = 1; r < batch; r += FloatCascade.ROWS, block++) {
        float[] sums = stack[depth];
        FloatBinary.fill(0f, sums, 0, 2 * m);
        for (int b = r, end = Math.min(batch, r + FloatCascade.ROWS); b < end; b++) {
          int p = (b * channels + first) * inner;
          for (int c = 0; c < m; c++, p += inner) {
            sums[m + c] += FloatReduce.sum(g, go + p, inner);
            sums[c] += FloatReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + first + c]);
          }
        }
        depth = FloatCascade.fold(stack, 2 * m, depth + 1, block);
      }
      float[] sums = FloatCascade.total(stack, 2 * m, depth);
      System.arraycopy(sums, 0, dgamma, dgo + first, m);
      System.arraycopy(sums, m, dbeta, dbo + first, m);
    }
    for (int c = from; c < to; c++) {
      dgamma[dgo + c] *= rstd[ro + c];
    }
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        int p = go + (b * channels + c) * inner;
        int q = xo + (b * channels + c) * inner;
        int out = dxo + (b * channels + c) * inner;
        float m = mean[mo + c];
        float a = dbeta[dbo + c] / count;
        float k = dgamma[dgo + c] * rstd[ro + c] / count;
        float s = gamma == null ? rstd[ro + c] : rstd[ro + c] * gamma[gammaO + c];
        for (int i = 0; i < inner; i++) {
          dx[out + i] = s * (g[p + i] - a - k * (x[q + i] - m));
        }
      }
    }
  }

  /** y[i] = a[i] b[i], in blocks that begin at one index: of those the JIT makes vectors. */
  private static void multiply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] p = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] q = scratch.array(FloatScratch.RIGHT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(a, ao + i, p, 0, m);
      System.arraycopy(b, bo + i, q, 0, m);
      for (int j = 0; j < m; j++) {
        p[j] *= q[j];
      }
      System.arraycopy(p, 0, y, yo + i, m);
    }
  }

  /** y[i] += x[i], likewise. */
  private static void add(float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] p = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] q = scratch.array(FloatScratch.RIGHT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, p, 0, m);
      System.arraycopy(y, yo + i, q, 0, m);
      for (int j = 0; j < m; j++) {
        q[j] += p[j];
      }
      System.arraycopy(q, 0, y, yo + i, m);
    }
  }
}
