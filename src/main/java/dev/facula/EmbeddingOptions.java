package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#embedding}. */
public final class EmbeddingOptions {
  static final EmbeddingOptions DEFAULT = new EmbeddingOptions();

  @Nullable Integer paddingIdx;
  @Nullable Double maxNorm;
  double normType = 2;
  boolean scaleGradByFreq;

  /** PyTorch's defaults. */
  public EmbeddingOptions() {}

  /** A row that receives no gradient; negative ones count from the end. Default: null, none. */
  public EmbeddingOptions paddingIdx(@Nullable Integer value) {
    paddingIdx = value;
    return this;
  }

  /**
   * Rows that are looked up and whose norm is larger are scaled down to it, in place. Default:
   * null, none.
   */
  public EmbeddingOptions maxNorm(@Nullable Double value) {
    maxNorm = value;
    return this;
  }

  /** The p of the norm for maxNorm. Default: 2. */
  public EmbeddingOptions normType(double value) {
    normType = value;
    return this;
  }

  /** Whether gradients are divided by how often their row is looked up. Default: false. */
  public EmbeddingOptions scaleGradByFreq(boolean value) {
    scaleGradByFreq = value;
    return this;
  }

  /** A row that receives no gradient, or null. */
  public @Nullable Integer paddingIdx() {
    return paddingIdx;
  }

  /** The largest norm of a row, or null. */
  public @Nullable Double maxNorm() {
    return maxNorm;
  }

  /** The p of the norm for maxNorm. */
  public double normType() {
    return normType;
  }

  /** Whether gradients are divided by how often their row is looked up. */
  public boolean scaleGradByFreq() {
    return scaleGradByFreq;
  }
}
