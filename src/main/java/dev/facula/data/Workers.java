package dev.facula.data;

import dev.facula.Facula;
import dev.facula.Generator;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Threads that prepare batches, each the sequence of its own, so that the random numbers that it
 * draws on the way do not depend on how fast the others are.
 */
final class Workers implements Runnable {
  private static final Cleaner CLEANER = Cleaner.create();

  /** Those that have had something to do: there may be fewer batches than workers. */
  private final List<ExecutorService> threads = new ArrayList<>();

  private final int count;
  private final long baseSeed;
  private int next;

  Workers(int count, long baseSeed) {
    this.count = count;
    this.baseSeed = baseSeed;
  }

  private static ThreadFactory factory(int number, long seed) {
    Generator generator = new Generator(seed);
    return body -> {
      Runnable seeded =
          () -> {
            try (var guard = Facula.withGenerator(generator)) {
              body.run();
            }
          };
      Thread thread = new Thread(seeded, "facula-loader-" + number);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Has the next worker in turn do something. */
  synchronized CompletableFuture<Batch> submit(Supplier<Batch> task) {
    if (next == threads.size()) {
      threads.add(Executors.newFixedThreadPool(1, factory(next, baseSeed + next)));
    }
    ExecutorService thread = threads.get(next);
    next = (next + 1) % count;
    return CompletableFuture.supplyAsync(task, thread);
  }

  /** Stops the threads once an object is garbage, or when the result is cleaned. */
  Cleaner.Cleanable stopWith(Object user) {
    return CLEANER.register(user, this);
  }

  /** Stops the threads; what they are at is interrupted, what waits is forgotten. */
  @Override
  public synchronized void run() {
    for (ExecutorService thread : threads) {
      thread.shutdownNow();
    }
  }
}
