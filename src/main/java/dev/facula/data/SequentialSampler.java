package dev.facula.data;

import java.util.Iterator;
import java.util.stream.IntStream;

/** Samples in their own order. */
public final class SequentialSampler implements Sampler<Integer> {
  private final Dataset dataset;

  /**
   * @param dataset the samples
   */
  public SequentialSampler(Dataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public Iterator<Integer> iterator() {
    return IntStream.range(0, dataset.size()).iterator();
  }
}
