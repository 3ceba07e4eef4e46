package dev.facula.nn;

import dev.facula.EmbeddingBagOptions;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sums, means or maxima of rows of a table, by bags of indices.
 *
 * <p>Input: integers [bags, rows of each], or [all rows] with the offsets of the bags; output
 * [bags, embeddingDim]. Parameter: {@code weight} [numEmbeddings, embeddingDim], drawn from N(0,
 * 1).
 *
 * <pre>{@code
 * var bag = new EmbeddingBag(10, 3, o -> o.mode("sum"));
 * Tensor y = bag.forward(Tensor.of(1L, 2, 4, 5), Tensor.of(0L, 3)); // [2, 3]
 * }</pre>
 *
 * @see dev.facula.Functional#embeddingBag(Tensor, Tensor, Consumer)
 */
public final class EmbeddingBag extends Layer {
  private final int numEmbeddings;
  private final int embeddingDim;
  private final EmbeddingBagOptions options;
  private final Slot weight;

  /** A table with the default options. */
  public EmbeddingBag(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, o -> {});
  }

  /**
   * A table.
   *
   * @param numEmbeddings number of rows
   * @param embeddingDim size of each
   * @param options mode (mean), paddingIdx (null), includeLastOffset (false), maxNorm (null),
   *     normType (2), scaleGradByFreq (false)
   */
  public EmbeddingBag(int numEmbeddings, int embeddingDim, Consumer<EmbeddingBagOptions> options) {
    EmbeddingBagOptions o = Check.with(new EmbeddingBagOptions(), options);
    this.options = o;
    this.numEmbeddings = Check.atLeast("EmbeddingBag", "numEmbeddings", numEmbeddings, 0);
    this.embeddingDim = Check.atLeast("EmbeddingBag", "embeddingDim", embeddingDim, 0);
    Check.oneOf("EmbeddingBag", "mode", o.mode(), "sum", "mean", "max");
    Integer padding = o.paddingIdx();
    if (padding != null) {
      if (padding < -numEmbeddings || padding >= numEmbeddings) {
        throw new IllegalArgumentException(
            "EmbeddingBag: paddingIdx must lie within the table of %s rows, was %s"
                .formatted(numEmbeddings, padding));
      }
      o.paddingIdx(padding < 0 ? padding + numEmbeddings : padding);
    }
    weight = slot("weight", Tensor.zeros(numEmbeddings, embeddingDim));
    resetParameters();
  }

  /** Draws the table anew. */
  public void resetParameters() {
    Init.normal_(weight.get());
    Integer padding = options.paddingIdx();
    if (padding != null) {
      try (var guard = Facula.noGrad()) {
        weight.get().select(0, padding).zero_();
      }
    }
  }

  /** The table [numEmbeddings, embeddingDim]. */
  public Tensor weight() {
    return weight.get();
  }

  /** The number of rows. */
  public int numEmbeddings() {
    return numEmbeddings;
  }

  /** The size of each row. */
  public int embeddingDim() {
    return embeddingDim;
  }

  /** What becomes of the rows of a bag. */
  public String mode() {
    return options.mode();
  }

  @Override
  Tensor compute(Tensor input) {
    return bags(input, null, null);
  }

  /** The bags that begin at offsets. */
  public Tensor forward(Tensor input, Tensor offsets) {
    return forward(input, offsets, null);
  }

  /**
   * The bags that begin at offsets, of rows with factors.
   *
   * @param offsets null for an input of two dimensions
   * @param perSampleWeights as the input, with the mode sum; null for 1
   */
  public Tensor forward(Tensor input, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
    return hooked()
        ? call(this::forward, input, offsets, perSampleWeights)
        : bags(input, offsets, perSampleWeights);
  }

  private Tensor bags(Tensor input, @Nullable Tensor offsets, @Nullable Tensor factors) {
    return Functional.embeddingBag(
        input,
        weight.get(),
        o ->
            o.offsets(offsets)
                .perSampleWeights(factors)
                .mode(options.mode())
                .paddingIdx(options.paddingIdx())
                .includeLastOffset(options.includeLastOffset())
                .maxNorm(options.maxNorm())
                .normType(options.normType())
                .scaleGradByFreq(options.scaleGradByFreq()));
  }

  @Override
  protected String extraRepr() {
    Integer padding = options.paddingIdx();
    return "%s, %s, mode='%s'%s"
        .formatted(
            numEmbeddings,
            embeddingDim,
            options.mode(),
            padding == null ? "" : ", padding_idx=" + padding);
  }
}
