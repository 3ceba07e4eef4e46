package dev.facula;

import dev.facula.internal.parallel.PerThread;
import java.lang.ref.SoftReference;
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
  private final List<Storage> storages = new ArrayList<>();

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

  /** A storage for n elements, with any contents. */
  static Storage take(DType dtype, int n) {
    return take(dtype, n, false);
  }

  /** A storage for n zeros. */
  static Storage zeros(DType dtype, int n) {
    return take(dtype, n, true);
  }

  private static Storage take(DType dtype, int n, boolean clear) {
    Spares spares = serves(dtype, n) ? found() : null;
    if (spares == null) {
      return Storage.allocate(dtype, n);
    }
    Storage storage = spares.remove(dtype, n);
    if (storage == null) {
      storage = Storage.allocate(dtype, n);
    } else if (clear) {
      storage.fill(0, n, 0);
    }
    if (spares.made != null) {
      spares.made.add(storage);
    }
    return storage;
  }

  private static boolean serves(DType dtype, int n) {
    return n >= LEAST && dtype.isFloatingPoint();
  }

  /** Keeps memory that nobody has. */
  static void give(Storage storage) {
    if (serves(storage.dtype, storage.length())) {
      ofThread().add(storage);
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

  private @Nullable Storage remove(DType dtype, int n) {
    for (int i = storages.size() - 1; i >= 0; i--) {
      Storage s = storages.get(i);
      if (s.dtype == dtype && s.length() == n) {
        bytes -= bytes(s);
        return storages.remove(i).renewed();
      }
    }
    return null;
  }

  private void add(Storage storage) {
    if (bytes(storage) > CAP / 2) {
      return;
    }
    storages.add(storage);
    bytes += bytes(storage);
    while (bytes > CAP || storages.size() > COUNT) {
      bytes -= bytes(storages.remove(0));
    }
  }

  private static long bytes(Storage s) {
    return (long) s.length() * (s.dtype == DType.FLOAT32 ? Float.BYTES : Double.BYTES);
  }
}
