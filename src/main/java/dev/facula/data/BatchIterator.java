package dev.facula.data;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One loop over the batches of a {@link DataLoader}. For use by one thread. */
public final class BatchIterator implements Iterator<Batch>, AutoCloseable {
  private final Dataset dataset;
  private final Function<int[], Batch> load;
  private final Iterator<int[]> indices;
  private final @Nullable Workers workers;
  private final Cleaner.@Nullable Cleanable cleanable;

  /** What the workers were asked for and nobody has taken yet, in order. */
  private final Deque<Request> pending = new ArrayDeque<>();

  private record Request(int[] indices, CompletableFuture<Batch> batch) {}

  private boolean closed;

  /** Loads each batch when it is asked for. */
  BatchIterator(Dataset dataset, Function<int[], Batch> load, Iterator<int[]> indices) {
    this.dataset = dataset;
    this.load = load;
    this.indices = Objects.requireNonNull(indices, "the iterator of the batchSampler");
    this.workers = null;
    this.cleanable = null;
  }

  /** Has workers prepare batches. */
  BatchIterator(
      Dataset dataset,
      Function<int[], Batch> load,
      Iterator<int[]> indices,
      Workers workers,
      long ahead) {
    this.dataset = dataset;
    this.load = load;
    this.indices = Objects.requireNonNull(indices, "the iterator of the batchSampler");
    this.workers = workers;
    this.cleanable = workers.stopWith(this);
    for (long i = 0; i < ahead && indices.hasNext(); i++) {
      request(workers);
    }
  }

  private void request(Workers w) {
    if (indices.hasNext()) {
      int[] batch = indices.next();
      Function<int[], Batch> source =
          load; // and not this: a worker must not keep the iterator alive
      pending.add(new Request(batch, w.submit(() -> source.apply(batch))));
    }
  }

  @Override
  public boolean hasNext() {
    boolean more = !closed && (workers == null ? indices.hasNext() : !pending.isEmpty());
    if (!more) {
      close();
    }
    return more;
  }

  /**
   * The next batch.
   *
   * @throws IllegalStateException if a sample cannot be had; the message names its number and the
   *     data set, the cause is what the data set threw. The loop ends there.
   */
  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Workers w = workers;
    if (w == null) {
      return load.apply(indices.next());
    }
    Request asked = pending.remove();
    try {
      Batch batch = asked.batch.get();
      request(w);
      return batch;
    } catch (ExecutionException e) {
      close();
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof Error error) {
        throw error;
      }
      String what =
          cause instanceof Samples.SampleException
              ? cause.getMessage()
              : Samples.names(dataset, asked.indices) + ": " + cause;
      throw new IllegalStateException("DataLoader worker: " + what, cause);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("DataLoader: interrupted while waiting for a batch", e);
    }
  }

  /** Ends the loop and stops its workers. */
  @Override
  public void close() {
    closed = true;
    pending.clear();
    if (cleanable != null) {
      cleanable.clean();
    }
  }
}
