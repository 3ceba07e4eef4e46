package dev.facula;

import dev.facula.internal.parallel.PerThread;
import java.lang.ref.SoftReference;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory of former gradients, and of what was {@linkplain Tensor#release released}, for the next
 * results of the same thread. Only what nobody has any more comes here: no gradient that a user, a
 * hook or a graph may see, see {@link Graph#backward}.
 *
 * <p>The alternative is a new array, which the JVM clears, and which the caches do not hold if the
 * young generation is larger than they are: on a server that costs about 100 microseconds a
 * megabyte, as much as many a kernel that fills it.
 *
 * <p>The JVM may take it all when memory is short, or has not been used for long.
 */
final class Spares {
  /** Elements below which a new array is as good. */
  private static final int LEAST = 1 << 12;

  /** Bytes that one thread keeps at most: many may compute. */
  private static final long CAP = Math.min(1L << 26, Runtime.getRuntime().maxMemory() / 64);

  /** Arrays that one thread keeps at most. */
  private static final int COUNT = 64;

  private static final PerThread<SoftReference<Spares>> THREAD = new PerThread<>();

  /** The newest, whose memory is most likely in the caches, stands last. */
  private final List<Object> arrays = new ArrayList<>();

  private long bytes;

  /** Where what the thread makes is noted, or null. */
  private @Nullable List<Storage> made;

  private Spares() {}

  /**
   * Notes from now on which storages the thread makes.
   *
   * @param made where; null: nowhere
   * @return where they were noted before
   */
  static @Nullable List<Storage> note(@Nullable List<Storage> made) {
    Spares spares = ofThread();
    List<Storage> before = spares.made;
    spares.made = made;
    return before;
  }

  /** The result of some work, all else that it made being released. */
  static Tensor tidy(Supplier<Tensor> work) {
    List<Storage> made = new ArrayList<>();
    List<Storage> before = note(made);
    Storage kept = null;
    try {
      Tensor result = Objects.requireNonNull(work.get(), "tidy: the work returned null");
      kept = result.storage;
      return result;
    } finally {
      note(before);
      for (Storage s : made) {
        if (s == kept) {
          if (before != null) {
            before.add(s);
          }
        } else if (!s.seen) { // otherwise a leaf may have its gradient here
          s.drop();
        }
      }
    }
  }

  /** A storage for the n elements of a shape, with any contents. */
  static Storage take(DType dtype, int[] shape, int n) {
    return take(dtype, shape, n, false);
  }

  /** A storage for the n elements of a shape, all of them zero. */
  static Storage zeros(DType dtype, int[] shape, int n) {
    return take(dtype, shape, n, true);
  }

  private static Storage take(DType dtype, int[] shape, int n, boolean clear) {
    Objects.requireNonNull(dtype, "dtype");
    Spares spares = serves(dtype, n) ? found() : null;
    if (spares == null) {
      return Storage.allocate(dtype, n);
    }
    Object array = spares.remove(dtype, n);
    Storage storage = array == null ? Storage.allocate(dtype, n) : Storage.own(dtype, n, array);
    if (array != null && clear) {
      storage.fill(0, n, 0);
    }
    if (spares.made != null) {
      spares.made.add(storage.of(shape));
    }
    return storage;
  }

  /** Whether arrays of that type and length go round. */
  static boolean serves(DType dtype, int n) {
    return n >= LEAST && dtype.isFloatingPoint();
  }

  /** Keeps memory that nobody has, if it is worth it. */
  static void give(DType dtype, Object array) {
    if (serves(dtype, Array.getLength(array))) {
      ofThread().add(array);
    }
  }

  private static @Nullable Spares found() {
    SoftReference<Spares> held = THREAD.get();
    return held == null ? null : held.get();
  }

  private static Spares ofThread() {
    Spares spares = found();
    if (spares == null) {
      spares = new Spares();
      THREAD.set(new SoftReference<>(spares));
    }
    return spares;
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
