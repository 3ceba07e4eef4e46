package dev.facula.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final int before = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.setThreads(before);
    Parallel.setPatience(TimeUnit.SECONDS.toNanos(3));
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("facula-worker-"))
        .collect(Collectors.toList());
  }

  /** Has each of some threads take part in a job. */
  private static void occupy(int threads) {
    CountDownLatch all = new CountDownLatch(threads);
    Parallel.run(
        threads,
        i -> {
          all.countDown();
          try {
            assertTrue(all.await(30, TimeUnit.SECONDS), "the tasks wait for one another");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void endWorkers() throws InterruptedException {
    Parallel.setPatience(TimeUnit.MILLISECONDS.toNanos(1));
    Parallel.setThreads(8);
    occupy(8); // wakes those that wait longer
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!workers().isEmpty() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
    assertEquals(List.of(), workers());
  }

  @Test
  void idleWorkersEndAndAreMadeAgain() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      endWorkers();
    }
    Parallel.setThreads(4);
    Parallel.setPatience(TimeUnit.SECONDS.toNanos(3));
    occupy(4);
    List<Thread> first = workers();
    assertEquals(3, first.size());
    for (int round = 0; round < 100; round++) {
      occupy(4);
    }
    assertEquals(Set.copyOf(first), Set.copyOf(workers()), "the same threads go on");
  }

  /** Workers end at the very moment when they are wanted. */
  @Test
  void noTaskIsLostWhenWorkersEnd() {
    Parallel.setThreads(3);
    AtomicInteger count = new AtomicInteger();
    for (int round = 0; round < 1000; round++) {
      Parallel.setPatience(round % 7 * 10_000);
      Parallel.run(6, i -> count.incrementAndGet());
      LockSupport.parkNanos(round % 10 * 50_000);
    }
    assertEquals(6000, count.get());
  }

  @Test
  void workersKeepNothingOfTheCaller() throws InterruptedException {
    endWorkers();
    Parallel.setPatience(TimeUnit.MINUTES.toNanos(5));
    Parallel.setThreads(3);
    ThreadGroup group = new ThreadGroup("application");
    WeakReference<Object> job = ofAnApplication(group);
    for (int i = 0; i < 500 && job.get() != null; i++) {
      System.gc();
      Thread.sleep(1);
    }
    assertNull(job.get(), "a worker keeps a job that is done");
    assertEquals(2, workers().size());
    for (Thread worker : workers()) {
      assertNull(worker.getContextClassLoader());
      assertNotSame(group, worker.getThreadGroup());
      assertTrue(worker.isDaemon());
    }
    Parallel.setPatience(1);
    occupy(3); // wakes them, so that they see it
  }

  private static WeakReference<Object> ofAnApplication(ThreadGroup group)
      throws InterruptedException {
    int[] state = new int[3];
    Thread application =
        new Thread(
            group,
            () -> {
              occupy(3);
              Parallel.run(3, i -> state[i]++);
            });
    application.start();
    application.join();
    return new WeakReference<>(state);
  }

  @Test
  void everyTaskRunsOnce() {
    for (int threads : new int[] {1, 2, 3, 8}) {
      Parallel.setThreads(threads);
      for (int tasks : new int[] {0, 1, 2, 3, 7, 1000}) {
        AtomicIntegerArray counts = new AtomicIntegerArray(tasks);
        Parallel.run(tasks, counts::incrementAndGet);
        int[] actual = new int[tasks];
        Arrays.setAll(actual, counts::get);
        int[] ones = new int[tasks];
        Arrays.fill(ones, 1);
        assertArrayEquals(ones, actual);
      }
    }
  }

  @Test
  void writesOfTasksAreSeenByTheCaller() {
    Parallel.setThreads(4);
    int[] values = new int[64];
    for (int round = 1; round <= 2000; round++) {
      int r = round;
      Parallel.run(values.length, i -> values[i] += r);
    }
    for (int value : values) {
      assertEquals(2000 * 2001 / 2, value);
    }
  }

  @Test
  void tasksRunOnSeveralThreadsAtOnce() {
    Parallel.setThreads(3);
    CountDownLatch all = new CountDownLatch(3);
    Set<String> names = ConcurrentHashMap.newKeySet();
    Parallel.run(
        3,
        i -> {
          names.add(Thread.currentThread().getName());
          all.countDown();
          try {
            assertTrue(all.await(30, TimeUnit.SECONDS), "the three tasks wait for one another");
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertEquals(3, names.size());
  }

  @Test
  void nestedCallsRunInline() {
    Parallel.setThreads(4);
    AtomicInteger count = new AtomicInteger();
    Parallel.run(
        8,
        i -> {
          Thread outer = Thread.currentThread();
          Parallel.run(
              8,
              j -> {
                assertSame(outer, Thread.currentThread());
                count.incrementAndGet();
              });
        });
    assertEquals(64, count.get());
  }

  @Test
  void exceptionsComeThroughAndThePoolLivesOn() {
    Parallel.setThreads(4);
    for (int round = 0; round < 100; round++) {
      int bad = round % 16;
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  Parallel.run(
                      16,
                      i -> {
                        if (i == bad) {
                          throw new IllegalStateException("task " + i);
                        }
                      }));
      assertEquals("task " + bad, e.getMessage());
    }
    AtomicInteger count = new AtomicInteger();
    Parallel.run(100, i -> count.incrementAndGet());
    assertEquals(100, count.get());
    assertThrows(AssertionError.class, () -> Parallel.run(2, i -> fail()));
  }

  private static void fail() {
    throw new AssertionError("on purpose");
  }

  @Test
  void manyCallersAtOnce() throws InterruptedException {
    Parallel.setThreads(4);
    AtomicInteger count = new AtomicInteger();
    Thread[] callers = new Thread[16];
    for (int t = 0; t < callers.length; t++) {
      callers[t] =
          new Thread(
              () -> {
                for (int round = 0; round < 200; round++) {
                  Parallel.run(10, i -> count.incrementAndGet());
                }
              });
      callers[t].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(16 * 200 * 10, count.get());
  }

  @Test
  void anInterruptedCallerFinishesAndStaysInterrupted() {
    Parallel.setThreads(4);
    AtomicInteger count = new AtomicInteger();
    Thread.currentThread().interrupt();
    Parallel.run(
        32,
        i -> {
          if (!Thread.currentThread().isInterrupted()) {
            Thread.yield();
          }
          count.incrementAndGet();
        });
    assertTrue(Thread.interrupted());
    assertEquals(32, count.get());
  }

  @Test
  void atLeastOneThread() {
    assertEquals(
        "setNumThreads: at least 1 thread is needed, got 0",
        assertThrows(IllegalArgumentException.class, () -> Parallel.setThreads(0)).getMessage());
  }

  @Test
  void aRangeIsCutByItsCost() {
    assertEquals(List.of("0-10"), runs(10, 0));
    assertEquals(List.of("0-10"), runs(10, Parallel.GRAIN / 6));
    assertEquals(List.of("0-5", "5-10"), runs(10, Parallel.GRAIN / 4));
    assertEquals(10, runs(10, Long.MAX_VALUE).size());
    assertEquals(64, runs(Integer.MAX_VALUE, Parallel.ELEMENT).size());
    assertEquals(List.of(), runs(0, Parallel.GRAIN));
  }

  /** In order; the same for any number of threads. */
  private static List<String> runs(int n, long cost) {
    List<String> first = null;
    int before = Parallel.threads();
    try {
      for (int threads : new int[] {1, 2, 3, 8}) {
        Parallel.setThreads(threads);
        var runs = new ConcurrentSkipListMap<Integer, Integer>();
        Parallel.parallelFor(n, cost, runs::put);
        List<String> text =
            runs.entrySet().stream().map(e -> e.getKey() + "-" + e.getValue()).toList();
        first = first == null ? text : first;
        assertEquals(first, text);
      }
    } finally {
      Parallel.setThreads(before);
    }
    return first;
  }
}
