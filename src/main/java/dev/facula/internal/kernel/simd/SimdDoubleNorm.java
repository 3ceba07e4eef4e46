package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.DoubleCascade;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** Normalisation of rows and of channels, as in the scalar kernels. */
final class SimdDoubleNorm {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private SimdDoubleNorm() {}

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
      double m = SimdDoubleReduce.sum(x, p, n) / n;
      double s = 1.0 / Math.sqrt(SimdDoubleReduce.squaredDistance(x, p, n, m) / n + eps);
      mean[mo + r] = m;
      rstd[ro + r] = s;
      int i = 0;
      if (gamma != null && beta != null) {
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
          DoubleVector z = DoubleVector.fromArray(SPECIES, x, p + i).sub(m).mul(s);
          DoubleVector g = DoubleVector.fromArray(SPECIES, gamma, gammaO + i);
          DoubleVector b = DoubleVector.fromArray(SPECIES, beta, betaO + i);
          z.mul(g).add(b).intoArray(y, q + i);
        }
        for (; i < n; i++) {
          y[q + i] = (x[p + i] - m) * s * gamma[gammaO + i] + beta[betaO + i];
        }
        continue;
      }
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        DoubleVector.fromArray(SPECIES, x, p + i).sub(m).mul(s).intoArray(y, q + i);
      }
      for (; i < n; i++) {
        y[q + i] = (x[p + i] - m) * s;
      }
      if (gamma != null) {
        SimdDoubleArithmetic.mul(y, q, gamma, gammaO, y, q, n);
      }
      if (beta != null) {
        SimdDoubleArithmetic.add(y, q, beta, betaO, y, q, n);
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
        SimdDoubleArithmetic.mul(g, p, gamma, gammaO, dx, out, n);
      } else {
        System.arraycopy(g, p, dx, out, n);
      }
      double m = mean[mo + r];
      double s = rstd[ro + r];
      double a = SimdDoubleReduce.sum(dx, out, n) / n;
      double b = SimdDoubleReduce.centredDot(dx, out, x, q, n, m) * s * s / n;
      int i = 0;
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        DoubleVector z = DoubleVector.fromArray(SPECIES, x, q + i).sub(m).mul(b);
        DoubleVector.fromArray(SPECIES, dx, out + i).sub(a).sub(z).mul(s).intoArray(dx, out + i);
      }
      for (; i < n; i++) {
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
        Arrays.fill(sums, 0, 2 * m, 0.0);
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
    DoubleVector scale = DoubleVector.broadcast(SPECIES, s);
    DoubleVector offset = DoubleVector.broadcast(SPECIES, shift);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector z = DoubleVector.fromArray(SPECIES, x, xo + i).fma(scale, offset);
      DoubleVector.fromArray(SPECIES, sums, i)
          .add(DoubleVector.fromArray(SPECIES, g, go + i).mul(z))
          .intoArray(sums, i);
    }
    for (; i < n; i++) {
      sums[i] += g[go + i] * Math.fma(x[xo + i], s, shift);
    }
    SimdDoubleArithmetic.add(sums, n, g, go, sums, n, n);
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
        Arrays.fill(sums, 0, m, 0.0);
        for (int b = r, end = Math.min(batch, r + DoubleCascade.ROWS); b < end; b++) {
          int p = xo + (b * channels + first) * inner;
          if (inner == 1) {
            if (mean == null) {
              SimdDoubleArithmetic.add(sums, 0, x, p, sums, 0, m);
            } else {
              addSquaredDistances(x, p, mean, mo + first, sums, 0, m);
            }
            continue;
          }
          for (int c = 0; c < m; c++, p += inner) {
            sums[c] +=
                mean == null
                    ? SimdDoubleReduce.sum(x, p, inner)
                    : SimdDoubleReduce.squaredDistance(x, p, inner, mean[mo + first + c]);
          }
        }
        depth = DoubleCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(DoubleCascade.total(stack, m, depth), 0, y, yo + first, m);
    }
  }

  /** y[i] += (x[i] - m[i])^2. */
  private static void addSquaredDistances(
      double[] x, int xo, double[] m, int mo, double[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector d =
          DoubleVector.fromArray(SPECIES, x, xo + i)
              .sub(DoubleVector.fromArray(SPECIES, m, mo + i));
      DoubleVector.fromArray(SPECIES, y, yo + i).add(d.mul(d)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      double d = x[xo + i] - m[mo + i];
      y[yo + i] += d * d;
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
      if (inner == 1) {
        int q = yo + b * channels;
        SimdDoubleArithmetic.mul(x, xo + b * channels, scale, so, y, q, channels);
        SimdDoubleArithmetic.add(y, q, shift, to, y, q, channels);
        continue;
      }
      for (int c = 0; c < channels; c++) {
        int p = xo + (b * channels + c) * inner;
        int q = yo + (b * channels + c) * inner;
        double s = scale[so + c];
        double t = shift[to + c];
        int i = 0;
        for (int end = SPECIES.loopBound(inner); i < end; i += LANES) {
          DoubleVector.fromArray(SPECIES, x, p + i).mul(s).add(t).intoArray(y, q + i);
        }
        for (; i < inner; i++) {
          y[q + i] = x[p + i] * s + t;
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
    int continueFrom = from;
    int width = Math.min(to - from, DoubleCascade.COLUMNS / 2);
    double[][] stack = DoubleCascade.stack(batch, 2 * width);
    for (int first = from; first < to; first += width) {
      int m = Math.min(width, to - first);
      int depth = 0;
      for (int r = 0, block = 1; r < batch; r += DoubleCascade.ROWS, block++) {
        double[] sums = stack[depth];
        Arrays.fill(sums, 0, 2 * m, 0.0);
        for (int b = r, end = Math.min(batch, r + DoubleCascade.ROWS); b < end; b++) {
          int p = (b * channels + first) * inner;
          if (inner == 1) {
            addCentredProducts(g, go + p, x, xo + p, mean, mo + first, sums, m);
            continue;
          }
          for (int c = 0; c < m; c++, p += inner) {
            sums[m + c] += SimdDoubleReduce.sum(g, go + p, inner);
            sums[c] +=
                SimdDoubleReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + first + c]);
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
      if (inner == 1) {
        // here each vector holds the channels of one row
        int i = from;
        for (int end = from + SPECIES.loopBound(to - from); i < end; i += LANES) {
          DoubleVector s = DoubleVector.fromArray(SPECIES, rstd, ro + i);
          DoubleVector z =
              DoubleVector.fromArray(SPECIES, x, xo + b * channels + i)
                  .sub(DoubleVector.fromArray(SPECIES, mean, mo + i))
                  .mul(DoubleVector.fromArray(SPECIES, dgamma, dgo + i).mul(s).div(count));
          DoubleVector d =
              DoubleVector.fromArray(SPECIES, g, go + b * channels + i)
                  .sub(DoubleVector.fromArray(SPECIES, dbeta, dbo + i).div(count))
                  .sub(z);
          if (gamma != null) {
            s = s.mul(DoubleVector.fromArray(SPECIES, gamma, gammaO + i));
          }
          d.mul(s).intoArray(dx, dxo + b * channels + i);
        }
        continueFrom = i;
      }
      for (int c = continueFrom; c < to; c++) {
        int p = go + (b * channels + c) * inner;
        int q = xo + (b * channels + c) * inner;
        int out = dxo + (b * channels + c) * inner;
        double m = mean[mo + c];
        double a = dbeta[dbo + c] / count;
        double k = dgamma[dgo + c] * rstd[ro + c] / count;
        double s = gamma == null ? rstd[ro + c] : rstd[ro + c] * gamma[gammaO + c];
        int i = 0;
        for (int end = SPECIES.loopBound(inner); i < end; i += LANES) {
          DoubleVector z = DoubleVector.fromArray(SPECIES, x, q + i).sub(m).mul(k);
          DoubleVector.fromArray(SPECIES, g, p + i).sub(a).sub(z).mul(s).intoArray(dx, out + i);
        }
        for (; i < inner; i++) {
          dx[out + i] = s * (g[p + i] - a - k * (x[q + i] - m));
        }
      }
    }
  }

  /** Adds g (x - m) to the first n sums and g to the next. */
  private static void addCentredProducts(
      double[] g, int go, double[] x, int xo, double[] m, int mo, double[] sums, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, g, go + i);
      DoubleVector d =
          DoubleVector.fromArray(SPECIES, x, xo + i)
              .sub(DoubleVector.fromArray(SPECIES, m, mo + i));
      d.fma(v, DoubleVector.fromArray(SPECIES, sums, i)).intoArray(sums, i);
      DoubleVector.fromArray(SPECIES, sums, n + i).add(v).intoArray(sums, n + i);
    }
    for (; i < n; i++) {
      sums[i] += g[go + i] * (x[xo + i] - m[mo + i]);
      sums[n + i] += g[go + i];
    }
  }
}
