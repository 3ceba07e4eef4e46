package dev.facula.internal.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Watches what kernels allocate. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * Whether some calls in a row come to allocate less than {@code bytes} together, as they do when
   * the compiler is done with them.
   */
  static boolean settles(Runnable call, int calls, int bytes, int rounds) {
    long id = Thread.currentThread().getId();
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); // the compiler may be slow
    for (int round = 0; round < rounds || System.nanoTime() < patience; round++) {
      long before = THREADS.getThreadAllocatedBytes(id);
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      if (THREADS.getThreadAllocatedBytes(id) - before < bytes) {
        return true;
      }
    }
    return false;
  }
}
