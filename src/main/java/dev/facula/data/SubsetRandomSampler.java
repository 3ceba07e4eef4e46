package dev.facula.data;

import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Some samples in random order, none twice. */
public final class SubsetRandomSampler implements Sampler<Integer> {
  private final int[] indices;
  private final @Nullable Generator generator;

  /**
   * @param indices the numbers of the samples
   */
  public SubsetRandomSampler(int... indices) {
    this(indices, null);
  }

  /**
   * @param indices the numbers of the samples
   * @param generator where the order comes from; null for the default generator
   */
  public SubsetRandomSampler(int[] indices, @Nullable Generator generator) {
    this.indices = indices.clone();
    this.generator = generator;
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Iterator<Integer> iterator() {
    Generator g = generator == null ? Facula.defaultGenerator() : generator;
    int[] order = Samples.toInts(Tensor.randperm(indices.length, g));
    return Arrays.stream(order).map(i -> indices[i]).iterator();
  }
}
