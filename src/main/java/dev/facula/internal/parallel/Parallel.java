package dev.facula.internal.parallel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a grid of tasks on a pool of daemon threads that are made at the first parallel call.
 *
 * <p>The caller takes tasks like every worker, so a job never waits for a thread to wake up. The
 * pool serves one job at a time: a call that comes while it is busy, from inside a task or from
 * another thread of the application, runs all its tasks where it is. So nested calls need no rule
 * of their own, and an application that brings its own threads is not slowed down by ours.
 *
 * <p>Which thread runs a task is left to chance. The bits of a result are the same for any number
 * of threads because the grid is the caller's, who derives it from the shape alone, and combines
 * partial results in the order of the tasks.
 */
public final class Parallel {
  /**
   * About 300 microseconds, 500 where a pause is long: the usual distance of two kernels in one
   * training step, and more than it takes a virtual machine to wake a processor.
   */
  private static final int SPINS = 10_000;

  private static final AtomicBoolean BUSY = new AtomicBoolean();
  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  /** Grows only, and only by the holder of {@link #BUSY}. */
  private static Worker[] workers = new Worker[0];

  private Parallel() {}

  /** Number of threads that work on a job, the caller included. */
  public static int threads() {
    return threads;
  }

  /** Sets {@link #threads()}; 1 switches the pool off. */
  public static void setThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "setNumThreads: at least 1 thread is needed, got " + count);
    }
    threads = count;
  }

  /**
   * Calls {@code body} with each of 0 .. tasks - 1 and returns when all are done. The first
   * exception thrown by a task is thrown here; tasks not begun by then are left out.
   */
  public static void run(int tasks, IntConsumer body) {
    int helpers = Math.min(threads, tasks) - 1;
    if (helpers <= 0 || !BUSY.compareAndSet(false, true)) {
      for (int i = 0; i < tasks; i++) {
        body.accept(i);
      }
      return;
    }
    Job job = new Job(tasks, body);
    try {
      for (Worker worker : workers(helpers)) {
        if (helpers-- == 0) {
          break;
        }
        worker.post(job);
      }
      job.work();
      job.await();
    } finally {
      BUSY.set(false);
    }
    job.rethrow();
  }

  /** Part of a range of indices. */
  @FunctionalInterface
  public interface Range {
    void accept(int from, int to);
  }

  /**
   * Splits 0 .. n - 1 into at most 64 runs of at least {@code grain} indices, a grid that depends
   * on these two numbers alone, and calls {@code body} with each.
   */
  public static void range(int n, int grain, Range body) {
    int runs = (int) Math.min(64, Math.max(n, 0) / Math.max(1L, grain));
    if (runs <= 1) {
      if (n > 0) {
        body.accept(0, n);
      }
      return;
    }
    run(runs, i -> body.accept((int) ((long) n * i / runs), (int) ((long) n * (i + 1) / runs)));
  }

  private static Worker[] workers(int count) {
    Worker[] old = workers;
    if (old.length >= count) {
      return old;
    }
    Worker[] grown = new Worker[count];
    System.arraycopy(old, 0, grown, 0, old.length);
    for (int i = old.length; i < count; i++) {
      grown[i] = new Worker("facula-worker-" + (i + 1));
      grown[i].thread.start();
    }
    workers = grown;
    return grown;
  }

  private static final class Job {
    private final int tasks;
    private final IntConsumer body;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread caller = Thread.currentThread();

    Job(int tasks, IntConsumer body) {
      this.tasks = tasks;
      this.body = body;
    }

    /** Takes tasks until none is left. */
    void work() {
      int finished = 0;
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            body.accept(i);
          }
        } catch (Throwable t) { // thrown again in the caller
          failure.compareAndSet(null, t);
        }
        finished++;
      }
      if (finished > 0 && done.addAndGet(finished) == tasks && Thread.currentThread() != caller) {
        LockSupport.unpark(caller);
      }
    }

    /** Waits for tasks that workers have taken. */
    void await() {
      for (int spins = 0; done.get() < tasks; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else if (Thread.currentThread().isInterrupted()) {
          Thread.yield(); // park would return at once; the interrupt is the application's business
        } else {
          LockSupport.park(this);
        }
      }
    }

    void rethrow() {
      Throwable t = failure.get();
      if (t instanceof RuntimeException e) {
        throw e;
      }
      if (t != null) { // an IntConsumer throws nothing checked
        throw (Error) t;
      }
    }
  }

  private static final class Worker implements Runnable {
    final Thread thread;
    private final AtomicReference<@Nullable Job> inbox = new AtomicReference<>();
    private volatile boolean parked;

    Worker(String name) {
      thread = new Thread(null, this, name, 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(null); // keeps no application alive
    }

    void post(Job job) {
      inbox.set(job);
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      while (true) {
        Job job = take();
        job.work();
      }
    }

    private Job take() {
      for (int spins = 0; ; spins++) {
        // Only read while nothing is there: writing would take the line from who posts.
        Job job = inbox.get() == null ? null : inbox.getAndSet(null);
        if (job != null) {
          return job;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
          continue;
        }
        parked = true;
        if (inbox.get() == null) {
          LockSupport.park(this);
        }
        parked = false;
      }
    }
  }
}
