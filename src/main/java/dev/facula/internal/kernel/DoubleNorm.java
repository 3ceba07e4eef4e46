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
    int width = Math.min(n, DoubleCascade.COLUMNS / 2);
    double[][] stack = DoubleCascade.stack(rows, 2 * width);
    for (int j = 0; j < n; j += width) {
      int m = Math.min(width, n - j);
      int depth = 0;
      for (int r = 0, block = 1; r < rows; r += DoubleCascade.ROWS, block++) {
        double[] sums = stack[depth];
        DoubleBinary.fill(0.0, sums, 0, 2 * m);
        for (int i = r, end = Math.min(rows, r + DoubleCascade.ROWS); i < end; i++) {
          double s = rstd[ro + i];
          addRow(g, go + i * n + j, x, xo + i * n + j, s, -s * mean[mo + i], sums, m);
        }
        depth = DoubleCascade.fold(stack, 2 * m, depth + 1, block);
      }
      double[] sums = DoubleCascade.total(stack, 2 * m, depth);
      System.arraycopy(sums, 0, dgamma, dgo + j, m);
      System.arraycopy(sums, m, dbeta, dbo + j, m);
    }
  }

  /**
   * Adds g z to the first n sums and g to the next. z is x s - m s, as PyTorch has it: where a row
   * has no spread, the rounding of m s remains.
   */
  private static void addRow(
      double[] g, int go, double[] x, int xo, double s, double shift, double[] sums, int n) {
    for (int i = 0; i < n; i++) {
      sums[i] += g[go + i] * Fma.of(x[xo + i], s, shift);
    }
    DoubleLoops.binary(DoubleBinary::add, sums, n, 1, g, go, 1, sums, n, 1, n);
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
      double[] x,
      int xo,
      int batch,
      int channels,
      int inner,
      int from,
      int to,
      double @Nullable [] mean,
      int mo,
      double[] y,
      int yo) {
    int width = Math.min(to - from, DoubleCascade.COLUMNS);
    double[][] stack = DoubleCascade.stack(batch, width);
    for (int first = from; first < to; first += width) {
      int m = Math.min(width, to - first);
      int depth = 0;
      for (int r = 0, block = 1; r < batch; r += DoubleCascade.ROWS, block++) {
        double[] sums = stack[depth];
        DoubleBinary.fill(0.0, sums, 0, m);
        for (int b = r, end = Math.min(batch, r + DoubleCascade.ROWS); b < end; b++) {
          int p = xo + (b * channels + first) * inner;
          for (int c = 0; c < m; c++, p += inner) {
            sums[c] +=
                mean == null
                    ? DoubleReduce.sum(x, p, inner)
                    : DoubleReduce.squaredDistance(x, p, inner, mean[mo + first + c]);
          }
        }
        depth = DoubleCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(DoubleCascade.total(stack, m, depth), 0, y, yo + first, m);
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
    int width = Math.min(to - from, DoubleCascade.COLUMNS / 2);
    double[][] stack = DoubleCascade.stack(batch, 2 * width);
    for (int first = from; first < to; first += width) {
      int m = Math.min(width, to - first);
      int depth = 0;
      for (int r = 0, block = 1; r < batch; r += DoubleCascade.ROWS, block++) {
        double[] sums = stack[depth];
        DoubleBinary.fill(0.0, sums, 0, 2 * m);
        for (int b = r, end = Math.min(batch, r + DoubleCascade.ROWS); b < end; b++) {
          int p = (b * channels + first) * inner;
          for (int c = 0; c < m; c++, p += inner) {
            sums[m + c] += DoubleReduce.sum(g, go + p, inner);
            sums[c] += DoubleReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + first + c]);
          }
        }
        depth = DoubleCascade.fold(stack, 2 * m, depth + 1, block);
      }
      double[] sums = DoubleCascade.total(stack, 2 * m, depth);
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
