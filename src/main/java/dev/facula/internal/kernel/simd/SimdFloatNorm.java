package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatCascade;
import dev.facula.internal.kernel.FloatNorm;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** Normalisation of rows and of channels, as in the scalar kernels. */
final class SimdFloatNorm extends FloatNorm {
  private static final SimdFloatBinary BINARY = new SimdFloatBinary();
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

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
      float m = SimdFloatReduce.sum(x, p, n) / n;
      float s =
          1f / (float) Math.sqrt(SimdFloatReduce.squaredDistance(x, p, n, m) / n + (float) eps);
      mean[mo + r] = m;
      rstd[ro + r] = s;
      int i = 0;
      if (gamma != null && beta != null) {
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
          FloatVector z = FloatVector.fromArray(SPECIES, x, p + i).sub(m).mul(s);
          FloatVector g = FloatVector.fromArray(SPECIES, gamma, gammaO + i);
          FloatVector b = FloatVector.fromArray(SPECIES, beta, betaO + i);
          z.mul(g).add(b).intoArray(y, q + i);
        }
        for (; i < n; i++) {
          y[q + i] = (x[p + i] - m) * s * gamma[gammaO + i] + beta[betaO + i];
        }
        continue;
      }
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        FloatVector.fromArray(SPECIES, x, p + i).sub(m).mul(s).intoArray(y, q + i);
      }
      for (; i < n; i++) {
        y[q + i] = (x[p + i] - m) * s;
      }
      if (gamma != null) {
        BINARY.mul(y, q, gamma, gammaO, y, q, n);
      }
      if (beta != null) {
        BINARY.add(y, q, beta, betaO, y, q, n);
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
        BINARY.mul(g, p, gamma, gammaO, dx, out, n);
      } else {
        System.arraycopy(g, p, dx, out, n);
      }
      float m = mean[mo + r];
      float s = rstd[ro + r];
      float a = SimdFloatReduce.sum(dx, out, n) / n;
      float b = SimdFloatReduce.centredDot(dx, out, x, q, n, m) * s * s / n;
      int i = 0;
      for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
        FloatVector z = FloatVector.fromArray(SPECIES, x, q + i).sub(m).mul(b);
        FloatVector.fromArray(SPECIES, dx, out + i).sub(a).sub(z).mul(s).intoArray(dx, out + i);
      }
      for (; i < n; i++) {
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
        Arrays.fill(sums, 0, 2 * m, 0f);
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
    FloatVector scale = FloatVector.broadcast(SPECIES, s);
    FloatVector offset = FloatVector.broadcast(SPECIES, shift);
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, x, xo + i).fma(scale, offset);
      FloatVector.fromArray(SPECIES, sums, i)
          .add(FloatVector.fromArray(SPECIES, g, go + i).mul(z))
          .intoArray(sums, i);
    }
    for (; i < n; i++) {
      sums[i] += g[go + i] * Math.fma(x[xo + i], s, shift);
    }
    BINARY.add(sums, n, g, go, sums, n, n);
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
        Arrays.fill(sums, 0, m, 0f);
        for (int b = r, end = Math.min(batch, r + FloatCascade.ROWS); b < end; b++) {
          int p = xo + (b * channels + first) * inner;
          if (inner == 1) {
            if (mean == null) {
              BINARY.add(sums, 0, x, p, sums, 0, m);
            } else {
              addSquaredDistances(x, p, mean, mo + first, sums, 0, m);
            }
            continue;
          }
          for (int c = 0; c < m; c++, p += inner) {
            sums[c] +=
                mean == null
                    ? SimdFloatReduce.sum(x, p, inner)
                    : SimdFloatReduce.squaredDistance(x, p, inner, mean[mo + first + c]);
          }
        }
        depth = FloatCascade.fold(stack, m, depth + 1, block);
      }
      System.arraycopy(FloatCascade.total(stack, m, depth), 0, y, yo + first, m);
    }
  }

  /** y[i] += (x[i] - m[i])^2. */
  private static void addSquaredDistances(
      float[] x, int xo, float[] m, int mo, float[] y, int yo, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector d =
          FloatVector.fromArray(SPECIES, x, xo + i).sub(FloatVector.fromArray(SPECIES, m, mo + i));
      FloatVector.fromArray(SPECIES, y, yo + i).add(d.mul(d)).intoArray(y, yo + i);
    }
    for (; i < n; i++) {
      float d = x[xo + i] - m[mo + i];
      y[yo + i] += d * d;
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
      if (inner == 1) {
        int q = yo + b * channels;
        BINARY.mul(x, xo + b * channels, scale, so, y, q, channels);
        BINARY.add(y, q, shift, to, y, q, channels);
        continue;
      }
      for (int c = 0; c < channels; c++) {
        int p = xo + (b * channels + c) * inner;
        int q = yo + (b * channels + c) * inner;
        float s = scale[so + c];
        float t = shift[to + c];
        int i = 0;
        for (int end = SPECIES.loopBound(inner); i < end; i += LANES) {
          FloatVector.fromArray(SPECIES, x, p + i).mul(s).add(t).intoArray(y, q + i);
        }
        for (; i < inner; i++) {
          y[q + i] = x[p + i] * s + t;
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
    int continueFrom = from;
    int width = Math.min(to - from, FloatCascade.COLUMNS / 2);
    float[][] stack = FloatCascade.stack(batch, 2 * width);
    for (int first = from; first < to; first += width) {
      int m = Math.min(width, to - first);
      int depth = 0;
      for (int r = 0, block = 1; r < batch; r += FloatCascade.ROWS, block++) {
        float[] sums = stack[depth];
        Arrays.fill(sums, 0, 2 * m, 0f);
        for (int b = r, end = Math.min(batch, r + FloatCascade.ROWS); b < end; b++) {
          int p = (b * channels + first) * inner;
          if (inner == 1) {
            addCentredProducts(g, go + p, x, xo + p, mean, mo + first, sums, m);
            continue;
          }
          for (int c = 0; c < m; c++, p += inner) {
            sums[m + c] += SimdFloatReduce.sum(g, go + p, inner);
            sums[c] +=
                SimdFloatReduce.centredDot(g, go + p, x, xo + p, inner, mean[mo + first + c]);
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
      if (inner == 1) {
        // here each vector holds the channels of one row
        int i = from;
        for (int end = from + SPECIES.loopBound(to - from); i < end; i += LANES) {
          FloatVector s = FloatVector.fromArray(SPECIES, rstd, ro + i);
          FloatVector z =
              FloatVector.fromArray(SPECIES, x, xo + b * channels + i)
                  .sub(FloatVector.fromArray(SPECIES, mean, mo + i))
                  .mul(FloatVector.fromArray(SPECIES, dgamma, dgo + i).mul(s).div(count));
          FloatVector d =
              FloatVector.fromArray(SPECIES, g, go + b * channels + i)
                  .sub(FloatVector.fromArray(SPECIES, dbeta, dbo + i).div(count))
                  .sub(z);
          if (gamma != null) {
            s = s.mul(FloatVector.fromArray(SPECIES, gamma, gammaO + i));
          }
          d.mul(s).intoArray(dx, dxo + b * channels + i);
        }
        continueFrom = i;
      }
      for (int c = continueFrom; c < to; c++) {
        int p = go + (b * channels + c) * inner;
        int q = xo + (b * channels + c) * inner;
        int out = dxo + (b * channels + c) * inner;
        float m = mean[mo + c];
        float a = dbeta[dbo + c] / count;
        float k = dgamma[dgo + c] * rstd[ro + c] / count;
        float s = gamma == null ? rstd[ro + c] : rstd[ro + c] * gamma[gammaO + c];
        int i = 0;
        for (int end = SPECIES.loopBound(inner); i < end; i += LANES) {
          FloatVector z = FloatVector.fromArray(SPECIES, x, q + i).sub(m).mul(k);
          FloatVector.fromArray(SPECIES, g, p + i).sub(a).sub(z).mul(s).intoArray(dx, out + i);
        }
        for (; i < inner; i++) {
          dx[out + i] = s * (g[p + i] - a - k * (x[q + i] - m));
        }
      }
    }
  }

  /** Adds g (x - m) to the first n sums and g to the next. */
  private static void addCentredProducts(
      float[] g, int go, float[] x, int xo, float[] m, int mo, float[] sums, int n) {
    int i = 0;
    for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, g, go + i);
      FloatVector d =
          FloatVector.fromArray(SPECIES, x, xo + i).sub(FloatVector.fromArray(SPECIES, m, mo + i));
      d.fma(v, FloatVector.fromArray(SPECIES, sums, i)).intoArray(sums, i);
      FloatVector.fromArray(SPECIES, sums, n + i).add(v).intoArray(sums, n + i);
    }
    for (; i < n; i++) {
      sums[i] += g[go + i] * (x[xo + i] - m[mo + i]);
      sums[n + i] += g[go + i];
    }
  }
}
