package dev.facula.internal.parallel;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Makes threads that keep nothing of who happens to make them. */
final class Threads {
  /** From here on threads take over no access control context. */
  private static final int NO_CONTEXTS = 24;

  private Threads() {}

  /**
   * A daemon thread that has neither the context class loader, the inherited thread locals, the
   * thread group nor the access control context of the thread that makes it: any of them would keep
   * the application alive whose call was the first to need a worker.
   */
  static Thread daemon(Runnable body, String name) {
    Thread thread =
        Runtime.version().feature() < NO_CONTEXTS ? withoutContext(body, name) : bare(body, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  private static Thread bare(Runnable body, String name) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return new Thread(group, body, name, 0, false);
  }

  /** In a method of its own: newer JDKs, which need it not, may come without these classes. */
  @SuppressWarnings("removal")
  private static Thread withoutContext(Runnable body, String name) {
    return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> bare(body, name));
  }
}
