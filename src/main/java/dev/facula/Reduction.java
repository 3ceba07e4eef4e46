package dev.facula;

/** What a loss does with the losses of its elements. */
public enum Reduction {
  /** Leaves them as they are. */
  NONE,
  /** Takes their mean; for losses with class weights the weighted mean. */
  MEAN,
  /** Adds them up. */
  SUM,
  /** Adds them up and divides by the first dimension; only for the KL divergence. */
  BATCHMEAN;

  /** The loss of a tensor of losses. */
  Tensor of(Tensor losses) {
    return this == NONE ? losses : this == MEAN ? losses.mean() : losses.sum();
  }
}
