package dev.facula.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final int before = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.setThreads(before);
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
}
