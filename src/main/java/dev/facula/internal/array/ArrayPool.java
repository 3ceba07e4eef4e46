package dev.facula.internal.array;

import dev.facula.DType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Free arrays of one thread, for its next results; {@link Storage} says when an array is free.
 *
 * <p>The alternative is a new array, which the JVM clears, and which the caches do not hold if the
 * young generation is larger than they are: on a server that costs about 100 microseconds a
 * megabyte, as much as many a kernel that fills it.
 */
final class ArrayPool {
  /** Elements below which a new array is as good. */
  private static final int LEAST = 1 << 12;

  /** Bytes that one thread keeps at most: many may compute. */
  private static final long CAP = Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 64);

  /** Arrays that one thread keeps at most. */
  private static final int COUNT = 64;

  /** The newest, whose memory is most likely in the caches, stands last. */
  private final List<Object> arrays = new ArrayList<>();

  private long bytes;

  /** Whether arrays of that type and length are reused. */
  static boolean serves(DType dtype, int n) {
    return n >= LEAST && (dtype == DType.FLOAT32 || dtype == DType.FLOAT64);
  }

  /** An array of that type and length with any contents, or null. */
  @Nullable Object take(DType dtype, int n) {
    for (int i = arrays.size() - 1; i >= 0; i--) {
      Object array = arrays.get(i);
      if (array instanceof float[] == (dtype == DType.FLOAT32) && Array.getLength(array) == n) {
        bytes -= bytes(array);
        return arrays.remove(i);
      }
    }
    return null;
  }

  /** Keeps an array that is free, if it is worth it. */
  void give(Object array) {
    if (bytes(array) > CAP / 2) {
      return;
    }
    arrays.add(array);
    bytes += bytes(array);
    while (bytes > CAP || arrays.size() > COUNT) {
      bytes -= bytes(arrays.remove(0));
    }
  }

  private static long bytes(Object array) {
    return (long) Array.getLength(array) * (array instanceof float[] ? Float.BYTES : Double.BYTES);
  }
}
