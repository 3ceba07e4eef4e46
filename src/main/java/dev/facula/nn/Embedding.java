package dev.facula.nn;

import dev.facula.EmbeddingOptions;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A table of vectors, looked up by index.
 *
 * <p>Input: integers of any shape [*]; output [*, embeddingDim]. Parameter: {@code weight}
 * [numEmbeddings, embeddingDim], drawn from N(0, 1).
 *
 * <pre>{@code
 * Tensor y = new Embedding(10, 3).forward(Tensor.of(new long[] {1, 2, 4, 5}, 2, 2)); // [2, 2, 3]
 * }</pre>
 *
 * @see dev.facula.Functional#embedding(Tensor, Tensor, Consumer)
 */
public final class Embedding extends Layer {
  private final int numEmbeddings;
  private final int embeddingDim;
  private final EmbeddingOptions options;
  private final Slot weight;

  /** A table with the default options. */
  public Embedding(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, o -> {});
  }

  /**
   * A table.
   *
   * @param numEmbeddings number of rows
   * @param embeddingDim size of each
   * @param options paddingIdx (null), maxNorm (null), normType (2), scaleGradByFreq (false)
   */
  public Embedding(int numEmbeddings, int embeddingDim, Consumer<EmbeddingOptions> options) {
    this(numEmbeddings, embeddingDim, options, null);
  }

  /** A table with a row of zeros that receives no gradient. */
  public Embedding(int numEmbeddings, int embeddingDim, int paddingIdx) {
    this(numEmbeddings, embeddingDim, o -> o.paddingIdx(paddingIdx));
  }

  /** A table that is another module's weight too, with the default options. */
  public Embedding(Tensor weight) {
    this(weight, o -> {});
  }

  /**
   * A table that is another module's weight too: the two are tied, and trained as one.
   *
   * @param weight [numEmbeddings, embeddingDim]; requires a gradient from now on
   * @param options paddingIdx (null), maxNorm (null), normType (2), scaleGradByFreq (false)
   */
  public Embedding(Tensor weight, Consumer<EmbeddingOptions> options) {
    this(Check.matrix("Embedding", weight).size(0), weight.size(1), options, weight);
  }

  private Embedding(
      int numEmbeddings,
      int embeddingDim,
      Consumer<EmbeddingOptions> options,
      @Nullable Tensor table) {
    EmbeddingOptions o = Check.with(new EmbeddingOptions(), options);
    this.options = o;
    this.numEmbeddings = Check.atLeast("Embedding", "numEmbeddings", numEmbeddings, 0);
    this.embeddingDim = Check.atLeast("Embedding", "embeddingDim", embeddingDim, 0);
    Integer padding = o.paddingIdx();
    if (padding != null) {
      if (padding < -numEmbeddings || padding >= numEmbeddings) {
        throw new IllegalArgumentException(
            "Embedding: paddingIdx must lie within the table of %s rows, was %s"
                .formatted(numEmbeddings, padding));
      }
      o.paddingIdx(padding < 0 ? padding + numEmbeddings : padding);
    }
    weight = slot("weight", table == null ? Tensor.zeros(numEmbeddings, embeddingDim) : table);
    if (table == null) {
      resetParameters();
    }
  }

  /** A table that stays as the given one. */
  public static Embedding fromPretrained(Tensor table) {
    return fromPretrained(table, true);
  }

  /** A table that starts as the given one, and stays so with freeze. */
  public static Embedding fromPretrained(Tensor table, boolean freeze) {
    return fromPretrained(table, freeze, o -> {});
  }

  /**
   * A table that starts as the given one.
   *
   * @param table [rows, features]; the layer shares its memory
   * @param freeze whether it stays as it is; PyTorch's default: true
   */
  public static Embedding fromPretrained(
      Tensor table, boolean freeze, Consumer<EmbeddingOptions> options) {
    Embedding result = new Embedding(table.detach(), options);
    result.weight().requiresGrad_(!freeze);
    return result;
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

  /** The row that receives no gradient, or null. */
  public @Nullable Integer paddingIdx() {
    return options.paddingIdx();
  }

  /** The norm that rows are scaled down to, or null. */
  public @Nullable Double maxNorm() {
    return options.maxNorm();
  }

  /** The p of the norm for maxNorm. */
  public double normType() {
    return options.normType();
  }

  /** Whether gradients are divided by how often their row is looked up. */
  public boolean scaleGradByFreq() {
    return options.scaleGradByFreq();
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.embedding(input, weight.get(), options);
  }

  @Override
  protected String extraRepr() {
    StringBuilder s = new StringBuilder().append(numEmbeddings).append(", ").append(embeddingDim);
    if (options.paddingIdx() != null) {
      s.append(", padding_idx=").append(options.paddingIdx());
    }
    Double norm = options.maxNorm();
    if (norm != null) {
      s.append(", max_norm=").append(Check.python(norm));
    }
    if (options.normType() != 2) {
      s.append(", norm_type=").append(Check.python(options.normType()));
    }
    if (options.scaleGradByFreq()) {
      s.append(", scale_grad_by_freq=True");
    }
    return s.toString();
  }
}
