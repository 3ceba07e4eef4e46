package dev.facula.data;

import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Samples with given probabilities.
 *
 * <pre>{@code
 * double[] weights = {0.1, 0.9, 0.4, 0.7};
 * var sampler = new WeightedRandomSampler(weights, 100); // sample 1 nine times as often as 0
 * }</pre>
 */
public final class WeightedRandomSampler implements Sampler<Integer> {
  private final Tensor weights;
  private final int numSamples;
  private final Options options = new Options();

  /** What can be chosen. */
  public static final class Options {
    private boolean replacement = true;
    private @Nullable Generator generator;

    private Options() {}

    /** Whether a sample may come more than once; true. */
    public Options replacement(boolean replacement) {
      this.replacement = replacement;
      return this;
    }

    /** Where the draws come from; the default generator. */
    public Options generator(@Nullable Generator generator) {
      this.generator = generator;
      return this;
    }
  }

  /**
   * @param weights the weight of each sample; they need not add up to 1
   * @param numSamples how many to draw
   */
  public WeightedRandomSampler(double[] weights, int numSamples) {
    this(weights, numSamples, o -> {});
  }

  /**
   * @param weights the weight of each sample; they need not add up to 1
   * @param numSamples how many to draw
   * @param options replacement, generator
   */
  public WeightedRandomSampler(double[] weights, int numSamples, Consumer<Options> options) {
    if (numSamples <= 0) {
      throw new IllegalArgumentException(
          "WeightedRandomSampler: numSamples must be positive, was " + numSamples);
    }
    this.weights = Tensor.of(weights, weights.length);
    this.numSamples = numSamples;
    options.accept(this.options);
  }

  @Override
  public int size() {
    return numSamples;
  }

  @Override
  public Iterator<Integer> iterator() {
    Generator own = options.generator;
    Generator g = own == null ? Facula.defaultGenerator() : own;
    Tensor drawn = weights.multinomial(numSamples, options.replacement, g);
    return Arrays.stream(Samples.toInts(drawn)).iterator();
  }
}
