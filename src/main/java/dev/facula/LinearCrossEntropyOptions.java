package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#linearCrossEntropy}. */
public final class LinearCrossEntropyOptions
    extends LossWithWeightOptions<LinearCrossEntropyOptions> {
  static final LinearCrossEntropyOptions DEFAULT = new LinearCrossEntropyOptions();

  @Nullable Tensor linearBias;
  int ignoreIndex = -100;
  double labelSmoothing;

  /** PyTorch's defaults. */
  public LinearCrossEntropyOptions() {}

  @Override
  LinearCrossEntropyOptions self() {
    return this;
  }

  /** The bias of the linear layer, [C] or [C, d...]. Default: null, none. */
  public LinearCrossEntropyOptions linearBias(@Nullable Tensor value) {
    linearBias = value;
    return this;
  }

  /** A copy of these options with another bias. */
  public LinearCrossEntropyOptions withLinearBias(@Nullable Tensor value) {
    return copy().linearBias(value);
  }

  /** A class index of samples that do not count. Default: -100. */
  public LinearCrossEntropyOptions ignoreIndex(int value) {
    ignoreIndex = value;
    return this;
  }

  /**
   * The part of a sample's probability that is spread evenly over all classes, from 0 to 1.
   * Default: 0.
   */
  public LinearCrossEntropyOptions labelSmoothing(double value) {
    labelSmoothing = Options.fraction("linearCrossEntropy", "labelSmoothing", value);
    return this;
  }
}
