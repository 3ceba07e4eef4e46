package dev.facula.data;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Groups the samples of another sampler into batches. */
public final class BatchSampler implements Sampler<int[]> {
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
      this.samples = samples;
    }

    @Override
    public boolean hasNext() {
      if (next == null) {
        int[] batch = new int[batchSize];
        int n = 0;
        while (n < batchSize && samples.hasNext()) {
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
