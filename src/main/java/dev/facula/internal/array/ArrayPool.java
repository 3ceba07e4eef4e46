package dev.facula.internal.array;

import dev.facula.DType;
import dev.facula.internal.parallel.PerThread;
import java.lang.ref.SoftReference;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The free arrays of one thread, for its next results; {@link Storage} says when an array is free.
 *
 * <p>The alternative is a new array, which the JVM clears, and which the caches do not hold if the
 * young generation is larger than they are: on a server that costs about 100 microseconds a
 * megabyte, as much as many a kernel that fills it.
 *
 * <p>The JVM may take it all when memory is short, or has not been used for long.
 */
final class ArrayPool {
  /** Elements below which a new array is as good. */
  private static final int LEAST = 1 << 12;

  /** Bytes that one thread keeps at most: many may compute. */
  private static final long CAP = Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 64);

  /**
   * Whether memory that is handed on is filled with NaN first: {@code -Dfacula.poison=true}, for
   * tests. It costs nothing otherwise.
   */
  private static final boolean POISON = Boolean.getBoolean("facula.poison");

  /** Arrays that one thread keeps at most. */
  private static final int COUNT = 64;

  private static final PerThread<SoftReference<ArrayPool>> THREAD = new PerThread<>();

  /** The newest, whose memory is most likely in the caches, stands last. */
  private final List<Object> arrays = new ArrayList<>();

  private long bytes;

  /** Threads within a tidy, in which storages of all sizes are listed. */
  private static int tidying;

  /** Where what the thread makes is listed, or null. */
  private @Nullable List<Storage> tracked;

  private ArrayPool() {}

  /** See {@link Storage#track}. */
  @Nullable List<Storage> track(@Nullable List<Storage> list) {
    List<Storage> before = tracked;
    tracked = list;
    return before;
  }

  /** Counts the threads within a tidy; each sees at least its own changes. */
  static synchronized void tidying(int change) {
    tidying += change;
  }

  /** A storage for the n elements of a shape: zeros, or with any contents. */
  static Storage take(DType dtype, int[] shape, int n, boolean zeros) {
    Objects.requireNonNull(dtype, "dtype");
    boolean serves = serves(dtype, n);
    ArrayPool pool = serves || tidying != 0 ? found() : null;
    Object array = pool == null || !serves ? null : pool.remove(dtype, n);
    Storage storage = array == null ? Storage.allocate(dtype, n) : Storage.own(dtype, n, array);
    if (POISON && !zeros) {
      poison(storage.array());
    } else if (array != null && zeros) {
      storage.fill(0, n, 0);
    }
    if (pool != null && pool.tracked != null) {
      pool.tracked.add(storage.of(shape));
    }
    return storage;
  }

  /** Makes what an operation forgets to write show in its result. */
  private static void poison(Object array) {
    if (array instanceof float[] a) {
      Arrays.fill(a, Float.NaN);
    } else if (array instanceof double[] a) {
      Arrays.fill(a, Double.NaN);
    }
  }

  /** Whether arrays of that type and length are reused. */
  static boolean serves(DType dtype, int n) {
    return n >= LEAST && dtype.isFloatingPoint();
  }

  /** Keeps an array that is free, if it is worth it. */
  static void give(DType dtype, Object array) {
    if (POISON) {
      poison(array);
    }
    if (serves(dtype, Array.getLength(array))) {
      ofThread().add(array);
    }
  }

  private static @Nullable ArrayPool found() {
    SoftReference<ArrayPool> held = THREAD.get();
    return held == null ? null : held.get();
  }

  static ArrayPool ofThread() {
    ArrayPool pool = found();
    if (pool == null) {
      pool = new ArrayPool();
      THREAD.set(new SoftReference<>(pool));
    }
    return pool;
  }

  private @Nullable Object remove(DType dtype, int n) {
    for (int i = arrays.size() - 1; i >= 0; i--) {
      Object array = arrays.get(i);
      if (array instanceof float[] == (dtype == DType.FLOAT32) && Array.getLength(array) == n) {
        bytes -= bytes(array);
        return arrays.remove(i);
      }
    }
    return null;
  }

  private void add(Object array) {
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
