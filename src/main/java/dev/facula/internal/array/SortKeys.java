package dev.facula.internal.array;

import dev.facula.DType;
import java.util.Arrays;

/**
 * Comparing and sorting elements of any type: each becomes a whole number, its key, so that keys
 * compare as the elements do. NaN is greater than everything, as in PyTorch; -0 equals 0.
 */
public final class SortKeys {
  private SortKeys() {}

  /** The keys of adjacent elements from number {@code from} on. */
  public static void keys(Storage x, int from, long[] keys) {
    if (x.dtype == DType.FLOAT32) {
      float[] a = x.floats();
      for (int i = 0; i < keys.length; i++) {
        keys[i] = key(a[from + i]);
      }
    } else if (x.dtype == DType.FLOAT64) {
      double[] a = x.doubles();
      for (int i = 0; i < keys.length; i++) {
        long bits = Double.doubleToLongBits(a[from + i] + 0.0);
        keys[i] = bits ^ ((bits >> 63) & 0x7fffffffffffffffL);
      }
    } else if (x.dtype.isReducedFloatingPoint()) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = key((float) x.getDouble(from + i));
      }
    } else {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = x.getLong(from + i);
      }
    }
  }

  private static long key(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits ^ ((bits >> 31) & 0x7fffffff);
  }

  /** The key from which on elements are not numbers. */
  public static long nan(DType dtype) {
    if (dtype == DType.FLOAT64) {
      return Double.doubleToLongBits(Double.NaN);
    }
    return dtype.isFloatingPoint() ? Float.floatToIntBits(Float.NaN) : Long.MAX_VALUE;
  }

  public static boolean isNan(DType dtype, long key) {
    return dtype.isFloatingPoint() && key >= nan(dtype);
  }

  /**
   * The indices 0 to n - 1 of a lane in the order of its keys; equal ones stay in order.
   *
   * @param wide whether keys need more than 32 bits
   */
  public static int[] sorted(long[] keys, int from, int n, boolean wide, boolean descending) {
    int[] result = new int[n];
    if (!wide) {
      // key and index packed into one number, which an ordinary sort keeps together
      long[] packed = new long[n];
      for (int i = 0; i < n; i++) {
        long key = descending ? ~keys[from + i] : keys[from + i];
        packed[i] = key << 32 | i;
      }
      Arrays.sort(packed);
      for (int i = 0; i < n; i++) {
        result[i] = (int) packed[i];
      }
      return result;
    }
    for (int i = 0; i < n; i++) {
      result[i] = i;
    }
    mergeSort(keys, from, descending, result, new int[n]);
    return result;
  }

  public static boolean wide(DType dtype) {
    return dtype.bytes() > 4;
  }

  /** Bottom-up merge sort of indices: stable, and free of boxing. */
  private static void mergeSort(
      long[] keys, int from, boolean descending, int[] order, int[] other) {
    int n = order.length;
    int[] source = order;
    int[] target = other;
    // beyond 2^30 elements the last steps wrap: below 0 they are at the end
    for (int width = 1; width > 0 && width < n; width *= 2) {
      for (int low = 0; low >= 0 && low < n; low += 2 * width) {
        int middle = (int) Math.min((long) low + width, n);
        int high = (int) Math.min(low + 2L * width, n);
        int a = low;
        int b = middle;
        for (int i = low; i < high; i++) {
          boolean left =
              b >= high
                  || a < middle
                      && !before(keys[from + source[b]], keys[from + source[a]], descending);
          target[i] = left ? source[a++] : source[b++];
        }
      }
      int[] swap = source;
      source = target;
      target = swap;
      if (width > n / 2) {
        break;
      }
    }
    if (source != order) {
      System.arraycopy(source, 0, order, 0, n);
    }
  }

  private static boolean before(long a, long b, boolean descending) {
    return descending ? a > b : a < b;
  }
}
