package dev.facula;

/** Options of {@link Functional#crossEntropy}. */
public final class CrossEntropyOptions extends LossWithWeightOptions<CrossEntropyOptions> {
  static final CrossEntropyOptions DEFAULT = new CrossEntropyOptions();

  int ignoreIndex = -100;
  double labelSmoothing;

  /** PyTorch's defaults. */
  public CrossEntropyOptions() {}

  @Override
  CrossEntropyOptions self() {
    return this;
  }

  /** A class index of samples that do not count. Default: -100. */
  public CrossEntropyOptions ignoreIndex(int value) {
    ignoreIndex = value;
    return this;
  }

  /**
   * The part of a sample's probability that is spread evenly over all classes, from 0 to 1.
   * Default: 0.
   */
  public CrossEntropyOptions labelSmoothing(double value) {
    labelSmoothing = Options.fraction("crossEntropy", "labelSmoothing", value);
    return this;
  }
}
