package dev.facula;

/** Options of {@link Functional#pairwiseDistance}. */
public final class PairwiseDistanceOptions {
  static final PairwiseDistanceOptions DEFAULT = new PairwiseDistanceOptions();

  double p = 2;
  double eps = 1e-6;
  boolean keepdim;

  /** PyTorch's defaults. */
  public PairwiseDistanceOptions() {}

  /** The order of the norm. Default: 2. */
  public PairwiseDistanceOptions p(double value) {
    p = value;
    return this;
  }

  /** Added to the differences. Default: 1e-6. */
  public PairwiseDistanceOptions eps(double value) {
    eps = value;
    return this;
  }

  /** Whether the dimension stays with size 1. Default: false. */
  public PairwiseDistanceOptions keepdim(boolean value) {
    keepdim = value;
    return this;
  }
}
