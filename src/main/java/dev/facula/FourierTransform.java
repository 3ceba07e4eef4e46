package dev.facula;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * The discrete Fourier transform of rows of complex numbers, each a pair of reals, in double
 * precision: radix 2 for powers of two (Cooley and Tukey, 1965), and for all other lengths a
 * convolution of such a length (Bluestein, 1970).
 */
final class FourierTransform {
  private final int n;

  /** For powers of two cos and sin of 2 pi k / n; for others of Bluestein's chirp. */
  private final double[] table;

  /** Of the convolution, or null for a power of two. */
  private final @Nullable FourierTransform inner;

  /** The transformed chirp by which the convolution multiplies. */
  private final double[] chirp;

  private FourierTransform(int n, int sign) {
    this.n = n;
    if (Integer.bitCount(n) == 1) {
      table = new double[n];
      for (int k = 0; k < n / 2; k++) {
        table[2 * k] = Math.cos(2 * Math.PI * k / n);
        table[2 * k + 1] = sign * Math.sin(2 * Math.PI * k / n);
      }
      inner = null;
      chirp = table;
      return;
    }
    table = new double[2 * n];
    for (int k = 0; k < n; k++) {
      double angle = Math.PI * ((long) k * k % (2L * n)) / n;
      table[2 * k] = Math.cos(angle);
      table[2 * k + 1] = sign * Math.sin(angle);
    }
    int m = Integer.highestOneBit(2 * n - 1) * 2;
    FourierTransform convolution = new FourierTransform(m, -1);
    inner = convolution;
    chirp = new double[2 * m];
    for (int k = 0; k < n; k++) {
      int back = k == 0 ? 0 : m - k;
      chirp[2 * k] = chirp[2 * back] = table[2 * k];
      chirp[2 * k + 1] = chirp[2 * back + 1] = -table[2 * k + 1];
    }
    convolution.apply(chirp);
  }

  /**
   * The transform of each row, times a factor; its derivative is that in the other direction.
   *
   * @param x [*, n, 2]
   * @param sign of the exponent: -1 forward, 1 backward
   */
  static Tensor apply(String op, Tensor x, int sign, double factor) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> apply(op, t, sign, factor));
    }
    int n = x.size(-2);
    Tensor y = Tensor.empty(x.dtype(), x.layout.shape);
    if (y.numel() > 0) {
      FourierTransform transform = new FourierTransform(n, sign);
      Tensor source = x.cast(DType.FLOAT64).contiguous();
      double[] a = source.storage.doubles();
      int from = source.layout.offset;
      int rows = y.numel() / (2 * n);
      Parallel.parallelFor(
          rows,
          Parallel.FUNCTION * n,
          (i, end) -> {
            double[] row = new double[2 * n];
            for (int r = i; r < end; r++) {
              System.arraycopy(a, from + r * 2 * n, row, 0, 2 * n);
              transform.apply(row);
              for (int k = 0; k < 2 * n; k++) {
                y.storage.setDouble(r * 2 * n + k, row[k] * factor);
              }
            }
          });
    }
    return Graph.wanted(x)
        ? Graph.record(y, op, x, Graph.none(), (c, g) -> apply(op, g, -sign, factor))
        : y;
  }

  /** In place. */
  private void apply(double[] a) {
    FourierTransform convolution = inner;
    if (convolution == null) {
      radix2(a);
    } else {
      bluestein(a, convolution);
    }
  }

  private void radix2(double[] a) {
    for (int i = 1, j = 0; i < n; i++) {
      int bit = n >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        swap(a, 2 * i, 2 * j);
        swap(a, 2 * i + 1, 2 * j + 1);
      }
    }
    for (int half = 1; half < n; half *= 2) {
      int step = n / (2 * half);
      for (int i = 0; i < n; i += 2 * half) {
        for (int k = 0; k < half; k++) {
          double c = table[2 * k * step];
          double s = table[2 * k * step + 1];
          int p = 2 * (i + k);
          int q = p + 2 * half;
          double re = a[q] * c - a[q + 1] * s;
          double im = a[q] * s + a[q + 1] * c;
          a[q] = a[p] - re;
          a[q + 1] = a[p + 1] - im;
          a[p] += re;
          a[p + 1] += im;
        }
      }
    }
  }

  private static void swap(double[] a, int i, int j) {
    double v = a[i];
    a[i] = a[j];
    a[j] = v;
  }

  private void bluestein(double[] a, FourierTransform convolution) {
    int m = convolution.n;
    double[] b = new double[2 * m];
    for (int k = 0; k < n; k++) {
      multiply(a, 2 * k, table, 2 * k, b, 1);
    }
    convolution.apply(b);
    for (int k = 0; k < m; k++) {
      multiply(b, 2 * k, chirp, 2 * k, b, -1); // conjugated, so that the way back goes forward, too
    }
    convolution.apply(b);
    for (int k = 0; k < n; k++) {
      double re = b[2 * k] / m;
      double im = -b[2 * k + 1] / m;
      a[2 * k] = re * table[2 * k] - im * table[2 * k + 1];
      a[2 * k + 1] = re * table[2 * k + 1] + im * table[2 * k];
    }
  }

  private static void multiply(double[] a, int i, double[] b, int j, double[] to, int sign) {
    double re = a[i] * b[j] - a[i + 1] * b[j + 1];
    double im = a[i] * b[j + 1] + a[i + 1] * b[j];
    to[i] = re;
    to[i + 1] = sign * im;
  }
}
