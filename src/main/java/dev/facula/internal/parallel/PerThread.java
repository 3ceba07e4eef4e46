package dev.facula.internal.parallel;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A value of each thread that ends with the thread or with the classes of this library, whichever
 * is first. The value of a {@link ThreadLocal} would do so only if it led to no class of ours: a
 * thread of an application server outlives the applications, and would keep their class loaders for
 * ever.
 *
 * <p>So a thread has a weak reference to its value. The reference itself is the key under which the
 * value is kept here, for as long as the thread has it. What threads left that are gone is
 * forgotten when the next thread comes.
 */
public final class PerThread<T> {
  private static final Map<WeakReference<?>, Object> VALUES = new WeakHashMap<>();

  @SuppressWarnings("ThreadLocalUsage") // what has one of these is static
  private final ThreadLocal<WeakReference<T>> reference = new ThreadLocal<>();

  /** The value of this thread, or null. */
  public @Nullable T get() {
    WeakReference<T> r = reference.get();
    return r == null ? null : r.get();
  }

  /** Gives this thread a value. */
  public void set(T value) {
    WeakReference<T> before = reference.get();
    WeakReference<T> r = new WeakReference<>(value);
    synchronized (VALUES) {
      VALUES.remove(before);
      VALUES.put(r, value);
    }
    reference.set(r);
  }

  /** Takes the value from this thread. */
  public void remove() {
    WeakReference<T> r = reference.get();
    reference.remove();
    synchronized (VALUES) {
      VALUES.remove(r);
    }
  }

  /** Forgets what threads left that are gone. */
  static void forget() {
    synchronized (VALUES) {
      VALUES.remove(null); // looks for keys that are gone, as every method does
    }
  }
}
