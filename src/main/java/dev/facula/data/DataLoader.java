package dev.facula.data;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Batches of a data set, in its own order or in a random one.
 *
 * <pre>{@code
 * var loader = new DataLoader(dataset, 64, o -> o.shuffle(true));
 * for (Batch batch : loader) {
 *   Tensor output = net.forward(batch.input());
 * }
 * }</pre>
 *
 * <p>Each loop begins anew. The random order is PyTorch's: for the same seed the same batches come,
 * and the default generator is left in the same state.
 *
 * <p>With {@code numWorkers(n)} n daemon threads prepare the next batches while one is in use; the
 * batches still come in order, one after another. Worker {@code i} makes every n-th batch and has a
 * default generator of its own, seeded as in PyTorch, so that random transforms give the same
 * numbers each time. The threads end with the last batch; when a loop is left early, by {@link
 * BatchIterator#close()} or once the iterator is garbage.
 */
public final class DataLoader implements Iterable<Batch> {
  private final Dataset dataset;
  private final Options options;
  private final Sampler<int[]> batchSampler;

  /** What can be chosen, under PyTorch's names. */
  public static final class Options {
    private boolean shuffle;
    private @Nullable Sampler<Integer> sampler;
    private @Nullable Sampler<int[]> batchSampler;
    int numWorkers;
    private int prefetchFactor = 2;
    private boolean dropLast;
    @Nullable Function<List<Tensor[]>, Batch> collateFn;
    private @Nullable Generator generator;

    private Options() {}

    /** Whether the samples come in a new random order in each loop; false. */
    public Options shuffle(boolean shuffle) {
      this.shuffle = shuffle;
      return this;
    }

    /** The order of the samples; not with shuffle. */
    public Options sampler(Sampler<Integer> sampler) {
      this.sampler = sampler;
      return this;
    }

    /** The samples of each batch; not with a batch size, shuffle, sampler or dropLast. */
    public Options batchSampler(Sampler<int[]> batchSampler) {
      this.batchSampler = batchSampler;
      return this;
    }

    /** How many threads prepare batches; 0: the one that asks for them. */
    public Options numWorkers(int numWorkers) {
      if (numWorkers < 0) {
        throw new IllegalArgumentException(
            "DataLoader: numWorkers must not be negative, was " + numWorkers);
      }
      this.numWorkers = numWorkers;
      return this;
    }

    /** How many batches each worker may be ahead; 2. */
    public Options prefetchFactor(int prefetchFactor) {
      if (prefetchFactor < 1) {
        throw new IllegalArgumentException(
            "DataLoader: prefetchFactor must be positive, was " + prefetchFactor);
      }
      this.prefetchFactor = prefetchFactor;
      return this;
    }

    /** Whether to leave out a last batch that is smaller than the others; false. */
    public Options dropLast(boolean dropLast) {
      this.dropLast = dropLast;
      return this;
    }

    /** Makes a batch of samples; by default their tensors are stacked. */
    public Options collateFn(Function<List<Tensor[]>, Batch> collateFn) {
      this.collateFn = collateFn;
      return this;
    }

    /** Where random orders and the seeds of the workers come from; the default generator. */
    public Options generator(Generator generator) {
      this.generator = generator;
      return this;
    }
  }

  /** Batches of one sample. */
  public DataLoader(Dataset dataset) {
    this(dataset, o -> {});
  }

  /** Batches of one sample, or of a batchSampler. */
  public DataLoader(Dataset dataset, Consumer<Options> options) {
    this(dataset, 1, options);
  }

  /** Batches in the order of the data set. */
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, batchSize, o -> {});
  }

  /**
   * @param dataset the samples
   * @param batchSize how many make a batch
   * @param options shuffle, sampler, batchSampler, numWorkers, prefetchFactor, dropLast, collateFn,
   *     generator
   * @throws IllegalArgumentException if an option is out of range or excludes another
   */
  public DataLoader(Dataset dataset, int batchSize, Consumer<Options> options) {
    this.dataset = dataset;
    this.options = new Options();
    options.accept(this.options);
    this.batchSampler = batchSampler(dataset, batchSize, this.options);
  }

  private static Sampler<int[]> batchSampler(Dataset dataset, int batchSize, Options o) {
    if (batchSize <= 0) {
      throw new IllegalArgumentException(
          "DataLoader: batchSize must be positive, was " + batchSize);
    }
    if (o.sampler != null && o.shuffle) {
      throw new IllegalArgumentException("DataLoader: sampler excludes shuffle");
    }
    if (o.batchSampler != null) {
      if (batchSize != 1 || o.shuffle || o.sampler != null || o.dropLast) {
        throw new IllegalArgumentException(
            "DataLoader: batchSampler excludes a batch size, shuffle, sampler and dropLast");
      }
      return o.batchSampler;
    }
    Sampler<Integer> sampler = o.sampler;
    if (sampler == null) {
      sampler =
          o.shuffle
              ? new RandomSampler(dataset, r -> r.generator(o.generator))
              : new SequentialSampler(dataset);
    }
    return new BatchSampler(sampler, batchSize, o.dropLast);
  }

  /** The number of batches of a loop. */
  public int size() {
    return batchSampler.size();
  }

  /** The samples. */
  public Dataset dataset() {
    return dataset;
  }

  /** Begins a loop over all batches. */
  @Override
  public BatchIterator iterator() {
    Generator own = options.generator;
    Generator g = own == null ? Facula.defaultGenerator() : own;
    // Drawn even if there are no workers, and before the sampler draws: the stream goes on as it
    // does in PyTorch.
    long baseSeed = Tensor.zeros(DType.INT64).random_(g).itemLong();
    if (options.numWorkers == 0) {
      return new BatchIterator(dataset, this::load, batchSampler.iterator());
    }
    long ahead = (long) options.numWorkers * options.prefetchFactor;
    return new BatchIterator(
        dataset,
        this::load,
        batchSampler.iterator(),
        new Workers(options.numWorkers, baseSeed),
        ahead);
  }

  Batch load(int[] indices) {
    return options.collateFn == null
        ? dataset.getBatch(indices)
        : options.collateFn.apply(Samples.load(dataset, indices));
  }
}
