package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels over rows and channels against the same formulas in double. */
class RowKernelsTest {
  private static final int[] LENGTHS = {1, 2, 3, 7, 8, 10, 15, 16, 17, 31, 33, 64, 65, 130, 1025};
  private static final int ROWS = 3;
  private static final int O = 5; // every array starts with this many elements that are not part

  private static float[] input(int n, int seed) {
    return FloatKernelsSource.random(n + 2 * O, seed);
  }

  private static void close(double want, float got, double scale, String what) {
    assertTrue(
        Math.abs(want - got) <= 4e-7 * (Math.abs(want) + scale),
        what + ": " + got + " not " + want);
  }

  private static double sum(float[] x, int from, int n, int step) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += x[from + i * step];
    }
    return s;
  }

  private static double absolute(float[] x, int from, int n, int step) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += Math.abs(x[from + i * step]);
    }
    return s;
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void sums(FloatingKernels<float[]> k) {
    for (int n : LENGTHS) {
      float[] x = input(ROWS * n * 4, n);
      float[] y = new float[ROWS + O];
      k.reduce().sumRows(x, O, ROWS, n, y, O);
      for (int r = 0; r < ROWS; r++) {
        close(sum(x, O + r * n, n, 1), y[O + r], absolute(x, O + r * n, n, 1), "sum of " + n);
      }
      float[] z = new float[ROWS * n + O];
      k.reduce().sumColumns(x, O, ROWS, 4, n, z, O);
      for (int r = 0; r < ROWS; r++) {
        for (int i = 0; i < n; i++) {
          int from = O + r * 4 * n + i;
          close(sum(x, from, 4, n), z[O + r * n + i], absolute(x, from, 4, n), "columns of " + n);
        }
      }
      double dot = 0;
      double size = 0;
      for (int i = 0; i < n; i++) {
        dot += (double) x[O + i] * x[O + n + i];
        size += Math.abs((double) x[O + i] * x[O + n + i]);
      }
      close(dot, (float) k.matmul().dot(x, O, x, O + n, n), size, "dot of " + n);
      k.reduce().cumsumRows(x, O, ROWS, n, z, O);
      for (int r = 0; r < ROWS; r++) {
        close(sum(x, O + r * n, n, 1), z[O + r * n + n - 1], 0, "cumsum of " + n);
        assertEquals(x[O + r * n], z[O + r * n]);
      }
    }
    float[] y = {1};
    k.reduce().sumRows(y, 0, 1, 0, y, 0);
    assertEquals(0, y[0], "empty sum");
    assertEquals(0, k.matmul().dot(y, 0, y, 0, 0));
  }

  /** A million numbers of one sign, where one running sum would lose three digits. */
  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void longSumKeepsItsDigits(FloatingKernels<float[]> k) {
    float[] x = new float[1_000_003];
    Arrays.fill(x, 0.1f);
    float[] y = new float[1];
    k.reduce().sumRows(x, 0, 1, x.length, y, 0);
    assertEquals(1_000_003 * (double) 0.1f, y[0], 0.03);
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void extremes(FloatingKernels<float[]> k) {
    for (int n : LENGTHS) {
      for (int nan = -1; nan < n; nan += Math.max(1, n / 3)) {
        float[] x = input(ROWS * n, n);
        x[O + n - 1] = x[O + n / 2]; // equals: the first wins
        if (nan >= 0) {
          x[O + n + nan] = Float.NaN;
          x[O + 2 * n - 1] = Float.NaN;
        }
        float[] max = new float[ROWS + O];
        float[] min = new float[ROWS + O];
        long[] argmax = new long[ROWS + O];
        long[] argmin = new long[ROWS + O];
        k.reduce().maxRows(x, O, ROWS, n, max, O);
        k.reduce().minRows(x, O, ROWS, n, min, O);
        k.reduce().argmaxRows(x, O, ROWS, n, argmax, O);
        k.reduce().argminRows(x, O, ROWS, n, argmin, O);
        for (int r = 0; r < ROWS; r++) {
          float largest = Float.NEGATIVE_INFINITY;
          float smallest = Float.POSITIVE_INFINITY;
          for (int i = 0; i < n; i++) {
            largest = Math.max(largest, x[O + r * n + i]);
            smallest = Math.min(smallest, x[O + r * n + i]);
          }
          assertEquals(largest, max[O + r]);
          assertEquals(smallest, min[O + r]);
          assertEquals(first(x, O + r * n, n, largest), argmax[O + r]);
          assertEquals(first(x, O + r * n, n, smallest), argmin[O + r]);
        }
      }
    }
  }

  private static int first(float[] x, int from, int n, float value) {
    for (int i = 0; i < n; i++) {
      if (Float.compare(x[from + i], value) == 0) {
        return i;
      }
    }
    throw new AssertionError(value + " not found");
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void softmax(FloatingKernels<float[]> k) {
    for (int n : LENGTHS) {
      float[] x = input(ROWS * n, n);
      x[O + n] = Float.NEGATIVE_INFINITY; // as a mask leaves it
      if (n == 1) {
        x[O + n] = -1000f;
      }
      float[] g = input(ROWS * n, n + 1);
      float[] soft = new float[x.length];
      float[] log = new float[x.length];
      float[] dsoft = new float[x.length];
      float[] dlog = new float[x.length];
      float[] loss = new float[ROWS + O];
      float[] lse = new float[ROWS + O];
      float[] dx = new float[x.length];
      long[] target = {n - 1, -100, n / 2};
      k.softmax().softmaxRows(x, O, ROWS, n, soft, O);
      k.softmax().logSoftmaxRows(x, O, ROWS, n, log, O);
      k.softmax().softmaxRowsBackward(g, O, soft, O, ROWS, n, dsoft, O);
      k.softmax().logSoftmaxRowsBackward(g, O, log, O, ROWS, n, dlog, O);
      k.softmax().crossEntropyRows(x, O, ROWS, n, target, 0, loss, O, lse, O);
      k.softmax().crossEntropyRowsBackward(g, O, x, O, ROWS, n, target, 0, lse, O, dx, O);
      for (int r = 0; r < ROWS; r++) {
        int p = O + r * n;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
          max = Math.max(max, x[p + i]);
        }
        double z = 0;
        for (int i = 0; i < n; i++) {
          z += Math.exp(x[p + i] - max);
        }
        double gs = 0;
        double gsum = sum(g, p, n, 1);
        for (int i = 0; i < n; i++) {
          gs += g[p + i] * Math.exp(x[p + i] - max) / z;
        }
        double size = absolute(g, p, n, 1);
        for (int i = 0; i < n; i++) {
          double s = Math.exp(x[p + i] - max) / z;
          close(s, soft[p + i], 0.1, "softmax of " + n);
          if (x[p + i] > -1e30f) {
            close(x[p + i] - max - Math.log(z), log[p + i], max - x[p + i] + 1, "log " + n);
          } else {
            assertEquals(Float.NEGATIVE_INFINITY, log[p + i]);
          }
          close(s * (g[p + i] - gs), dsoft[p + i], size, "softmax backward " + n);
          close(g[p + i] - s * gsum, dlog[p + i], size, "logSoftmax backward " + n);
          int t = (int) target[r];
          double want = t < 0 ? 0 : g[O + r] * (s - (i == t ? 1 : 0));
          close(want, dx[p + i], Math.abs(g[O + r]) * (1 + Math.abs(max)), "cross entropy " + n);
        }
        int t = (int) target[r];
        close(t < 0 ? 0 : Math.log(z) + max - x[p + t], loss[O + r], Math.abs(max) + 1, "loss");
        close(Math.log(z) + max, lse[O + r], 1, "lse");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void layerNorm(FloatingKernels<float[]> k) {
    double eps = 1e-5;
    for (int n : LENGTHS) {
      float[] x = input(ROWS * n, n);
      for (int i = 0; i < n; i++) {
        x[O + n + i] += 300f; // a large mean
      }
      float[] g = input(ROWS * n, n + 1);
      float[] gamma = input(n, n + 2);
      float[] beta = input(n, n + 3);
      for (boolean affine : new boolean[] {false, true}) {
        float[] y = new float[x.length];
        float[] dx = new float[x.length];
        float[] mean = new float[ROWS + O];
        float[] rstd = new float[ROWS + O];
        float[] dgamma = new float[n + O];
        float[] dbeta = new float[n + O];
        k.norm()
            .layerNormRows(
                x,
                O,
                ROWS,
                n,
                affine ? gamma : null,
                O,
                affine ? beta : null,
                O,
                (float) eps,
                y,
                O,
                mean,
                O,
                rstd,
                O);
        k.norm()
            .layerNormRowsBackward(
                g, O, x, O, ROWS, n, affine ? gamma : null, O, mean, O, rstd, O, dx, O);
        k.norm()
            .layerNormRowsParameters(g, O, x, O, ROWS, n, mean, O, rstd, O, dgamma, O, dbeta, O);
        double[] wantGamma = new double[n];
        double[] sizeGamma = new double[n];
        for (int r = 0; r < ROWS; r++) {
          int p = O + r * n;
          double m = sum(x, p, n, 1) / n;
          double v = 0;
          for (int i = 0; i < n; i++) {
            v += (x[p + i] - m) * (x[p + i] - m);
          }
          double s = 1 / Math.sqrt(v / n + eps);
          double h = 0;
          double hz = 0;
          double size = 0;
          for (int i = 0; i < n; i++) {
            double gi = g[p + i] * (affine ? gamma[O + i] : 1.0);
            h += gi / n;
            hz += gi * (x[p + i] - m) * s / n;
            size = Math.max(size, Math.abs(gi));
          }
          double blur = s * (absolute(x, p, n, 1) / n + 1); // how far a rounded input moves z
          close(m, mean[O + r], absolute(x, p, n, 1) / n, "mean of " + n);
          for (int i = 0; i < n; i++) {
            double z = (x[p + i] - m) * s;
            double scale = affine ? gamma[O + i] : 1.0;
            double want = z * scale + (affine ? beta[O + i] : 0);
            close(want, y[p + i], blur * Math.abs(scale) * 3, "layer norm of " + n);
            double gi = g[p + i] * scale;
            close(s * (gi - h - z * hz), dx[p + i], 4 * s * size * (1 + z * z) * blur, "dx " + n);
            wantGamma[i] += g[p + i] * z;
            sizeGamma[i] += Math.abs(g[p + i]) * (Math.abs(z) + blur);
          }
        }
        for (int i = 0; i < n; i++) {
          close(wantGamma[i], dgamma[O + i], sizeGamma[i] * 3, "dgamma");
          close(sum(g, O + i, ROWS, n), dbeta[O + i], absolute(g, O + i, ROWS, n), "dbeta");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void batchNorm(FloatingKernels<float[]> k) {
    batchNorm(k, 4);
    batchNorm(k, 70);
  }

  private static void batchNorm(FloatingKernels<float[]> k, int channels) {
    int batch = 3;
    double eps = 1e-5;
    for (int inner : new int[] {1, 2, 15, 16, 17, 49, 64, 100}) {
      int n = batch * channels * inner;
      float count = batch * inner;
      float[] x = input(n, inner);
      float[] g = input(n, inner + 1);
      float[] gamma = input(channels, inner + 2);
      float[] mean = new float[channels + O];
      float[] var = new float[channels + O];
      float[] rstd = new float[channels + O];
      float[] dgamma = new float[channels + O];
      float[] dbeta = new float[channels + O];
      float[] y = new float[x.length];
      float[] dx = new float[x.length];
      k.norm().channelStatistics(x, O, batch, channels, inner, 0, 1, mean, O, var, O);
      k.norm().channelStatistics(x, O, batch, channels, inner, 1, channels, mean, O, var, O);
      for (int c = 0; c < channels; c++) {
        rstd[O + c] = (float) (1 / Math.sqrt(var[O + c] + eps));
      }
      k.norm().scaleShiftChannels(x, O, batch, channels, inner, rstd, O, gamma, O, y, O);
      for (int c = 0; c < channels; c += channels / 2) {
        k.norm()
            .batchNormBackward(
                g,
                O,
                x,
                O,
                batch,
                channels,
                inner,
                c,
                c + channels / 2,
                gamma,
                O,
                mean,
                O,
                rstd,
                O,
                dx,
                O,
                dgamma,
                O,
                dbeta,
                O);
      }
      for (int c = 0; c < channels; c++) {
        double m = 0;
        double v = 0;
        double gs = 0;
        double gz = 0;
        double size = 0;
        for (int b = 0; b < batch; b++) {
          m += sum(x, O + (b * channels + c) * inner, inner, 1) / count;
        }
        for (int b = 0; b < batch; b++) {
          for (int i = 0; i < inner; i++) {
            int p = O + (b * channels + c) * inner + i;
            v += (x[p] - m) * (x[p] - m) / count;
            gs += g[p];
            size += Math.abs(g[p]);
          }
        }
        double s = 1 / Math.sqrt(v + eps);
        for (int b = 0; b < batch; b++) {
          for (int i = 0; i < inner; i++) {
            int p = O + (b * channels + c) * inner + i;
            gz += g[p] * (x[p] - m) * s;
          }
        }
        close(m, mean[O + c], 20, "mean");
        close(v, var[O + c], 1e-3, "variance");
        close(gs, dbeta[O + c], size, "dbeta");
        close(gz, dgamma[O + c], size * 20, "dgamma");
        for (int b = 0; b < batch; b++) {
          for (int i = 0; i < inner; i++) {
            int p = O + (b * channels + c) * inner + i;
            double z = (x[p] - m) * s;
            close(x[p] * s + gamma[O + c], y[p], 5, "scale and shift");
            double want = gamma[O + c] * s * (g[p] - gs / count - z * gz / count);
            close(want, dx[p], Math.abs(gamma[O + c]) * s * size * (1 + z * z), "dx");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void transpose(FloatingKernels<float[]> k) {
    for (int m : new int[] {0, 1, 4, 7, 8, 9, 16, 23}) {
      for (int n : new int[] {0, 1, 5, 8, 15, 17, 24}) {
        int ldx = n + 2;
        int ldy = m + 3;
        float[] x = input(m * ldx, m + n);
        float[] y = new float[n * ldy + O];
        float[] want = y.clone();
        for (int i = 0; i < m; i++) {
          for (int j = 0; j < n; j++) {
            want[O + j * ldy + i] = x[O + i * ldx + j];
          }
        }
        k.elements().transpose(x, O, ldx, m, n, y, O, ldy);
        assertArrayEquals(want, y, m + " x " + n);
      }
    }
  }
}
