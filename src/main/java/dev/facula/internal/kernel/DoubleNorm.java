package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Normalisation: of rows (layer and group norm) and of channels (batch norm, arrays of the shape
 * [batch, channels, inner]). Variances take a second pass over the differences from the mean, so
 * that a large mean costs no digits.
 */
final class DoubleNorm {
  private DoubleNorm() {}

  static void layerNormRows(
      double[] x,
      int xo,
      int rows,
      int n,
      double @Nullable [] gamma,
      int gammaO,
      double @Nullable [] beta,
      int betaO,
      double eps,
      double[] y,
      int yo,
      double[] mean,
      int mo,
      double[] rstd,
      int ro) {
    for (int r = 0; r < rows; r++) {
      int p = xo + r * n;
      int q = yo + r * n;
      double m = DoubleReduce.sum(x, p, n) / n;
      double s = 1.0 / Math.sqrt(DoubleReduce.squaredDistance(x, p, n, m) / n + eps);
      mean[mo + r] = m;
      rstd[ro + r] = s;
      double[] a = DoubleUnary.at(x, p, y, q, n);
      for (int i = q, end = q + n; i < end; i++) {
        y[i] = (a[i] - m) * s;
      }
      if (gamma != null) {
        DoubleLoops.binary(DoubleBinary::mul, y, q, 1, gamma, gammaO, 1, y, q, 1, n);
      }
      if (beta != null) {
        DoubleLoops.binary(DoubleBinary::add, y, q, 1, beta, betaO, 1, y, q, 1, n);
      }
    }
  }

  static void layerNormRowsBackward(
      double[] g,
      int go,
      double[] x,
      int xo,
      int rows,
      int n,
      double @Nullable [] gamma,
      int gammaO,
      double[] mean,
      int mo,
      double[] rstd,
      int ro,
      double[] dx,
      int dxo) {
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = xo + r * n;
      int out = dxo + r * n;
      if (gamma != null) {
        DoubleLoops.binary(DoubleBinary::mul, g, p, 1, gamma, gammaO, 1, dx, out, 1, n);
      } else {
        System.arraycopy(g, p, dx, out, n);
      }
      double m = mean[mo + r];
      double s = rstd[ro + r];
      double a = DoubleReduce.sum(dx, out, n) / n;
      double b = DoubleReduce.centredDot(dx, out, x, q, n, m) * s * s / n;
      for (int i = 0; i < n; i++) {
        dx[out + i] = s * (dx[out + i] - a - b * (x[q + i] - m));
      }
    }
  }

  static void layerNormRowsParameters(
      double[] g,
      int go,
      double[] x,
      int xo,
      int rows,
      int n,
      double[] mean,
      int mo,
      double[] rstd,
      int ro,
      double[] dgamma,
      int dgo,
      double[] dbeta,
      int dbo) {
    DoubleBinary.fill(0.0, dgamma, dgo, n);
    DoubleBinary.fill(0.0, dbeta, dbo, n);
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = xo + r * n;
      double s = rstd[ro + r];
      // z as x s - m s, as PyTorch has it: where a row has no spread, the rounding of m s remains
      double shift = -s * mean[mo + r];
      for (int i = 0; i < n; i++) {
        dgamma[dgo + i] += g[p + i] * Fma.of(x[q + i], s, shift);
      }
      DoubleLoops.binary(DoubleBinary::add, dbeta, dbo, 1, g, p, 1, dbeta, dbo, 1, n);
    }
  }

  static void channelStatistics(
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      double[] mean,
      int mo,
      double[] var,
      int vo) {
    double count = (double) batch * inner;
    DoubleBinary.fill(0.0, mean, mo + from, to - from);
    DoubleBinary.fill(0.0, var, vo + from, to - from);
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        mean[mo + c] += DoubleReduce.sum(x, xo + (b * channels + c) * inner, inner);
      }
    }
    for (int c = from; c < to; c++) {
      mean[mo + c] /= count;
    }
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        int p = xo + (b * channels + c) * inner;
        var[vo + c] += DoubleReduce.squaredDistance(x, p, inner, mean[mo + c]);
      }
    }
    for (int c = from; c < to; c++) {
      var[vo + c] /= count;
    }
  }

  static void scaleShiftChannels(
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      double[] scale,
      int so,
      double[] shift,
      int to,
      double[] y,
      int yo) {
    for (int b = 0; b < batch; b++) {
      for (int c = 0; c < channels; c++) {
        int p = xo + (b * channels + c) * inner;
        int q = yo + (b * channels + c) * inner;
        double s = scale[so + c];
        double t = shift[to + c];
        double[] a = DoubleUnary.at(x, p, y, q, inner);
        for (int i = q, end = q + inner; i < end; i++) {
          y[i] = a[i] * s + t;
        }
      }
    }
  }

  static void batchNormBackward(
      double[] g,
      int go,
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      double @Nullable [] gamma,
      int gammaO,
      double[] mean,
      int mo,
      double[] rstd,
      int ro,
      double[] dx,
      int dxo,
      double[] dgamma,
      int dgo,
      double[] dbeta,
      int dbo) {
    double count = (double) batch * inner;
    DoubleBinary.fill(0.0, dgamma, dgo + from, to - from);
    DoubleBinary.fill(0.0, dbeta, dbo + from, to - from);
    for (int b = 0; b < batch; b++) {
      for (int c = from; c < to; c++) {
        int p = (b * channels + c) * inner;
        dbeta[dbo + c] += DoubleReduce.sum(g, go + p, inner);
        dgamma[dgo + c] += DoubleReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + c]);
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
        double m = mean[mo + c];
        double a = dbeta[dbo + c] / count;
        double k = dgamma[dgo + c] * rstd[ro + c] / count;
        double s = gamma == null ? rstd[ro + c] : rstd[ro + c] * gamma[gammaO + c];
        for (int i = 0; i < inner; i++) {
          dx[out + i] = s * (g[p + i] - a - k * (x[q + i] - m));
        }
      }
    }
  }
}
