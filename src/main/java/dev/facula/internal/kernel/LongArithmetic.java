package dev.facula.internal.kernel;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Elementwise arithmetic, comparisons and selection of integers; sums and products wrap. */
public final class LongArithmetic implements ArithmeticKernels<long[]> {
  @Override
  public void add(long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] + b[bo + i];
    }
  }

  @Override
  public void sub(long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] - b[bo + i];
    }
  }

  @Override
  public void mul(long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = a[ao + i] * b[bo + i];
    }
  }

  @Override
  public void maximum(long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.max(a[ao + i], b[bo + i]);
    }
  }

  @Override
  public void minimum(long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = Math.min(a[ao + i], b[bo + i]);
    }
  }

  @Override
  public void eq(long[] a, int ao, long[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] == b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void ne(long[] a, int ao, long[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] != b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void lt(long[] a, int ao, long[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] < b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void le(long[] a, int ao, long[] b, int bo, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = (byte) (a[ao + i] <= b[bo + i] ? 1 : 0);
    }
  }

  @Override
  public void where(byte[] c, int co, long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = c[co + i] != 0 ? a[ao + i] : b[bo + i];
    }
  }

  /** y[i] = f(x[i]). */
  public static void map(LongUnaryOperator f, long[] x, int xo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = f.applyAsLong(x[xo + i]);
    }
  }

  /** y[i] = f(a[i], b[i]). */
  public static void map(
      LongBinaryOperator f, long[] a, int ao, long[] b, int bo, long[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = f.applyAsLong(a[ao + i], b[bo + i]);
    }
  }
}
