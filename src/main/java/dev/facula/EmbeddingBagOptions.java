package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#embeddingBag}. */
public final class EmbeddingBagOptions {
  @Nullable Tensor offsets;
  @Nullable Tensor perSampleWeights;
  @Nullable Double maxNorm;
  double normType = 2;
  boolean scaleGradByFreq;
  boolean includeLastOffset;
  String mode = "mean";
  @Nullable Integer paddingIdx;

  /** PyTorch's defaults. */
  public EmbeddingBagOptions() {}

  /** Where each bag begins in an index of one dimension. Default: null. */
  public EmbeddingBagOptions offsets(@Nullable Tensor value) {
    offsets = value;
    return this;
  }

  /** A factor for each row that is looked up, with the mode sum. Default: null, none. */
  public EmbeddingBagOptions perSampleWeights(@Nullable Tensor value) {
    perSampleWeights = value;
    return this;
  }

  /** Rows whose norm is larger are scaled down to it, in place. Default: null, none. */
  public EmbeddingBagOptions maxNorm(@Nullable Double value) {
    maxNorm = value;
    return this;
  }

  /** The p of the norm for maxNorm. Default: 2. */
  public EmbeddingBagOptions normType(double value) {
    normType = value;
    return this;
  }

  /** Whether gradients are divided by how often their row is looked up. Default: false. */
  public EmbeddingBagOptions scaleGradByFreq(boolean value) {
    scaleGradByFreq = value;
    return this;
  }

  /** Whether the last of the offsets is the end of the last bag. Default: false. */
  public EmbeddingBagOptions includeLastOffset(boolean value) {
    includeLastOffset = value;
    return this;
  }

  /** What becomes of the rows of a bag: sum, mean, max. Default: mean. */
  public EmbeddingBagOptions mode(String value) {
    mode = Objects.requireNonNull(value, "mode");
    return this;
  }

  /** A row that counts in no bag and receives no gradient. Default: null, none. */
  public EmbeddingBagOptions paddingIdx(@Nullable Integer value) {
    paddingIdx = value;
    return this;
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

  /** Whether the last of the offsets is the end of the last bag. */
  public boolean includeLastOffset() {
    return includeLastOffset;
  }

  /** What becomes of the rows of a bag. */
  public String mode() {
    return mode;
  }

  /** A row that counts in no bag, or null. */
  public @Nullable Integer paddingIdx() {
    return paddingIdx;
  }
}
