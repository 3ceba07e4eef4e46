package dev.facula.internal.parallel;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a grid of tasks on a pool of daemon threads that are made at the first parallel call. One
 * that has had nothing to do for some seconds ends, and is made again when it is needed: a thread
 * that waited for ever would keep the classes of this library in a server that has no more use for
 * them.
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

  /** What a task costs at least: 2^20 multiplications, 6 to 20 microseconds. */
  public static final long GRAIN = 1 << 20;

  /** What an element costs that is read and written. */
  public static final long ELEMENT = 16;

  /** What an element costs of which a function like an exponential is computed. */
  public static final long FUNCTION = 64;

  /** Tasks at most. */
  private static final int MOST = 64;

  private static final AtomicBoolean BUSY = new AtomicBoolean();

  /** Nanoseconds after which a worker without work ends. */
  private static volatile long patience = TimeUnit.SECONDS.toNanos(3);

  private static volatile int threads = Runtime.getRuntime().availableProcessors();

  /** Those that were made so far; changed by the holder of {@link #BUSY} only. */
  private static @Nullable Worker[] workers = new Worker[0];

  /** What the workers are at work on. */
  private static volatile @Nullable Job current;

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
    current = job;
    try {
      for (int i = 0; i < helpers; i++) {
        post(i, job);
      }
      job.work();
      job.await();
    } finally {
      current = null;
      BUSY.set(false);
    }
    job.rethrow();
  }

  /** Whether this thread is a worker at work on a job of another thread, which waits for it. */
  public static boolean worksFor(Thread caller) {
    Job job = current;
    if (job == null || job.caller != caller) {
      return false;
    }
    for (Worker worker : workers) {
      if (worker != null && worker.thread == Thread.currentThread()) {
        return true;
      }
    }
    return false;
  }

  /** Part of a range of indices. */
  @FunctionalInterface
  public interface Range {
    void accept(int from, int to);
  }

  /**
   * Splits 0 .. n - 1 into at most 64 runs that are worth a task each, a grid that depends on n and
   * cost alone, and calls {@code body} with each. What is done for one index must not depend on the
   * run that it belongs to.
   *
   * @param cost of one index: multiplications of a matrix product, or {@link #ELEMENT} or {@link
   *     #FUNCTION} times the elements
   */
  public static void parallelFor(int n, long cost, Range body) {
    long runs = Math.min(MOST, Math.max(0, Math.min(cost, GRAIN)) * n / GRAIN);
    if (runs <= 1) {
      if (n > 0) {
        body.accept(0, n);
      }
      return;
    }
    run((int) runs, i -> body.accept((int) (n * (long) i / runs), (int) (n * (i + 1L) / runs)));
  }

  /** Sets after how many nanoseconds a worker without work ends. */
  static void setPatience(long nanos) {
    patience = nanos;
  }

  /** Gives a worker a job, a new worker if there is none or it has ended. */
  private static void post(int number, Job job) {
    if (number >= workers.length) {
      workers = Arrays.copyOf(workers, number + 1);
    }
    Worker worker = workers[number];
    if (worker == null || !worker.post(job)) {
      try {
        Worker next = new Worker("facula-worker-" + (number + 1), job);
        workers[number] = next; // known before it works, for worksFor
        next.thread.start();
      } catch (OutOfMemoryError e) { // no thread is to be had: the others do the work
        workers[number] = null;
      }
    }
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
    /** In the inbox of a worker that has ended. */
    private static final Object END = new Object();

    /** A job, END, or null. */
    private final AtomicReference<@Nullable Object> inbox;

    private final Thread thread;
    private volatile boolean parked;

    private Worker(String name, Job first) {
      inbox = new AtomicReference<>(first);
      thread = Threads.daemon(this, name);
    }

    /** Gives the worker a job; false if it has ended. */
    boolean post(Job job) {
      if (inbox.getAndSet(job) == END) {
        return false;
      }
      if (parked) {
        LockSupport.unpark(thread);
      }
      return true;
    }

    @Override
    public void run() {
      while (work()) {
        // a method of its own, so that nothing here keeps a job that is done
      }
      PerThread.forget();
    }

    private boolean work() {
      Job job = take();
      if (job != null) {
        job.work();
      }
      return job != null;
    }

    /** The next job; null, and the end, if none came for long. */
    private @Nullable Job take() {
      long idle = 0;
      for (int spins = 0; ; spins++) {
        // Only read while nothing is there: writing would take the line from who posts.
        Object job = inbox.get() == null ? null : inbox.getAndSet(null);
        if (job != null) {
          return (Job) job;
        }
        if (spins < SPINS) {
          Thread.onSpinWait();
          continue;
        }
        long now = System.nanoTime();
        if (spins == SPINS) {
          idle = now;
        }
        long left = patience - (now - idle);
        if (left <= 0 && inbox.compareAndSet(null, END)) {
          return null;
        }
        parked = true;
        if (inbox.get() == null) {
          LockSupport.parkNanos(this, left);
        }
        parked = false;
      }
    }
  }
}
