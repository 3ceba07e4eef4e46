package dev.facula;

/** Options of {@link Functional#nllLoss}. */
public final class NllLossOptions extends LossWithWeightOptions<NllLossOptions> {
  static final NllLossOptions DEFAULT = new NllLossOptions();

  int ignoreIndex = -100;

  /** PyTorch's defaults. */
  public NllLossOptions() {}

  @Override
  NllLossOptions self() {
    return this;
  }

  /** A class index of samples that do not count. Default: -100. */
  public NllLossOptions ignoreIndex(int value) {
    ignoreIndex = value;
    return this;
  }
}
