package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Normalisation: of rows (layer and group norm) and of channels (batch norm, arrays of the shape
 * [batch, channels, inner]). Variances take a second pass over the differences from the mean, so
 * that a large mean costs no digits.
 */
final class FloatNorm {
  private FloatNorm() {}

  static void layerNormRows(
      float[] x,
      int xo,
      int rows,
      int n,
      float @Nullable [] gamma,
      int gammaO,
      float @Nullable [] beta,
      int betaO,
      float eps,
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
      float s = 1f / (float) Math.sqrt(FloatReduce.squaredDistance(x, p, n, m) / n + eps);
      mean[mo + r] = m;
      rstd[ro + r] = s;
      float[] a = FloatUnary.at(x, p, y, q, n);
      for (int i = q, end = q + n; i < end; i++) {
        y[i] = (a[i] - m) * s;
      }
      if (gamma != null) {
        FloatLoops.binary(FloatBinary::mul, y, q, 1, gamma, gammaO, 1, y, q, 1, n);
      }
      if (beta != null) {
        FloatLoops.binary(FloatBinary::add, y, q, 1, beta, betaO, 1, y, q, 1, n);
      }
    }
  }

  static void layerNormRowsBackward(
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
        FloatLoops.binary(FloatBinary::mul, g, p, 1, gamma, gammaO, 1, dx, out, 1, n);
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

  static void layerNormRowsParameters(
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
    FloatBinary.fill(0f, dgamma, dgo, n);
    FloatBinary.fill(0f, dbeta, dbo, n);
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = xo + r * n;
      float s = rstd[ro + r];
      // z as x s - m s, as PyTorch has it: where a row has no spread, the rounding of m s remains
      float shift = -s * mean[mo + r];
      for (int i = 0; i < n; i++) {
        dgamma[dgo + i] += g[p + i] * Fma.of(x[q + i], s, shift);
      }
      FloatLoops.binary(FloatBinary::add, dbeta, dbo, 1, g, p, 1, dbeta, dbo, 1, n);
    }
  }

  static void channelStatistics(
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
    FloatBinary.fill(0f, mean, mo + from, to - from);
    FloatBinary.fill(0f, var, vo + from, to - from);
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        mean[mo + c] += FloatReduce.sum(x, xo + (b * channels + c) * inner, inner);
      }
    }
    for (int c = from; c < to; c++) {
      mean[mo + c] /= count;
    }
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        int p = xo + (b * channels + c) * inner;
        var[vo + c] += FloatReduce.squaredDistance(x, p, inner, mean[mo + c]);
      }
    }
    for (int c = from; c < to; c++) {
      var[vo + c] /= count;
    }
  }

  static void scaleShiftChannels(
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

  static void batchNormBackward(
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
    FloatBinary.fill(0f, dgamma, dgo + from, to - from);
    FloatBinary.fill(0f, dbeta, dbo + from, to - from);
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        int p = (b * channels + c) * inner;
        dbeta[dbo + c] += FloatReduce.sum(g, go + p, inner);
        dgamma[dgo + c] += FloatReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + c]);
      }
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
}
