package dev.facula.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Groups the samples of another sampler into batches. */
public final class BatchSampler implements Sampler<int[]> {
  /** So many samples have room at once: a batch may be asked to be larger than all there is. */
  private static final int INITIAL_SIZE = 1024;

  private final Sampler<Integer> sampler;
  private final int batchSize;
  private final boolean dropLast;

  /**
   * @param sampler the order of the samples
   * @param batchSize how many make a batch
   * @param dropLast whether to leave out a last batch that is smaller
   */
  public BatchSampler(Sampler<Integer> sampler, int batchSize, boolean dropLast) {
    if (batchSize <= 0) {
      throw new IllegalArgumentException(
          "BatchSampler: batchSize must be positive, was " + batchSize);
    }
    this.sampler = sampler;
    this.batchSize = batchSize;
    this.dropLast = dropLast;
  }

  @Override
  public int size() {
    int n = sampler.size();
    return n / batchSize + (dropLast || n % batchSize == 0 ? 0 : 1);
  }

  @Override
  public Iterator<int[]> iterator() {
    return new Batches(sampler.iterator());
  }

  private final class Batches implements Iterator<int[]> {
    private final Iterator<Integer> samples;
    private int @Nullable [] next;

    Batches(Iterator<Integer> samples) {
      this.samples = Objects.requireNonNull(samples, "the iterator of the sampler");
    }

    @Override
    public boolean hasNext() {
      if (next == null) {
        int[] batch = new int[Math.min(batchSize, INITIAL_SIZE)];
        int n = 0;
        while (n < batchSize && samples.hasNext()) {
          if (n == batch.length) {
            batch = Arrays.copyOf(batch, (int) Math.min(batchSize, 2L * n));
          }
          batch[n++] = samples.next();
        }
        next = n == batchSize ? batch : dropLast || n == 0 ? null : Arrays.copyOf(batch, n);
      }
      return next != null;
    }

    @Override
    public int[] next() {
      int[] batch = hasNext() ? next : null;
      if (batch == null) {
        throw new NoSuchElementException();
      }
      next = null;
      return batch;
    }
  }
}
