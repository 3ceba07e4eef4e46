package dev.facula;

/**
 * Options of losses with a margin: {@code hingeEmbeddingLoss}, {@code marginRankingLoss} and {@code
 * cosineEmbeddingLoss}.
 */
public final class MarginLossOptions extends LossOptions<MarginLossOptions> {
  double margin;

  /** The mean, with this margin. */
  public MarginLossOptions(double margin) {
    this.margin = margin;
  }

  @Override
  MarginLossOptions self() {
    return this;
  }

  /**
   * What is enough: a distance for hingeEmbeddingLoss, whose default is 1; a lead of scores or a
   * cosine for the others, whose default is 0.
   */
  public MarginLossOptions margin(double value) {
    margin = value;
    return this;
  }
}
