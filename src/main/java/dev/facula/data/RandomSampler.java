package dev.facula.data;

import dev.facula.DType;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples in random order.
 *
 * <p>Without replacement each run through the samples is a new permutation; with replacement each
 * sample is drawn by itself. An iterator without a generator of its own makes one, seeded by a draw
 * from the default generator when its first element is asked for.
 *
 * <pre>{@code
 * var sampler = new RandomSampler(dataset, o -> o.replacement(true).numSamples(1000));
 * }</pre>
 */
public final class RandomSampler implements Sampler<Integer> {
  /** PyTorch draws this many numbers at once where samples are replaced. */
  private static final int CHUNK = 32;

  private final Dataset dataset;
  private final Options options;

  /** What can be chosen. */
  public static final class Options {
    private boolean replacement;
    private int numSamples = -1;
    private @Nullable Generator generator;

    private Options() {}

    /** Whether a sample may come again before all have come; false. */
    public Options replacement(boolean replacement) {
      this.replacement = replacement;
      return this;
    }

    /** How many to draw; the size of the data set. */
    public Options numSamples(int numSamples) {
      if (numSamples <= 0) {
        throw new IllegalArgumentException(
            "RandomSampler: numSamples must be positive, was " + numSamples);
      }
      this.numSamples = numSamples;
      return this;
    }

    /** Where the order comes from; a generator seeded by the default one. */
    public Options generator(@Nullable Generator generator) {
      this.generator = generator;
      return this;
    }
  }

  /**
   * @param dataset the samples
   */
  public RandomSampler(Dataset dataset) {
    this(dataset, o -> {});
  }

  /**
   * @param dataset the samples; at least one
   * @param options replacement, numSamples, generator
   */
  public RandomSampler(Dataset dataset, Consumer<Options> options) {
    this.dataset = dataset;
    this.options = new Options();
    options.accept(this.options);
    if (dataset.size() == 0) {
      throw new IllegalArgumentException("RandomSampler: the data set is empty");
    }
  }

  @Override
  public int size() {
    return options.numSamples > 0 ? options.numSamples : dataset.size();
  }

  @Override
  public Iterator<Integer> iterator() {
    return new Draws();
  }

  /**
   * Hands out one chunk after another. The last one is cut to what is left, and may then be empty;
   * it is drawn nevertheless, as PyTorch does it, so that the stream of a generator goes on alike.
   */
  private final class Draws implements Iterator<Integer> {
    private final int n = dataset.size();
    private final int perChunk = options.replacement ? CHUNK : n;
    private int fullChunks = size() / perChunk;
    private boolean last;
    private int[] chunk = {};
    private int at;
    private @Nullable Generator generator = options.generator;

    @Override
    public boolean hasNext() {
      while (at == chunk.length && !last) {
        last = fullChunks-- == 0;
        chunk = draw(last ? size() % perChunk : perChunk);
        at = 0;
      }
      return at < chunk.length;
    }

    @Override
    public Integer next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return chunk[at++];
    }

    private int[] draw(int count) {
      Generator g = generator;
      if (g == null) {
        g = new Generator(Tensor.zeros(DType.INT64).random_().itemLong());
        generator = g;
      }
      return options.replacement
          ? Samples.toInts(Tensor.randint(g, 0, n, count))
          : Arrays.copyOf(Samples.toInts(Tensor.randperm(n, g)), count);
    }
  }
}
