package dev.facula.internal.kernel.simd;

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
    Arrays.fill(dgamma, dgo, dgo + n, 0.0);
    Arrays.fill(dbeta, dbo, dbo + n, 0.0);
    for (int r = 0; r < rows; r++) {
      int p = go + r * n;
      int q = xo + r * n;
      double s = rstd[ro + r];
      double shift = -s * mean[mo + r];
      DoubleVector scale = DoubleVector.broadcast(SPECIES, s);
      DoubleVector offset = DoubleVector.broadcast(SPECIES, shift);
      int i = 0;
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        DoubleVector z = DoubleVector.fromArray(SPECIES, x, q + i).fma(scale, offset);
        DoubleVector.fromArray(SPECIES, dgamma, dgo + i)
            .add(DoubleVector.fromArray(SPECIES, g, p + i).mul(z))
            .intoArray(dgamma, dgo + i);
      }
      for (; i < n; i++) {
        dgamma[dgo + i] += g[p + i] * Math.fma(x[q + i], s, shift);
      }
      SimdDoubleArithmetic.add(dbeta, dbo, g, p, dbeta, dbo, n);
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
    Arrays.fill(mean, mo + from, mo + to, 0.0);
    Arrays.fill(var, vo + from, vo + to, 0.0);
    int width = to - from;
    for (int b = 0; b < batch; b++) {
      if (inner == 1) {
        int p = xo + b * channels + from;
        SimdDoubleArithmetic.add(mean, mo + from, x, p, mean, mo + from, width);
        continue;
      }
      for (int c = from; c < to; c++) {
        mean[mo + c] += SimdDoubleReduce.sum(x, xo + (b * channels + c) * inner, inner);
      }
    }
    for (int c = from; c < to; c++) {
      mean[mo + c] /= count;
    }
    for (int b = 0; b < batch; b++) {
      if (inner == 1) {
        addSquaredDistances(x, xo + b * channels + from, mean, mo + from, var, vo + from, width);
        continue;
      }
      for (int c = from; c < to; c++) {
        int p = xo + (b * channels + c) * inner;
        var[vo + c] += SimdDoubleReduce.squaredDistance(x, p, inner, mean[mo + c]);
      }
    }
    for (int c = from; c < to; c++) {
      var[vo + c] /= count;
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
    Arrays.fill(dgamma, dgo + from, dgo + to, 0.0);
    Arrays.fill(dbeta, dbo + from, dbo + to, 0.0);
    for (int b = 0; b < batch; b++) {
      if (inner == 1) {
        int p = b * channels + from;
        addCentredProducts(
            g,
            go + p,
            x,
            xo + p,
            mean,
            mo + from,
            dgamma,
            dgo + from,
            dbeta,
            dbo + from,
            to - from);
        continue;
      }
      for (int c = from; c < to; c++) {
        int p = (b * channels + c) * inner;
        dbeta[dbo + c] += SimdDoubleReduce.sum(g, go + p, inner);
        dgamma[dgo + c] += SimdDoubleReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + c]);
      }
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

  /** dgamma[i] += g[i] (x[i] - m[i]) and dbeta[i] += g[i]. */
  private static void addCentredProducts(
      double[] g,
      int go,
      double[] x,
      int xo,
      double[] m,
      int mo,
      double[] dgamma,
      int dgo,
      double[] dbeta,
      int dbo,
      int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, g, go + i);
      DoubleVector d =
          DoubleVector.fromArray(SPECIES, x, xo + i)
              .sub(DoubleVector.fromArray(SPECIES, m, mo + i));
      d.fma(v, DoubleVector.fromArray(SPECIES, dgamma, dgo + i)).intoArray(dgamma, dgo + i);
      DoubleVector.fromArray(SPECIES, dbeta, dbo + i).add(v).intoArray(dbeta, dbo + i);
    }
    for (; i < n; i++) {
      dgamma[dgo + i] += g[go + i] * (x[xo + i] - m[mo + i]);
      dbeta[dbo + i] += g[go + i];
    }
  }
}
